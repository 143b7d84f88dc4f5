"""Weights in a model: the same two layers for the project's own kernels and for TVM's stock schedules."""

from tvm import te, tirx
from tvm.relax.frontend import nn
from tvm.relax.frontend.nn import op

from ..architecture import GROUP
from .formats import Format, half_at
from .matmul import matmul


class QuantisedLinear(nn.Module):
    """x [B, S, K] -> [B, S, N] with a packed matrix (FORMAT.md), by the project's kernels."""

    def __init__(self, form: Format, inputs: int, outputs: int):
        self.form, self.outputs = form, outputs
        self.words = nn.Parameter((inputs // form.per_word, outputs), "uint32")
        self.scales = nn.Parameter((inputs // (2 * GROUP), outputs), "uint32")

    def forward(self, x: nn.Tensor) -> nn.Tensor:
        """Multiply."""
        return matmul(self.form, x, self.words, self.scales, self.outputs)

    def rows(self, ids: nn.Tensor) -> nn.Tensor:
        """Decode the columns of ids [n] as f32 [n, K]: the embedding of those tokens."""

        def take(words, scales, ids):
            inputs = words.shape[0] * self.form.per_word

            def element(i, k):
                word, lane = self.form.locate(k % GROUP)
                code = self.form.decode(
                    words[(k // GROUP) * (GROUP // self.form.per_word) + word, ids[i]], lane
                )
                return code * half_at(scales[k // (2 * GROUP), ids[i]], (k // GROUP) % 2)

            return te.compute((ids.shape[0], inputs), element, name="take_rows")

        return op.tensor_expr_op(take, "take_rows", [self.words, self.scales, ids])


class StockLinear(nn.Module):
    """The same matrix as a library without kernels of its own holds it: [N, K] order, f32 scales.

    Kept as the thing to measure against: dequantisation and product are left to TVM's default GPU schedules.
    """

    def __init__(self, form: Format, inputs: int, outputs: int):
        self.form, self.outputs = form, outputs
        self.words = nn.Parameter((outputs, inputs // form.per_word), "uint32")
        self.scales = nn.Parameter((outputs, inputs // GROUP), "float32")

    def _value(self, words, scales, n, k):
        # Codes follow each other in a word, not in GGUF's order: the default schedules know that form only.
        code = self.form.decode(words[n, k // self.form.per_word], k % self.form.per_word)
        return code * scales[n, k // GROUP]

    def forward(self, x: nn.Tensor) -> nn.Tensor:
        """Multiply."""

        def product(x, words, scales):
            outputs, inputs = words.shape[0], words.shape[1] * self.form.per_word
            weight = te.compute(
                (outputs, inputs), lambda n, k: self._value(words, scales, n, k), name="dequantise"
            )
            k = te.reduce_axis((0, inputs), name="k")
            return te.compute(
                (x.shape[0], x.shape[1], outputs),
                lambda b, s, n: te.sum(x[b, s, k] * weight[n, k], axis=k),
                name="matmul",
            )

        return op.tensor_expr_op(product, "dequantise_matmul", [x, self.words, self.scales])

    def rows(self, ids: nn.Tensor) -> nn.Tensor:
        """Decode the rows of ids [n] as f32 [n, K]."""

        def take(words, scales, ids):
            shape = (ids.shape[0], words.shape[1] * self.form.per_word)
            return te.compute(shape, lambda i, k: self._value(words, scales, ids[i], k), name="take_rows")

        return op.tensor_expr_op(take, "take_rows", [self.words, self.scales, ids])


def last_position(x: nn.Tensor) -> nn.Tensor:
    """x [B, S, H] -> [B, 1, H]: the logits of a prompt are wanted at its end only."""

    def index(x):
        return te.compute(
            (x.shape[0], 1, x.shape[2]),
            lambda b, _, h: x[b, x.shape[1] - tirx.const(1, "int64"), h],
            name="last",
        )

    return op.tensor_expr_op(index, "last_position", [x])
