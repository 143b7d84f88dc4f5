"""Weights, tokenizer and configuration of one model, as a folder that web-llm loads from."""

from collections.abc import Callable
from pathlib import Path

from .chat_config import chat_config
from .layout import lay_out, packed_pair
from .library.compile import parameters
from .shards import SHARD_BYTES, write_shards
from .source_gguf import GgufSource
from .source_huggingface import HuggingFaceSource
from .tokenizer import tokenizer_json

Source = GgufSource | HuggingFaceSource

SYSTEM_MESSAGE = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
"""The base's own default, used where a caller gives no system message."""


def _check_parameters(arch, weights, stock: bool) -> None:
    """Raise ValueError unless the weights are exactly what the library for `arch` expects."""
    expected = {p.name: (p.shape, p.dtype) for p in parameters(arch, stock)}
    found = {name: (array.shape, array.dtype.name) for name, array in weights.items()}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise ValueError(
                f"{name}: the library expects {expected.get(name)}, the weights have {found.get(name)}"
            )


def write_artifact(
    source: Source, folder: Path, pair: Callable = packed_pair, shard_bytes: int = SHARD_BYTES
) -> None:
    """Quantise, pack and write everything that web-llm fetches from `folder`, except the library."""
    arch = source.architecture()
    arch.check()
    weights = lay_out(arch, source.weights(), pair)
    _check_parameters(arch, weights, stock=pair is not packed_pair)
    write_shards(weights, folder, shard_bytes)
    tokenizer = (
        tokenizer_json(source.vocabulary()) if isinstance(source, GgufSource) else source.tokenizer_json()
    )
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    (folder / "mlc-chat-config.json").write_text(chat_config(arch, SYSTEM_MESSAGE), encoding="utf-8")
