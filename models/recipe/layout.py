"""From named f32 weights to the arrays a library expects, under the library's parameter names."""

from collections.abc import Callable, Iterator

import numpy as np

from .architecture import GROUP, Architecture
from .packing import pack_q4_0, pack_q8_0
from .quantise import quantise_q4_0, quantise_q8_0

Weights = dict[str, np.ndarray]


def stock_pair(form: str, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(words [N, K / per word], scales [N, K / 32] f32): the untransposed layout of the comparison library."""
    packed = (pack_q4_0 if form == "q4_0" else pack_q8_0)(w)
    _, scales = (quantise_q4_0 if form == "q4_0" else quantise_q8_0)(w)
    return np.ascontiguousarray(packed.words.T), scales.astype(np.float32)


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
