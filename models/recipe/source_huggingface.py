"""Read a Llama-family checkpoint in Hugging Face's layout: config.json, *.safetensors, tokenizer.json."""

import json
from pathlib import Path

import numpy as np

from .architecture import Architecture

_DTYPES = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "BF16": np.dtype("<u2")}


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """All tensors of a safetensors file as f32. The file is an 8-byte length, a JSON header, and raw data."""
    with path.open("rb") as file:
        header_size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(header_size))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + header_size)
    out = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] not in _DTYPES:
            raise ValueError(f"{name} is stored as {entry['dtype']}; only {', '.join(_DTYPES)} are read")
        begin, end = entry["data_offsets"]
        raw = np.frombuffer(data[begin:end].tobytes(), dtype=_DTYPES[entry["dtype"]])
        if entry["dtype"] == "BF16":
            # bf16 is the upper half of an f32.
            raw = (raw.astype(np.uint32) << 16).view(np.float32)
        out[name] = raw.astype(np.float32).reshape(entry["shape"])
    return out


class HuggingFaceSource:
    """A checkpoint folder."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._config = json.loads((folder / "config.json").read_text())
        family = self._config["model_type"]
        if family != "llama":
            raise ValueError(f"{folder.name} is of the {family} family; this recipe reads llama")
        if not self._config.get("tie_word_embeddings", False):
            raise ValueError(
                f"{folder.name} has an output head of its own; this recipe expects tied embeddings"
            )
        if self._config.get("attention_bias") or self._config.get("mlp_bias"):
            raise ValueError(f"{folder.name} has biases, which the compiled model lacks")
        rope = self._config.get("rope_scaling") or {}
        if rope.get("rope_type", rope.get("type", "default")) != "default":
            raise ValueError(f"{folder.name} scales its rotary embedding, which the compiled model lacks")

    def architecture(self) -> Architecture:
        """Shapes and constants from config.json."""
        c = self._config
        # Newer files of transformers keep theta among the rotary parameters.
        theta = c.get("rope_theta") or c.get("rope_parameters", {}).get("rope_theta")
        if theta is None:
            raise ValueError("config.json names no rope_theta")
        return Architecture(
            hidden=c["hidden_size"],
            intermediate=c["intermediate_size"],
            layers=c["num_hidden_layers"],
            heads=c["num_attention_heads"],
            kv_heads=c["num_key_value_heads"],
            head_size=c.get("head_dim") or c["hidden_size"] // c["num_attention_heads"],
            vocabulary=c["vocab_size"],
            rope_theta=float(theta),
            norm_epsilon=float(c["rms_norm_eps"]),
            context_length=c["max_position_embeddings"],
        )

    def weights(self) -> dict[str, np.ndarray]:
        """All tensors as f32, [outputs, inputs] for matrices."""
        files = sorted(self._folder.glob("*.safetensors"))
        if not files:
            raise ValueError(f"{self._folder} holds no safetensors file")
        out = {}
        for file in files:
            out.update(read_safetensors(file))
        out.pop("lm_head.weight", None)
        return out

    def tokenizer_json(self) -> str:
        """Text of the checkpoint's tokenizer.json."""
        return (self._folder / "tokenizer.json").read_text()
