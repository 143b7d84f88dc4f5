"""Matrix multiplication with block-quantised weights, as WebGPU kernels without workgroup barriers.

A thread owns a few output columns, 64 apart, and a few rows. Neighbouring lanes therefore read neighbouring
words of the transposed weights, one load of an activation serves every column of the thread, and one decoded
weight serves every row. Nothing is shared between threads, so nothing has to be synchronised: software
adapters pay dearly for barriers, and a matrix-vector product on a real GPU is bound by the reading of the
weights anyway.

Splitting K over the threads of a workgroup, with one barrier and a sum at the end, was 1.3 to 4 times slower
on the software adapter; six columns for 32 lanes gained a tenth there, but leaves a GPU half as many threads.
"""

from tvm import tirx
from tvm.relax.frontend import nn
from tvm.relax.frontend.nn import op
from tvm.script import tirx as T

from ..architecture import GROUP
from .formats import Format, half_at

LANES = 64
"""Threads in a workgroup."""

PREFILL_ROWS = 8
"""Rows a thread computes for a prompt; as many as fit in registers beside three columns."""

BATCH_ROWS = 4
"""Rows a thread computes when several sequences take one decoding step together."""


def columns_per_thread(outputs: int) -> int:
    """Return how many columns a thread owns: the most, up to 3, that tile the matrix exactly."""
    for columns in (3, 2, 1):
        if outputs % (LANES * columns) == 0:
            return columns
    raise ValueError(f"{outputs} output columns: the matmul kernel needs a multiple of {LANES}")


def matmul_kernel(form: Format, inputs: int, outputs: int, rows: int) -> tirx.PrimFunc:
    """Kernel for out[1, M, N] = x[1, M, K] @ dequantise(words, scales), M symbolic.

    words: [K / form.per_word, N] u32; scales: [K / 64, N] u32, two f16 in each (see FORMAT.md).
    """
    columns = columns_per_thread(outputs)
    tile = LANES * columns
    group_words = GROUP // form.per_word
    cells = rows * columns

    @T.prim_func(s_tir=True)
    def kernel(x_handle: T.handle, words_handle: T.handle, scales_handle: T.handle, out_handle: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        M = T.int32()
        x = T.match_buffer(x_handle, (1, M, inputs), "float32")
        words = T.match_buffer(words_handle, (inputs // form.per_word, outputs), "uint32")
        scales = T.match_buffer(scales_handle, (inputs // (2 * GROUP), outputs), "uint32")
        out = T.match_buffer(out_handle, (1, M, outputs), "float32")
        total = T.sblock_alloc_buffer((cells,), "float32", scope="local")
        group = T.sblock_alloc_buffer((cells,), "float32", scope="local")
        pair = T.sblock_alloc_buffer((columns,), "uint32", scope="local")
        word = T.sblock_alloc_buffer((columns,), "uint32", scope="local")
        value = T.sblock_alloc_buffer((columns,), "float32", scope="local")
        activation = T.sblock_alloc_buffer((1,), "float32", scope="local")
        for bx in T.thread_binding(0, outputs // tile, "blockIdx.x"):
            for by in T.thread_binding(0, (M + rows - 1) // rows, "blockIdx.y"):
                for tx in T.thread_binding(0, LANES, "threadIdx.x"):
                    with T.sblock("tile"):
                        T.reads(
                            x[0, 0:M, 0:inputs],
                            words[0 : inputs // form.per_word, 0:outputs],
                            scales[0 : inputs // (2 * GROUP), 0:outputs],
                        )
                        T.writes(out[0, 0:M, 0:outputs])
                        for i in T.unroll(cells):
                            total[i] = T.float32(0)
                        for k in T.serial(inputs // (2 * GROUP)):
                            for c in T.unroll(columns):
                                pair[c] = scales[k, bx * tile + c * LANES + tx]
                            for h in T.serial(2):
                                for i in T.unroll(cells):
                                    group[i] = T.float32(0)
                                for j in T.serial(group_words):
                                    for c in T.unroll(columns):
                                        word[c] = words[
                                            (k * 2 + h) * group_words + j, bx * tile + c * LANES + tx
                                        ]
                                    for e in T.unroll(form.per_word):
                                        for c in T.unroll(columns):
                                            value[c] = form.decode(word[c], e)
                                        for r in T.unroll(rows):
                                            # Rows past the end repeat the last one and are never stored.
                                            activation[0] = x[
                                                0,
                                                T.min(by * rows + r, M - 1),
                                                (k * 2 + h) * GROUP + form.position(j, e),
                                            ]
                                            for c in T.unroll(columns):
                                                group[r * columns + c] = (
                                                    group[r * columns + c] + value[c] * activation[0]
                                                )
                                for c in T.unroll(columns):
                                    value[c] = half_at(pair[c], h)
                                    for r in T.unroll(rows):
                                        total[r * columns + c] = (
                                            total[r * columns + c] + group[r * columns + c] * value[c]
                                        )
                        for r in T.unroll(rows):
                            if by * rows + r < M:
                                for c in T.unroll(columns):
                                    out[0, by * rows + r, bx * tile + c * LANES + tx] = total[r * columns + c]

    return kernel


def _is_one(dimension) -> bool:
    return getattr(dimension, "value", dimension) == 1 if not isinstance(dimension, tirx.Var) else False


def matmul(form: Format, x: nn.Tensor, words: nn.Tensor, scales: nn.Tensor, outputs: int) -> nn.Tensor:
    """x [B, S, K] -> [B, S, N], with the kernel that suits the shape.

    One of B and S is 1: a prompt is [1, S, K], a decoding step [1, 1, K], a batched step [B, 1, K].
    """
    batch, length, inputs = x.shape
    if not _is_one(length):
        rows, flat, count = PREFILL_ROWS, x, length
    elif _is_one(batch):
        rows, flat, count = 1, x, length
    else:
        rows, flat, count = BATCH_ROWS, op.reshape(x, (1, batch, inputs)), batch
    name = f"{form.name}_matmul_{inputs}x{outputs}_rows{rows}"
    kernel = matmul_kernel(form, inputs, outputs, rows).with_attr("global_symbol", name)
    out = op.tensor_ir_op(
        kernel, name, [flat, words, scales], nn.Tensor.placeholder([1, count, outputs], "float32")
    )
    return out if flat is x else op.reshape(out, (batch, 1, outputs))
