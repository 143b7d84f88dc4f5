"""How quantised matrices lie in the shards. FORMAT.md describes the bytes; this is where they are made.

A GGUF block's code bytes are read as little-endian 32-bit words and the words are transposed, so that
neighbouring GPU lanes (neighbouring output columns) read neighbouring words. Nothing inside a word changes.
"""

from dataclasses import dataclass

import numpy as np

from .architecture import GROUP
from .quantise import quantise_q4_0, quantise_q8_0


@dataclass(frozen=True)
class Packed:
    """One matrix as the kernels read it: both arrays u32, output columns last."""

    words: np.ndarray
    scales: np.ndarray


def q4_0_bytes(codes: np.ndarray) -> np.ndarray:
    """[N, G, 32] codes 0..15 -> [N, G, 16] bytes; byte i holds element i (low nibble) and i + 16 (high)."""
    return codes[..., : GROUP // 2] | (codes[..., GROUP // 2 :] << 4)


def _transposed_words(code_bytes: np.ndarray) -> np.ndarray:
    """[N, G, B] bytes -> [G * B / 4, N] u32."""
    rows = code_bytes.shape[0]
    words = np.ascontiguousarray(code_bytes).view("<u4").reshape(rows, -1)
    return np.ascontiguousarray(words.T)


def pack_scales(scales: np.ndarray) -> np.ndarray:
    """[N, G] f16 -> [G / 2, N] u32: group 2i in the low half of a word, group 2i + 1 in the high half."""
    if scales.shape[1] % 2:
        raise ValueError(f"{scales.shape[1]} groups a row: scales are packed in pairs, so it must be even")
    return np.ascontiguousarray(np.ascontiguousarray(scales, dtype="<f2").view("<u4").T)


def pack_q4_0(w: np.ndarray) -> Packed:
    """[N, K] f32 -> words [K / 8, N], scales [K / 64, N]."""
    codes, scales = quantise_q4_0(w)
    return Packed(_transposed_words(q4_0_bytes(codes)), pack_scales(scales))


def pack_q8_0(w: np.ndarray) -> Packed:
    """[N, K] f32 -> words [K / 4, N], scales [K / 64, N]."""
    codes, scales = quantise_q8_0(w)
    return Packed(_transposed_words(codes.view(np.uint8)), pack_scales(scales))


def unpack_blocks(packed: Packed) -> tuple[np.ndarray, np.ndarray]:
    """Return (code bytes [N, G, B], scales [N, G] f16), the two parts of every GGUF block of the matrix."""
    scales = np.ascontiguousarray(packed.scales.T).view("<f2")
    rows, groups = scales.shape
    code_bytes = np.ascontiguousarray(packed.words.T).view(np.uint8).reshape(rows, groups, -1)
    return code_bytes, scales
