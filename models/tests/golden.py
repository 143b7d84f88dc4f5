"""Write test/golden/toy-artifact: a tiny artifact and the tensors that a GGUF made from it must hold.

    python -m tests.golden

The expected bytes come from the gguf package's own quantiser, never from this recipe's.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType
from gguf.quants import quantize

from recipe.architecture import TOY
from recipe.artifact import write_artifact
from recipe.source_gguf import interleave_rotary

from .toy import ToySource, toy_weights

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden" / "toy-artifact"
_PARTS = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def expected_tensors() -> dict[str, dict]:
    """Per GGUF tensor: type, shape with the fastest dimension first, and the SHA-256 of its bytes."""
    weights = toy_weights()

    def entry(w: np.ndarray, kind: GGMLQuantizationType) -> dict:
        data = w if kind == GGMLQuantizationType.F32 else quantize(w, kind)
        return {
            "type": kind.name,
            "shape": list(reversed(w.shape)),
            "sha256": hashlib.sha256(data.tobytes()).hexdigest(),
        }

    f32, q4, q8 = (GGMLQuantizationType[name] for name in ("F32", "Q4_0", "Q8_0"))
    out = {
        "token_embd.weight": entry(weights["model.embed_tokens.weight"], q8),
        "output_norm.weight": entry(weights["model.norm.weight"], f32),
    }
    for i in range(TOY.layers):
        for part, name in _PARTS.items():
            w = weights[f"model.layers.{i}.{name}.weight"]
            if part == "attn_q":
                w = interleave_rotary(w, TOY.heads)
            elif part == "attn_k":
                w = interleave_rotary(w, TOY.kv_heads)
            out[f"blk.{i}.{part}.weight"] = entry(w, f32 if part.endswith("norm") else q4)
    return out


def expected_gguf() -> dict:
    """Everything a repacker is held against: metadata that follows from the shapes, and the tensors."""
    return {
        "architecture": TOY.as_manifest(),
        "metadata": {
            "general.architecture": "llama",
            "general.alignment": 32,
            "llama.block_count": TOY.layers,
            "llama.context_length": TOY.context_length,
            "llama.embedding_length": TOY.hidden,
            "llama.feed_forward_length": TOY.intermediate,
            "llama.attention.head_count": TOY.heads,
            "llama.attention.head_count_kv": TOY.kv_heads,
            "llama.attention.layer_norm_rms_epsilon": TOY.norm_epsilon,
            "llama.rope.dimension_count": TOY.head_size,
            "llama.rope.freq_base": TOY.rope_theta,
            "llama.vocab_size": TOY.vocabulary,
            "tokenizer.ggml.model": "gpt2",
            "tokenizer.ggml.pre": "smollm",
        },
        "tensors": expected_tensors(),
    }


def write(folder: Path) -> None:
    """Write the fixture; two small shards, so that reading across shards is exercised."""
    write_artifact(ToySource(), folder, shard_bytes=40_000)
    (folder / "expected-gguf.json").write_text(json.dumps(expected_gguf(), indent=1) + "\n")


if __name__ == "__main__":
    write(FOLDER)
    print(f"written: {FOLDER}")
