import pytest
import torch
from torch.nn import functional

from training.attention import blocked_attention

# Below, at and above the block of 256 queries, and more than two blocks.
LENGTHS = [1, 255, 256, 257, 600]


def parts(length: int, heads: int, kv_heads: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(length * 10 + kv_heads)
    return [
        torch.randn(2, count, length, 16, generator=generator, requires_grad=True)
        for count in (heads, kv_heads, kv_heads)
    ]


def expected_of(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scale: float | None):
    grouped = query.shape[1] != key.shape[1]
    out = functional.scaled_dot_product_attention(
        query, key, value, is_causal=True, scale=scale, enable_gqa=grouped
    )
    return out.transpose(1, 2)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("kv_heads", [6, 2, 1])
def test_equals_causal_attention_with_its_gradients(length, kv_heads):
    query, key, value = parts(length, 6, kv_heads)
    got, weights = blocked_attention(torch.nn.Module(), query, key, value, None)
    expected = expected_of(query, key, value, None)
    assert weights is None
    assert got.shape == (2, length, 6, 16)
    torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-5)
    outer = torch.randn(got.shape, generator=torch.Generator().manual_seed(3))
    gradients = torch.autograd.grad((got * outer).sum(), (query, key, value))
    wanted = torch.autograd.grad((expected * outer).sum(), (query, key, value))
    for one, other in zip(gradients, wanted, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_takes_another_scale():
    query, key, value = parts(300, 4, 2)
    got, _ = blocked_attention(torch.nn.Module(), query, key, value, None, scaling=0.7)
    torch.testing.assert_close(got, expected_of(query, key, value, 0.7), rtol=1e-4, atol=1e-5)
    plain, _ = blocked_attention(torch.nn.Module(), query, key, value, None)
    assert not torch.allclose(got, plain, atol=1e-2)


def test_no_position_sees_what_comes_after_it():
    query, key, value = parts(520, 4, 2)
    before, _ = blocked_attention(torch.nn.Module(), query, key, value, None)
    with torch.no_grad():
        key[:, :, 300:] += 5
        value[:, :, 300:] -= 5
    after, _ = blocked_attention(torch.nn.Module(), query, key, value, None)
    assert torch.equal(before[:, :300], after[:, :300])
    assert not torch.equal(before[:, 300:], after[:, 300:])


def test_refuses_masks_and_caches():
    query, key, value = parts(8, 4, 2)
    with pytest.raises(ValueError, match="without a mask"):
        blocked_attention(torch.nn.Module(), query, key, value, torch.zeros(2, 1, 8, 8))
    with pytest.raises(ValueError, match="whole sequences"):
        blocked_attention(torch.nn.Module(), query[:, :, -1:], key, value, None)
