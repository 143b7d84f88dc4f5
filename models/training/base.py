"""The model that a run starts from, and how a trained one is written."""

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, PreTrainedModel

from recipe.source_gguf import GgufSource, packaged_gguf
from recipe.tokenizer import tokenizer_json

from .attention import BLOCKED


def import_gguf(path: Path, folder: Path) -> None:
    """Write a Llama-family GGUF file as a Hugging Face folder, f32, with its tokenizer.json."""
    source = GgufSource(path)
    arch = source.architecture()
    config = LlamaConfig(
        hidden_size=arch.hidden,
        intermediate_size=arch.intermediate,
        num_hidden_layers=arch.layers,
        num_attention_heads=arch.heads,
        num_key_value_heads=arch.kv_heads,
        head_dim=arch.head_size,
        vocab_size=arch.vocabulary,
        rope_parameters={"rope_type": "default", "rope_theta": arch.rope_theta},
        rms_norm_eps=arch.norm_epsilon,
        max_position_embeddings=arch.context_length,
        tie_word_embeddings=True,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=2,
    )
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    weights = {name: torch.from_numpy(value) for name, value in source.weights().items()}
    missing, unexpected = model.load_state_dict(weights, strict=False, assign=True)
    if unexpected or set(missing) - {"lm_head.weight"}:
        raise ValueError(f"the GGUF file does not fit: missing {missing}, unexpected {unexpected}")
    model.tie_weights()
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    (folder / "tokenizer.json").write_text(tokenizer_json(source.vocabulary()), encoding="utf-8")


def base_folder(base: str, cache: Path) -> Path:
    """
    Find the Hugging Face folder of a base.

    `base` is such a folder, a GGUF file, or the name of an installed Python package that carries one GGUF
    file; the last two are converted once, into `cache`.
    """
    path = Path(base)
    if (path / "config.json").is_file():
        return path
    gguf = path if path.suffix == ".gguf" and path.is_file() else packaged_gguf(base)
    folder = cache / gguf.stem
    if not (folder / "tokenizer.json").is_file():
        import_gguf(gguf, folder)
    return folder


def load_tokenizer(folder: Path) -> Tokenizer:
    """Load the tokenizer of a Hugging Face folder, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def settled_precision(precision: str, device: torch.device) -> str:
    """Return `bf16` or `f32`; `auto` is bf16 unless a CPU would emulate it, at a tenth of f32's speed."""
    if precision != "auto":
        return precision
    return "bf16" if device.type != "cpu" or torch.cpu._is_avx512_bf16_supported() else "f32"


def load_model(
    folder: Path, device: torch.device, layers: int = 0, precision: str = "auto"
) -> PreTrainedModel:
    """
    Load any causal language model, its embeddings frozen (if tied, the output too).

    Where `layers` is not 0, all but so many of the uppermost layers are frozen too: no gradient is computed
    below them, which saves up to two thirds of their time.
    """
    bf16 = settled_precision(precision, device) == "bf16"
    model = AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=torch.bfloat16 if bf16 else torch.float32,
        local_files_only=True,
        attn_implementation=BLOCKED if bf16 and device.type == "cpu" else "sdpa",
    )
    model.get_input_embeddings().weight.requires_grad_(False)
    stack = model.base_model.layers
    if not 0 <= layers <= len(stack):
        raise SystemExit(f"the base has {len(stack)} layers: it cannot train {layers}")
    for layer in stack[: len(stack) - layers] if layers else ():
        layer.requires_grad_(False)
    return model.to(device)


def save_model(base: Path, weights: dict[str, torch.Tensor], folder: Path) -> None:
    """Write a Hugging Face folder: the base with the trained f32 weights in place of its own."""
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, local_files_only=True)
    missing = set(weights) - {name for name, _ in model.named_parameters()}
    if missing:
        raise ValueError(f"the base lacks {min(missing)}: it is not the one that was trained")
    model.load_state_dict(weights, strict=False)
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())


def pad_token(folder: Path) -> int:
    """Return the model's padding token, or any: padding carries neither label nor attention."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    pad = config.get("pad_token_id")
    return pad if isinstance(pad, int) else 0
