"""Read a Llama-family GGUF file: weights under Hugging Face's names and order, and the tokenizer."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize

from .architecture import Architecture

_LAYER_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_SPECIAL = 3
"""GGUF's token type for control tokens."""


@dataclass(frozen=True)
class Vocabulary:
    """A byte-level BPE vocabulary."""

    tokens: list[str]
    merges: list[str]
    """Pairs "left right", in order of priority."""
    special: list[int]
    """Ids of control tokens, which are never produced from a user's text by merging."""


def packaged_gguf(package: str) -> Path:
    """Path of the one GGUF file that an installed Python package carries; the package is not imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"the Python package {package} is missing: run models/build.sh")
    files = sorted(Path(spec.submodule_search_locations[0]).glob("*.gguf"))
    if len(files) != 1:
        raise SystemExit(f"{package} should carry one GGUF file, found {len(files)}")
    return files[0]


def interleave_rotary(w: np.ndarray, heads: int) -> np.ndarray:
    """Reorder the rows of Q or K from halves (Hugging Face) to interleaved pairs (GGUF): [heads * D, K]."""
    half = w.shape[0] // heads // 2
    return w.reshape(heads, 2, half, -1).swapaxes(1, 2).reshape(w.shape)


def halve_rotary(w: np.ndarray, heads: int) -> np.ndarray:
    """Inverse of `interleave_rotary`."""
    half = w.shape[0] // heads // 2
    return w.reshape(heads, half, 2, -1).swapaxes(1, 2).reshape(w.shape)


class GgufSource:
    """One GGUF file, opened by memory map."""

    def __init__(self, path: Path):
        self._reader = GGUFReader(path)
        family = self._field("general.architecture")
        if family != "llama":
            raise ValueError(f"{path.name} is of the {family} family; this recipe reads llama")

    def _field(self, name: str):
        field = self._reader.fields.get(name)
        if field is None:
            raise ValueError(f"the GGUF file lacks {name}")
        return field.contents()

    def architecture(self) -> Architecture:
        """Shapes and constants from the file's metadata."""
        heads, hidden = self._field("llama.attention.head_count"), self._field("llama.embedding_length")
        return Architecture(
            hidden=hidden,
            intermediate=self._field("llama.feed_forward_length"),
            layers=self._field("llama.block_count"),
            heads=heads,
            kv_heads=self._field("llama.attention.head_count_kv"),
            head_size=self._field("llama.rope.dimension_count"),
            vocabulary=self._field("llama.vocab_size"),
            rope_theta=float(self._field("llama.rope.freq_base")),
            # Stored as f32; nine digits bring back the decimal it was written from.
            norm_epsilon=float(f"{self._field('llama.attention.layer_norm_rms_epsilon'):.6g}"),
            context_length=self._field("llama.context_length"),
        )

    def weights(self) -> dict[str, np.ndarray]:
        """All tensors as f32 under Hugging Face's names, [outputs, inputs] for matrices."""
        arch = self.architecture()
        out = {}
        for tensor in self._reader.tensors:
            shape = [int(s) for s in reversed(tensor.shape)]
            value = dequantize(tensor.data, tensor.tensor_type).astype(np.float32).reshape(shape)
            if tensor.name == "token_embd.weight":
                out["model.embed_tokens.weight"] = value
            elif tensor.name == "output_norm.weight":
                out["model.norm.weight"] = value
            elif tensor.name.startswith("blk."):
                _, index, part, _ = tensor.name.split(".")
                if part == "attn_q":
                    value = halve_rotary(value, arch.heads)
                elif part == "attn_k":
                    value = halve_rotary(value, arch.kv_heads)
                out[f"model.layers.{index}.{_LAYER_NAMES[part]}.weight"] = value
            else:
                raise ValueError(f"unexpected tensor {tensor.name}")
        return out

    def vocabulary(self) -> Vocabulary:
        """Tokens, merges and control tokens."""
        types = self._field("tokenizer.ggml.token_type")
        return Vocabulary(
            tokens=self._field("tokenizer.ggml.tokens"),
            merges=self._field("tokenizer.ggml.merges"),
            special=[i for i, kind in enumerate(types) if kind == _SPECIAL],
        )
