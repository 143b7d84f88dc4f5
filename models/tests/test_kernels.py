import numpy as np
import pytest

from recipe.library.formats import Q4_0, Q8_0
from recipe.library.logits import bitmask_kernel, logit_bias_kernel, penalty_kernel
from recipe.library.matmul import columns_per_thread, matmul_kernel
from recipe.library.sampling import TOP_K, nucleus_kernel, softmax_kernel, top_k_kernel
from recipe.packing import pack_q4_0, pack_q8_0
from recipe.quantise import dequantise_q4_0, dequantise_q8_0, quantise_q4_0, quantise_q8_0

from .spmd import launch

RNG = np.random.default_rng(7)


def weights(outputs: int, inputs: int) -> np.ndarray:
    w = RNG.normal(size=(outputs, inputs)).astype(np.float32)
    w[0, :32] = 0
    w[1, :32] *= 1e-5  # a subnormal scale
    w[2, 32:64] *= -1
    return w


@pytest.mark.parametrize("rows", [1, 4, 8])
@pytest.mark.parametrize("outputs", [64, 128, 192])
@pytest.mark.parametrize("form", [Q4_0, Q8_0], ids=lambda f: f.name)
def test_matmul_equals_dequantised_product(form, outputs, rows):
    inputs, length = 128, 5
    w = weights(outputs, inputs)
    if form is Q4_0:
        packed, dense = pack_q4_0(w), dequantise_q4_0(*quantise_q4_0(w))
    else:
        packed, dense = pack_q8_0(w), dequantise_q8_0(*quantise_q8_0(w))
    x = RNG.normal(size=(1, length, inputs)).astype(np.float32)
    out = np.full((1, length, outputs), np.nan, np.float32)
    launch(matmul_kernel(form, inputs, outputs, rows), x, packed.words, packed.scales, out)
    np.testing.assert_allclose(out[0], x[0] @ dense.T, rtol=1e-4, atol=1e-4)


def test_matmul_decodes_every_weight_exactly():
    # A one-hot activation reads one column of the matrix through the kernel, so every scale and code must
    # be exact.
    w = weights(64, 64)
    for form, pack, quantise, dequantise in (
        (Q4_0, pack_q4_0, quantise_q4_0, dequantise_q4_0),
        (Q8_0, pack_q8_0, quantise_q8_0, dequantise_q8_0),
    ):
        packed = pack(w)
        out = np.empty((1, 64, 64), np.float32)
        identity = np.eye(64, dtype=np.float32)[None]
        launch(matmul_kernel(form, 64, 64, 8), identity, packed.words, packed.scales, out)
        np.testing.assert_array_equal(out[0].T, dequantise(*quantise(w)))


@pytest.mark.parametrize("form", [Q4_0, Q8_0], ids=lambda f: f.name)
def test_format_maps_are_inverse(form):
    for k in range(32):
        assert form.position(*form.locate(k)) == k


def test_columns_per_thread_needs_whole_tiles():
    assert [columns_per_thread(n) for n in (192, 128, 64)] == [3, 2, 1]
    with pytest.raises(ValueError, match="multiple of 64"):
        columns_per_thread(100)


@pytest.mark.parametrize("temperature", [1.0, 0.3, 2.0])
def test_softmax(temperature):
    logits = RNG.normal(0, 5, (2, 1, 700)).astype(np.float32)
    logits[1, 0, 5:] = -1e30  # masked by a grammar
    out = np.empty_like(logits)
    launch(softmax_kernel(), logits, np.full(2, temperature, np.float32), out)
    scaled = logits.astype(np.float64) / temperature
    wanted = np.exp(scaled - scaled.max(-1, keepdims=True))
    np.testing.assert_allclose(out, wanted / wanted.sum(-1, keepdims=True), rtol=1e-4, atol=1e-9)


def test_softmax_at_temperature_zero_is_the_first_of_the_largest():
    logits = RNG.normal(size=(2, 1, 700)).astype(np.float32)
    logits[0, 0, [13, 400, 699]] = 9.0
    out = np.empty_like(logits)
    launch(softmax_kernel(), logits, np.full(2, 1e-6, np.float32), out)
    for row in range(2):
        np.testing.assert_array_equal(np.flatnonzero(out[row, 0]), [logits[row, 0].argmax()])
        assert out[row].sum() == 1


def select(probs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values = np.full((len(probs), TOP_K), np.nan, np.float32)
    indices = np.full((len(probs), TOP_K), -1, np.int32)
    launch(top_k_kernel(), probs, values, indices)
    return values, indices


def test_top_k_is_the_head_of_a_stable_sort():
    rows = [
        RNG.dirichlet(np.full(3000, 0.1)),  # peaked
        np.full(3000, 1 / 3000),  # flat: ties only
        np.eye(1, 3000, 17)[0],  # greedy
        RNG.integers(0, 40, 3000) / 60000,  # many ties at the cut
        RNG.random(3000) * 1e-38,  # near the subnormals
    ]
    probs = np.array(rows, np.float32)
    values, indices = select(probs)
    for row, value, index in zip(probs, values, indices, strict=True):
        order = np.argsort(-row, kind="stable")
        np.testing.assert_array_equal(value, row[order[:TOP_K]])
        np.testing.assert_array_equal(row[index], value)
        assert len(set(index.tolist())) == TOP_K
        untied = row[order[:TOP_K]] > row[order[TOP_K]]
        np.testing.assert_array_equal(index[untied], order[:TOP_K][untied])


def test_top_k_takes_a_vocabulary_of_exactly_k():
    probs = RNG.dirichlet(np.ones(TOP_K)).astype(np.float32)[None]
    values, _ = select(probs)
    np.testing.assert_array_equal(values[0], np.sort(probs[0])[::-1])


def sample(values, uniform, top_p) -> np.ndarray:
    indices = np.arange(1000, 1000 + TOP_K, dtype=np.int32)[None].repeat(len(values), 0)
    out = np.full(len(uniform), -1, np.int32)
    rows = np.zeros(len(uniform), np.int32)
    launch(
        nucleus_kernel(),
        values.astype(np.float32),
        indices,
        np.asarray(uniform, np.float32),
        rows,
        np.array([top_p], np.float32),
        out,
    )
    return out - 1000


def padded(*probs) -> np.ndarray:
    return np.array([[*probs, *[0.0] * (TOP_K - len(probs))]], np.float32)


def test_nucleus_inverts_the_distribution():
    values = padded(0.5, 0.3, 0.2)
    assert sample(values, [0.0, 0.49, 0.51, 0.79, 0.81, 0.999], 1.0).tolist() == [0, 0, 1, 1, 2, 2]


def test_nucleus_keeps_the_shortest_prefix_that_reaches_top_p():
    values = padded(0.5, 0.3, 0.2)
    # 0.5 alone does not reach 0.6, so two stay, weighted 5 : 3.
    assert sample(values, [0.0, 0.62, 0.63, 0.999], 0.6).tolist() == [0, 0, 1, 1]
    assert sample(values, [0.0, 0.999], 1e-5).tolist() == [0, 0]


def test_nucleus_never_picks_an_impossible_token():
    uniform = np.float32(1) - np.float32(2**-24)
    assert sample(padded(1.0), [uniform], 1.0).tolist() == [0]
    third = np.float32(1 / 3)
    assert sample(padded(third, third, third), [uniform], 1.0).tolist() == [2]


def test_logit_bias():
    logits = RNG.normal(size=(1, 300)).astype(np.float32)
    wanted = logits.copy()
    wanted[0, [3, 299]] += [-100.0, 2.0]
    ids = np.array([3, 299], np.int32)
    launch(logit_bias_kernel(), logits, np.zeros(2, np.int32), ids, np.array([-100, 2], np.float32))
    np.testing.assert_array_equal(logits, wanted)


def test_penalties():
    logits = np.array([[2.0, -1.0, 0.5, 4.0]], np.float32)
    ids, counts = np.array([0, 1, 2], np.int32), np.array([1, 2, 3], np.int32)
    penalties = np.array([[0.25, 0.5, 2.0]], np.float32)
    zero = np.zeros(1, np.int32)
    launch(penalty_kernel(), logits, zero, np.zeros(3, np.int32), ids, counts, penalties)
    np.testing.assert_allclose(logits[0], [(2 - 0.75) / 2, (-1 - 1.25) * 2, (0.5 - 1.75) * 2, 4.0])


def test_bitmask_leaves_allowed_tokens_alone():
    logits = RNG.normal(size=(1, 320)).astype(np.float32)
    allowed = np.array([0, 31, 32, 100, 319])
    bits = np.zeros(320, np.uint8)
    bits[allowed] = 1
    mask = np.packbits(bits, bitorder="little").view(np.int32)[None]
    before = logits.copy()
    launch(bitmask_kernel(), logits, np.zeros(1, np.int32), mask)
    np.testing.assert_array_equal(logits[0, allowed], before[0, allowed])
    assert (np.delete(logits[0], allowed) < -1e29).all()
