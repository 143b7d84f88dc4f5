"""Between named f32 weights and the arrays a library expects, under the library's parameter names."""

from collections.abc import Callable, Iterator

import numpy as np

from .architecture import GROUP, Architecture
from .packing import Packed, pack_q4_0, pack_q8_0, unpack_blocks
from .quantise import dequantise_q4_0, dequantise_q8_0, quantise_q4_0, quantise_q8_0

Weights = dict[str, np.ndarray]


def stock_pair(form: str, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(words [N, K / per word], scales [N, K / 32] f32): as the comparison library has them, untransposed."""
    codes, scales = (quantise_q4_0 if form == "q4_0" else quantise_q8_0)(w)
    codes = codes.view(np.uint8).reshape(len(w), -1)
    if form == "q4_0":
        codes = codes[:, ::2] | (codes[:, 1::2] << 4)
    return np.ascontiguousarray(codes).view("<u4"), scales.astype(np.float32)


def packed_pair(form: str, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(words, scales) as FORMAT.md describes them."""
    packed = (pack_q4_0 if form == "q4_0" else pack_q8_0)(w)
    return packed.words, packed.scales


def matrices(arch: Architecture, w: Weights) -> Iterator[tuple[str, str, np.ndarray]]:
    """(parameter prefix, format, [N, K] matrix) with the fused projections put together."""
    yield "embedding", "q8_0", w["model.embed_tokens.weight"]
    for i in range(arch.layers):
        source, target = f"model.layers.{i}", f"layers.{i}"
        qkv = [w[f"{source}.self_attn.{part}_proj.weight"] for part in "qkv"]
        yield f"{target}.attention.qkv", "q4_0", np.concatenate(qkv)
        yield f"{target}.attention.o", "q4_0", w[f"{source}.self_attn.o_proj.weight"]
        gate_up = [w[f"{source}.mlp.{part}_proj.weight"] for part in ("gate", "up")]
        yield f"{target}.mlp.gate_up", "q4_0", np.concatenate(gate_up)
        yield f"{target}.mlp.down", "q4_0", w[f"{source}.mlp.down_proj.weight"]


def lay_out(arch: Architecture, weights: Weights, pair: Callable = packed_pair) -> Weights:
    """Every parameter of the library: u32 words and scales of the matrices, f32 norms."""
    rows, inputs = weights["model.embed_tokens.weight"].shape
    if (rows, inputs) != (arch.vocabulary, arch.hidden) or inputs % GROUP:
        raise ValueError(f"the embedding is {rows} x {inputs}, expected {arch.vocabulary} x {arch.hidden}")
    out = {}
    for prefix, form, matrix in matrices(arch, weights):
        out[f"{prefix}.words"], out[f"{prefix}.scales"] = pair(form, matrix)
    for i in range(arch.layers):
        source = f"model.layers.{i}"
        out[f"layers.{i}.attention_norm.weight"] = weights[f"{source}.input_layernorm.weight"]
        out[f"layers.{i}.mlp_norm.weight"] = weights[f"{source}.post_attention_layernorm.weight"]
    out["norm.weight"] = weights["model.norm.weight"]
    return out


def restore(arch: Architecture, arrays: Weights) -> Weights:
    """Inverse of `lay_out` for packed weights: the f32 values that the kernels compute with."""

    def matrix(prefix: str) -> np.ndarray:
        code_bytes, scales = unpack_blocks(Packed(arrays[f"{prefix}.words"], arrays[f"{prefix}.scales"]))
        if prefix == "embedding":
            return dequantise_q8_0(code_bytes.view(np.int8), scales)
        codes = np.concatenate([code_bytes & 15, code_bytes >> 4], axis=-1)
        return dequantise_q4_0(codes, scales)

    out = {"model.embed_tokens.weight": matrix("embedding"), "model.norm.weight": arrays["norm.weight"]}
    for i in range(arch.layers):
        source, target = f"layers.{i}", f"model.layers.{i}"
        bounds = [arch.query_size, arch.query_size + arch.kv_size]
        for part, rows in zip("qkv", np.split(matrix(f"{source}.attention.qkv"), bounds), strict=True):
            out[f"{target}.self_attn.{part}_proj.weight"] = rows
        out[f"{target}.self_attn.o_proj.weight"] = matrix(f"{source}.attention.o")
        gate, up = np.split(matrix(f"{source}.mlp.gate_up"), 2)
        out[f"{target}.mlp.gate_proj.weight"], out[f"{target}.mlp.up_proj.weight"] = gate, up
        out[f"{target}.mlp.down_proj.weight"] = matrix(f"{source}.mlp.down")
        out[f"{target}.input_layernorm.weight"] = arrays[f"{source}.attention_norm.weight"]
        out[f"{target}.post_attention_layernorm.weight"] = arrays[f"{source}.mlp_norm.weight"]
    return out
