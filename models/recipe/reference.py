"""The forward pass in plain numpy: slow, short, and what everything faster is held against."""

import numpy as np

from .architecture import Architecture
from .layout import Weights


def _rms_norm(x: np.ndarray, weight: np.ndarray, epsilon: float) -> np.ndarray:
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + epsilon) * weight


def _rotate(x: np.ndarray, theta: float) -> np.ndarray:
    """Rotary embedding of [S, heads, D], positions from 0, dimensions in halves (Hugging Face's order)."""
    length, _, size = x.shape
    frequency = theta ** (-np.arange(0, size, 2) / size)
    angle = np.arange(length)[:, None] * frequency
    cos, sin = np.cos(angle)[:, None, :], np.sin(angle)[:, None, :]
    low, high = x[..., : size // 2], x[..., size // 2 :]
    return np.concatenate([low * cos - high * sin, high * cos + low * sin], axis=-1).astype(np.float32)


def _attention(arch: Architecture, w: Weights, prefix: str, x: np.ndarray) -> np.ndarray:
    """Causal grouped-query attention: [S, H] -> [S, H]."""
    length = len(x)

    def project(part: str, heads: int) -> np.ndarray:
        return (x @ w[f"{prefix}.{part}_proj.weight"].T).reshape(length, heads, arch.head_size)

    q = _rotate(project("q", arch.heads), arch.rope_theta)
    k = _rotate(project("k", arch.kv_heads), arch.rope_theta)
    v = project("v", arch.kv_heads)
    shared = arch.heads // arch.kv_heads
    k, v = np.repeat(k, shared, axis=1), np.repeat(v, shared, axis=1)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(np.float32(arch.head_size))
    scores = np.where(np.tri(length, dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    mixed = np.einsum("hqk,khd->qhd", weights, v).reshape(length, arch.query_size)
    return mixed @ w[f"{prefix}.o_proj.weight"].T


def logits(arch: Architecture, w: Weights, ids: list[int]) -> np.ndarray:
    """Logits [S, V] of every position of one sequence; `w` under Hugging Face's names, f32."""
    x = w["model.embed_tokens.weight"][ids]
    for i in range(arch.layers):
        prefix = f"model.layers.{i}"
        normed = _rms_norm(x, w[f"{prefix}.input_layernorm.weight"], arch.norm_epsilon)
        x = x + _attention(arch, w, f"{prefix}.self_attn", normed)
        normed = _rms_norm(x, w[f"{prefix}.post_attention_layernorm.weight"], arch.norm_epsilon)
        gate, up = (normed @ w[f"{prefix}.mlp.{part}_proj.weight"].T for part in ("gate", "up"))
        x = x + (gate / (1 + np.exp(-gate)) * up) @ w[f"{prefix}.mlp.down_proj.weight"].T
    return _rms_norm(x, w["model.norm.weight"], arch.norm_epsilon) @ w["model.embed_tokens.weight"].T
