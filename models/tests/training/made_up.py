"""Made-up examples and tiny random models."""

import json
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM, Qwen3Config, Qwen3ForCausalLM

from recipe.architecture import TOY
from training.examples import Example, Piece
from training.processes import Processes
from training.run import Run
from training.settings import Settings

from ..toy import toy_tokenizer

END = "<|im_end|>"


def made_up_example(number: int = 0) -> Example:
    """A short dialogue in the form that the preparation writes; its second turn is context."""
    pieces = (
        Piece("<|im_start|>system\nYou are a person.<|im_end|>\n<|im_start|>user\nHello!", False),
        Piece(f"{END}\n<|im_start|>assistant\n", False),
        Piece(f"[inform]\nI like horror films, number {number}.{END}", True),
        Piece("\n<|im_start|>user\nHave you seen Saw (2004)?<|im_end|>\n<|im_start|>assistant\n", False),
        Piece(f"[seen: Saw (2004)]\nYes.{END}", False),
        Piece("\n<|im_start|>user\nAnd this one?<|im_end|>\n<|im_start|>assistant\n", False),
        Piece(f"[reject: Up (2009)] [ask]\nNo. What else? {'Please. ' * (number % 5)}{END}", True),
    )
    return Example(f"example-{number}", "user", "0123456789ab", pieces)


def write_examples(path: Path, examples: list[Example]) -> None:
    """Write examples as the preparation does."""
    lines = [
        {
            "id": e.id,
            "role": e.role,
            "promptVersion": e.prompt_version,
            "pieces": [{"text": p.text, "own": p.own} for p in e.pieces],
        }
        for e in examples
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def write_tiny_base(folder: Path, family: str) -> Path:
    """Write a random two-layer model of a family with the toy tokenizer, as a Hugging Face folder."""
    shape = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "vocab_size": 320,
        "max_position_embeddings": 512,
        "tie_word_embeddings": True,
    }
    torch.manual_seed(7)
    if family == "llama":
        model = LlamaForCausalLM(LlamaConfig(**shape))
    else:
        model = Qwen3ForCausalLM(Qwen3Config(**shape, head_dim=8))
    model.save_pretrained(folder)
    (folder / "tokenizer.json").write_text(toy_tokenizer(), encoding="utf-8")
    return folder


def toy_config() -> LlamaConfig:
    """Shapes of the toy preset, which can be packed."""
    return LlamaConfig(
        hidden_size=TOY.hidden,
        intermediate_size=TOY.intermediate,
        num_hidden_layers=TOY.layers,
        num_attention_heads=TOY.heads,
        num_key_value_heads=TOY.kv_heads,
        head_dim=TOY.head_size,
        vocab_size=TOY.vocabulary,
        rms_norm_eps=TOY.norm_epsilon,
        max_position_embeddings=TOY.context_length,
        tie_word_embeddings=True,
    )


def tiny_settings(folder: Path, kind: str) -> Settings:
    """Settings of a short run on made-up examples, which are written into `folder` with the base."""
    write_examples(folder / "train.user.jsonl", [made_up_example(n) for n in range(12)])
    write_examples(folder / "validation.user.jsonl", [made_up_example(n) for n in range(20, 23)])
    return Settings(
        data=str(folder),
        role="user",
        base=str(write_tiny_base(folder / "base", kind)),
        epochs=2,
        rate=5e-3,
        warm_up=2,
        step_examples=4,
        micro_tokens=300,
        validate_every=3,
    )


def run_of(settings: Settings, folder: Path) -> Run:
    """A run on the CPU."""
    return Run(settings, folder, Processes("cpu"))


def masters(run: Run) -> dict[str, torch.Tensor]:
    """The run's unrounded weights as they are now."""
    return {name: value.clone() for name, value in run.optimiser.state()["weights"].items()}
