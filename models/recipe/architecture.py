"""The numbers that fix a Llama-family model's shapes."""

from dataclasses import dataclass

GROUP = 32
"""Weights that share one scale, along the input dimension (GGUF's block length for Q4_0 and Q8_0)."""


@dataclass(frozen=True)
class Architecture:
    """A Llama-family decoder with tied input and output embeddings."""

    hidden: int
    intermediate: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    rope_theta: float
    norm_epsilon: float
    context_length: int
    """Tokens the released model was trained for; the library may be compiled for fewer."""

    @property
    def query_size(self) -> int:
        """Width of all query heads side by side."""
        return self.heads * self.head_size

    @property
    def kv_size(self) -> int:
        """Width of all key heads (or all value heads) side by side."""
        return self.kv_heads * self.head_size

    @property
    def qkv_size(self) -> int:
        """Width of the fused query, key, value projection."""
        return self.query_size + 2 * self.kv_size

    @property
    def parameters(self) -> int:
        """Weights in the model, tied embeddings counted once."""
        layer = self.hidden * (self.qkv_size + self.query_size + 3 * self.intermediate + 2)
        return self.vocabulary * self.hidden + self.layers * layer + self.hidden

    def check(self) -> None:
        """Raise ValueError where a dimension does not fit the kernels' tiles or the packing."""
        # Two f16 scales share a word, so inputs come in pairs of groups; a tile is 64 columns wide.
        for name in ("hidden", "query_size", "intermediate"):
            if getattr(self, name) % (2 * GROUP):
                raise ValueError(
                    f"{name} is {getattr(self, name)}; the packing needs a multiple of {2 * GROUP}"
                )
        for name in ("qkv_size", "vocabulary"):
            if getattr(self, name) % 64:
                raise ValueError(f"{name} is {getattr(self, name)}; the matmul kernel needs a multiple of 64")
        if self.heads % self.kv_heads:
            raise ValueError(f"{self.heads} query heads cannot share {self.kv_heads} key heads evenly")

    def as_manifest(self) -> dict:
        """Return the form that the manifest carries to the browser."""
        return {
            "hidden": self.hidden,
            "intermediate": self.intermediate,
            "layers": self.layers,
            "heads": self.heads,
            "kvHeads": self.kv_heads,
            "headSize": self.head_size,
            "vocabulary": self.vocabulary,
            "ropeTheta": self.rope_theta,
            "normEpsilon": self.norm_epsilon,
            "contextLength": self.context_length,
        }


SMOLLM2_135M = Architecture(
    hidden=576,
    intermediate=1536,
    layers=30,
    heads=9,
    kv_heads=3,
    head_size=64,
    vocabulary=49152,
    rope_theta=100000.0,
    norm_epsilon=1e-5,
    context_length=8192,
)

TOY = Architecture(
    hidden=64,
    intermediate=192,
    layers=2,
    heads=2,
    kv_heads=1,
    head_size=32,
    vocabulary=320,
    rope_theta=10000.0,
    norm_epsilon=1e-5,
    context_length=256,
)
"""The smallest shape that still has grouped heads, fused projections and a two-layer loop; for tests only."""

PRESETS = {"smollm2-135m": SMOLLM2_135M, "toy": TOY}
