"""A Llama-family decoder with quantised matrices, with the entry points that web-llm drives."""

from tvm import relax, tirx
from tvm.relax.frontend import nn
from tvm.relax.frontend.nn import op
from tvm.relax.frontend.nn.llm.kv_cache import PagedKVCache, RopeMode, TIRPagedKVCache

from ..architecture import Architecture
from .formats import Q4_0, Q8_0
from .layers import QuantisedLinear, last_position


class Attention(nn.Module):
    """Grouped-query attention; keys and values live in the paged cache, which also rotates them."""

    def __init__(self, arch: Architecture, index: int, linear: type):
        self.arch, self.index = arch, index
        self.qkv = linear(Q4_0, arch.hidden, arch.qkv_size)
        self.o = linear(Q4_0, arch.query_size, arch.hidden)

    def forward(self, x: nn.Tensor, cache: PagedKVCache) -> nn.Tensor:
        """x [B, S, H] -> [B, S, H]."""
        arch = self.arch
        qkv = self.qkv(x)
        batch, length, _ = qkv.shape
        qkv = op.reshape(qkv, (batch, length, arch.heads + 2 * arch.kv_heads, arch.head_size))
        mixed = cache.attention_with_fused_qkv(self.index, qkv, arch.heads, sm_scale=arch.head_size**-0.5)
        return self.o(op.reshape(mixed, (batch, length, arch.query_size)))


class Mlp(nn.Module):
    """SwiGLU: down(silu(gate(x)) * up(x)), gate and up in one matrix."""

    def __init__(self, arch: Architecture, linear: type):
        self.gate_up = linear(Q4_0, arch.hidden, 2 * arch.intermediate)
        self.down = linear(Q4_0, arch.intermediate, arch.hidden)

    def forward(self, x: nn.Tensor) -> nn.Tensor:
        """x [B, S, H] -> [B, S, H]."""
        gate, up = op.split(self.gate_up(x), 2, axis=-1)
        return self.down(op.silu(gate) * up)


class Layer(nn.Module):
    """Pre-norm residual block."""

    def __init__(self, arch: Architecture, index: int, linear: type):
        self.attention_norm = nn.RMSNorm(arch.hidden, -1, arch.norm_epsilon, bias=False)
        self.attention = Attention(arch, index, linear)
        self.mlp_norm = nn.RMSNorm(arch.hidden, -1, arch.norm_epsilon, bias=False)
        self.mlp = Mlp(arch, linear)

    def forward(self, x: nn.Tensor, cache: PagedKVCache) -> nn.Tensor:
        """x [B, S, H] -> [B, S, H]."""
        x = x + self.attention(self.attention_norm(x), cache)
        return x + self.mlp(self.mlp_norm(x))


class CausalLM(nn.Module):
    """The model, with the entry points that web-llm looks up; its parameters' names are the shards'."""

    def __init__(self, arch: Architecture, linear: type = QuantisedLinear):
        self.arch = arch
        self.embedding = linear(Q8_0, arch.hidden, arch.vocabulary)
        self.layers = nn.ModuleList([Layer(arch, i, linear) for i in range(arch.layers)])
        self.norm = nn.RMSNorm(arch.hidden, -1, arch.norm_epsilon, bias=False)

    def _body(self, x: nn.Tensor, cache: PagedKVCache) -> nn.Tensor:
        for layer in self.layers:
            x = layer(x, cache)
        return self.norm(x)

    def embed(self, input_ids: nn.Tensor):
        """ids [n] -> [n, H]."""
        return self.embedding.rows(input_ids)

    def prefill(self, input_embed: nn.Tensor, paged_kv_cache: PagedKVCache):
        """[1, n, H] -> logits [1, 1, V] of the last position."""
        x = last_position(self._body(input_embed, paged_kv_cache))
        return self.embedding(x), paged_kv_cache

    def decode(self, input_embed: nn.Tensor, paged_kv_cache: PagedKVCache):
        """[1, 1, H] -> logits [1, 1, V]."""
        return self.embedding(self._body(input_embed, paged_kv_cache)), paged_kv_cache

    def batch_prefill(
        self, input_embeds: nn.Tensor, logit_positions: nn.Tensor, paged_kv_cache: PagedKVCache
    ):
        """[1, n, H] of several sequences end to end -> logits [1, B, V] at the given positions."""
        x = op.take(self._body(input_embeds, paged_kv_cache), logit_positions, axis=1)
        return self.embedding(x), paged_kv_cache

    def batch_decode(self, input_embeds: nn.Tensor, paged_kv_cache: PagedKVCache):
        """[B, 1, H] -> logits [B, 1, V]."""
        return self.embedding(self._body(input_embeds, paged_kv_cache)), paged_kv_cache

    def specification(self) -> dict:
        """Argument types of the entry points, as `export_tvm` takes them."""
        hidden = self.arch.hidden
        cache = nn.spec.Object(object_type=PagedKVCache)
        mode = {"param_mode": "packed", "effect_mode": "none"}

        def embeds(*shape):
            return nn.spec.Tensor([*shape, hidden], "float32")

        return {
            "embed": {"input_ids": nn.spec.Tensor(["seq_len"], "int32"), "$": mode},
            "prefill": {"input_embed": embeds(1, "seq_len"), "paged_kv_cache": cache, "$": mode},
            "decode": {"input_embed": embeds(1, 1), "paged_kv_cache": cache, "$": mode},
            "batch_prefill": {
                "input_embeds": embeds(1, "seq_len"),
                "logit_positions": nn.spec.Tensor(["batch_size"], "int32"),
                "paged_kv_cache": cache,
                "$": mode,
            },
            "batch_decode": {"input_embeds": embeds("batch_size", 1), "paged_kv_cache": cache, "$": mode},
        }


def add_cache_constructor(bb: relax.BlockBuilder, arch: Architecture, target) -> None:
    """Add `create_tir_paged_kv_cache` of five shapes: sequences, tokens, chunk, page, sliding window."""
    names = (
        "max_batch_size",
        "max_total_seq_len",
        "prefill_chunk_size",
        "page_size",
        "support_sliding_window",
    )
    sizes = {name: tirx.Var(name, "int64") for name in names}
    args = [relax.Var(f"{name}_shape", relax.ShapeType([size])) for name, size in sizes.items()]
    with bb.function("create_tir_paged_kv_cache", args):
        cache = TIRPagedKVCache(
            attn_kind="mha",
            **sizes,
            layer_partition=relax.ShapeExpr([0, arch.layers]),
            num_hidden_layers=arch.layers,
            num_attention_heads=arch.heads,
            num_key_value_heads=arch.kv_heads,
            qk_head_dim=arch.head_size,
            v_head_dim=arch.head_size,
            mla_original_qk_head_dim=0,
            mla_original_v_head_dim=0,
            rope_mode=RopeMode.NORMAL,
            rope_scale=1,
            rope_theta=arch.rope_theta,
            rope_scaling={},
            rope_ext_factors=tirx.IntImm("int64", 0),
            rotary_dim=arch.head_size,
            enable_disaggregation=False,
            dtype="float32",
            target=target,
        )
        bb.emit_func_output(cache._expr)
