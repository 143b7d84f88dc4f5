"""Block quantisation, bit for bit as GGUF's Q4_0 and Q8_0 define it (ggml's `quantize_row_*_ref`).

Keeping to that definition is what lets the same shards be repacked into a GGUF for a second engine.
"""

import numpy as np

from .architecture import GROUP


def _groups(w: np.ndarray) -> np.ndarray:
    """View [N, K] as [N, K / 32, 32] in f32."""
    rows, inputs = w.shape
    if inputs % GROUP:
        raise ValueError(f"the input dimension {inputs} is no multiple of {GROUP}")
    return np.ascontiguousarray(w, dtype=np.float32).reshape(rows, inputs // GROUP, GROUP)


def _reciprocal(d: np.ndarray) -> np.ndarray:
    """1 / d in f32, and 0 where d is 0 (an all-zero group stays zero)."""
    with np.errstate(divide="ignore"):
        return np.where(d == 0, np.float32(0), np.float32(1) / d)


def quantise_q4_0(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[N, K] f32 -> (codes [N, K / 32, 32] u8 in 0..15, scales [N, K / 32] f16); value = scale * (code - 8).

    The scale maps the entry of largest magnitude to code 0, i.e. to -8, whatever its sign.
    """
    g = _groups(w)
    peak = np.take_along_axis(g, np.abs(g).argmax(axis=-1, keepdims=True), axis=-1)
    d = peak / np.float32(-8)
    # Times the reciprocal, as the reference does: a division would round some halves the other way.
    codes = np.trunc(g * _reciprocal(d) + np.float32(8.5))
    return np.clip(codes, 0, 15).astype(np.uint8), d[..., 0].astype(np.float16)


def quantise_q8_0(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[N, K] f32 -> (codes [N, K / 32, 32] i8 in -127..127, scales [N, K / 32] f16); value = scale * code."""
    g = _groups(w)
    d = np.abs(g).max(axis=-1, keepdims=True) / np.float32(127)
    x = g * _reciprocal(d)
    # C's roundf: halves go away from zero, where numpy's round would go to even.
    whole = np.floor(np.abs(x))
    codes = np.sign(x) * (whole + np.floor(2 * (np.abs(x) - whole)))
    return codes.astype(np.int8), d[..., 0].astype(np.float16)


def dequantise_q4_0(codes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Inverse of `quantise_q4_0` up to its rounding: [N, K] f32."""
    values = (codes.astype(np.float32) - 8) * scales.astype(np.float32)[..., None]
    return values.reshape(codes.shape[0], -1)


def dequantise_q8_0(codes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Inverse of `quantise_q8_0` up to its rounding: [N, K] f32."""
    values = codes.astype(np.float32) * scales.astype(np.float32)[..., None]
    return values.reshape(codes.shape[0], -1)
