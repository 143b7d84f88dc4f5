"""The toy model of the golden fixture: two layers with random weights and a tokenizer of 320 tokens."""

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from recipe.architecture import TOY

_TEXT = (
    "the user asks the recommender for a film and the recommender asks the user for a genre. "
    "i like horror films. have you seen this one? no, i have not seen it, thank you for the recommendation. "
    "what else would you recommend? something with a good story, please. "
)
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def toy_weights() -> dict[str, np.ndarray]:
    """Random f32 weights under Hugging Face's names; the first rows hold the corner cases of scales."""
    rng = np.random.default_rng(20240607)

    def matrix(outputs: int, inputs: int) -> np.ndarray:
        w = rng.normal(0, inputs**-0.5, (outputs, inputs)).astype(np.float32)
        w[0, :32] = 0  # a group without a scale
        w[1, :32] *= 1e-4  # scales that are subnormal in f16
        return w

    a = TOY
    out = {"model.embed_tokens.weight": matrix(a.vocabulary, a.hidden)}
    for i in range(a.layers):
        p = f"model.layers.{i}"
        out[f"{p}.input_layernorm.weight"] = rng.uniform(0.5, 1.5, a.hidden).astype(np.float32)
        out[f"{p}.self_attn.q_proj.weight"] = matrix(a.query_size, a.hidden)
        out[f"{p}.self_attn.k_proj.weight"] = matrix(a.kv_size, a.hidden)
        out[f"{p}.self_attn.v_proj.weight"] = matrix(a.kv_size, a.hidden)
        out[f"{p}.self_attn.o_proj.weight"] = matrix(a.hidden, a.query_size)
        out[f"{p}.post_attention_layernorm.weight"] = rng.uniform(0.5, 1.5, a.hidden).astype(np.float32)
        out[f"{p}.mlp.gate_proj.weight"] = matrix(a.intermediate, a.hidden)
        out[f"{p}.mlp.up_proj.weight"] = matrix(a.intermediate, a.hidden)
        out[f"{p}.mlp.down_proj.weight"] = matrix(a.hidden, a.intermediate)
    out["model.norm.weight"] = rng.uniform(0.5, 1.5, a.hidden).astype(np.float32)
    return out


def toy_tokenizer() -> str:
    """Text of a tokenizer.json with SmolLM's pre-tokenisation, trained on a few sentences."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=TOY.vocabulary,
        special_tokens=SPECIAL,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator([_TEXT], trainer)
    return tokenizer.to_str()


class ToySource:
    """Quacks like a checkpoint, for `recipe.artifact.write_artifact`."""

    def architecture(self):
        return TOY

    def weights(self):
        return toy_weights()

    def tokenizer_json(self):
        return toy_tokenizer()
