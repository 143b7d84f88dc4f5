"""The two weight formats as the kernels read them: where an element lies in a word, and what it is worth."""

from collections.abc import Callable
from dataclasses import dataclass

from tvm import tirx

from ..architecture import GROUP


def _u32(value: int) -> tirx.IntImm:
    return tirx.const(value, "uint32")


def half_to_float(bits):
    """Exact f32 value of the f16 whose bits are the low half of a u32, subnormals included.

    Written with integer operations because the WebGPU feature shader-f16 is often absent.
    """
    normal = tirx.reinterpret("float32", ((bits & _u32(0x7FFF)) << _u32(13)) + _u32(112 << 23))
    # GPUs may flush f32 subnormals to zero, so f16 subnormals are scaled as integers instead.
    small = tirx.Cast("float32", bits & _u32(0x3FF)) * tirx.const(2.0**-24, "float32")
    magnitude = tirx.Select((bits & _u32(0x7C00)).equal(_u32(0)), small, normal)
    negative = tirx.Not((bits & _u32(0x8000)).equal(_u32(0)))
    return tirx.Select(negative, tirx.const(0.0, "float32") - magnitude, magnitude)


def half_at(pair, index):
    """The scale in the low (index 0) or high (1) half of a word, as f32."""
    return half_to_float((pair >> tirx.Cast("uint32", index * 16)) & _u32(0xFFFF))


@dataclass(frozen=True)
class Format:
    """A block format whose code bytes are read as little-endian words."""

    name: str
    per_word: int
    """Codes in a 32-bit word."""
    position: Callable
    """(word within the group, element within the word) -> index of the weight within its group of 32."""
    decode: Callable
    """(word, element within the word) -> code as f32, centred on zero."""
    locate: Callable
    """Index of a weight within its group -> (word within the group, element within the word)."""


def _q4_decode(word, e):
    code = (word >> tirx.Cast("uint32", e * 4)) & _u32(15)
    return tirx.Cast("float32", tirx.Cast("int32", code)) - tirx.const(8.0, "float32")


def _q8_decode(word, e):
    # Shift the byte to the top, then back down as a signed number: that extends its sign.
    top = tirx.Cast("int32", word << tirx.Cast("uint32", 24 - e * 8))
    return tirx.Cast("float32", top >> tirx.const(24, "int32"))


Q4_0 = Format(
    name="q4_0",
    per_word=8,
    # Byte i of a block holds weight i in its low nibble and weight i + 16 in its high one.
    position=lambda j, e: (e % 2) * (GROUP // 2) + j * 4 + e // 2,
    decode=_q4_decode,
    locate=lambda k: ((k % (GROUP // 2)) // 4, (k % 4) * 2 + k // (GROUP // 2)),
)

Q8_0 = Format(
    name="q8_0",
    per_word=4,
    position=lambda j, e: j * 4 + e,
    decode=_q8_decode,
    locate=lambda k: (k // 4, k % 4),
)
