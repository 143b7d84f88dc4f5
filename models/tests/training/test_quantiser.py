import numpy as np
import pytest
import torch

from recipe.quantise import dequantise_q4_0, quantise_q4_0
from training.quantiser import through_q4_0


def matrix(seed: int, scale: float) -> np.ndarray:
    """Random weights with what a rounding can get wrong: zeros, ties of the peak, halves, tiny groups."""
    w = (np.random.default_rng(seed).normal(0, scale, (48, 96))).astype(np.float32)
    w[0, :32] = 0
    w[1, :32] = np.float32(scale)
    w[2, :32] = np.tile(np.float32([scale, -scale]), 16)
    w[3, :32] = np.arange(-16, 16, dtype=np.float32) * np.float32(scale / 16)
    w[4, :32] *= np.float32(1e-5)
    w[5, :32] = 0
    w[5, 7] = -scale
    return w


@pytest.mark.parametrize("scale", [1e-3, 0.04, 1.0, 300.0])
def test_equals_the_packed_weights_bit_for_bit(scale):
    for seed in range(5):
        w = matrix(seed, scale)
        expected = dequantise_q4_0(*quantise_q4_0(w))
        got = through_q4_0(torch.from_numpy(w)).numpy()
        assert got.tobytes() == expected.tobytes()
        assert not np.array_equal(got, w)


def test_a_group_holds_at_most_sixteen_values():
    got = through_q4_0(torch.from_numpy(matrix(9, 0.1))).reshape(48, 3, 32)
    assert max(len(group.unique()) for row in got for group in row) <= 16


def test_refuses_what_has_no_whole_groups():
    with pytest.raises(ValueError, match="33 is no multiple of 32"):
        through_q4_0(torch.zeros(4, 33))
