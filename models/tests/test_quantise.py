import numpy as np
import pytest
from gguf import GGMLQuantizationType
from gguf.quants import dequantize, quantize

from recipe.packing import pack_q4_0, pack_q8_0, q4_0_bytes, unpack_blocks
from recipe.quantise import dequantise_q4_0, dequantise_q8_0, quantise_q4_0, quantise_q8_0

CASES = {
    "normal": lambda rng: rng.normal(size=(96, 256)),
    "small": lambda rng: rng.normal(0, 1e-5, size=(96, 256)),
    "large": lambda rng: rng.normal(0, 500, size=(96, 256)),
    "halves": lambda rng: rng.integers(-16, 17, size=(96, 256)) / 2,
    # What dequantised Q4_1 looks like: a few levels a group, many of them half-way between two new ones.
    "requantised": lambda rng: (
        rng.integers(0, 16, (96, 8, 32)).astype(np.float16).reshape(96, 256) * np.float16(0.0123)
        - np.float16(0.0907)
    ),
    "zeros": lambda rng: np.where(rng.random((96, 8, 1)) < 0.5, 0, rng.normal(size=(96, 8, 32))).reshape(
        96, 256
    ),
}


@pytest.fixture(params=sorted(CASES))
def w(request) -> np.ndarray:
    return CASES[request.param](np.random.default_rng(11)).astype(np.float32)


def blocks(code_bytes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    whole = np.concatenate([np.ascontiguousarray(scales)[..., None].view(np.uint8), code_bytes], axis=-1)
    return whole.reshape(whole.shape[0], -1)


def test_q4_0_is_bit_equal_to_gguf(w):
    codes, scales = quantise_q4_0(w)
    np.testing.assert_array_equal(blocks(q4_0_bytes(codes), scales), quantize(w, GGMLQuantizationType.Q4_0))


def test_q8_0_is_bit_equal_to_gguf(w):
    codes, scales = quantise_q8_0(w)
    np.testing.assert_array_equal(
        blocks(codes.view(np.uint8), scales), quantize(w, GGMLQuantizationType.Q8_0)
    )


def test_dequantise_equals_gguf(w):
    q4, q8 = GGMLQuantizationType.Q4_0, GGMLQuantizationType.Q8_0
    np.testing.assert_array_equal(dequantise_q4_0(*quantise_q4_0(w)), dequantize(quantize(w, q4), q4))
    np.testing.assert_array_equal(dequantise_q8_0(*quantise_q8_0(w)), dequantize(quantize(w, q8), q8))


def test_packing_loses_nothing(w):
    for pack, kind in ((pack_q4_0, GGMLQuantizationType.Q4_0), (pack_q8_0, GGMLQuantizationType.Q8_0)):
        np.testing.assert_array_equal(blocks(*unpack_blocks(pack(w))), quantize(w, kind))


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="multiple of 32"):
        quantise_q4_0(np.zeros((2, 40), np.float32))
    with pytest.raises(ValueError, match="even"):
        pack_q4_0(np.zeros((2, 96), np.float32))
