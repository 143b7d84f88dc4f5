"""manifest.json of a model and index.json of all: what is shipped, how large it is, and its SHA-256."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from .architecture import Architecture
from .library.constants import CONTEXT

WEIGHTS_FOLDER = "resolve/main"
"""Where web-llm looks for a model's files, below the model's own folder."""

ROLES = ("user", "recommender", "both")

CARD = "README.md"
"""The model card, in the model's own folder."""


@dataclass(frozen=True)
class Description:
    """What people are told about a model."""

    id: str
    title: str
    base: str
    license: str
    source: str
    quantization: str
    prompt_version: str | None = None
    """Hash of the prompts a model was fine-tuned under; none for a base model."""
    role: str | None = None
    """The seat it was fine-tuned for: user, recommender, or both; none for a base model."""


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def identity(files: list[dict]) -> str:
    """The model's hash: SHA-256 of the sorted lines "path sha256\\n" of its shards and its tokenizer."""
    names = [f for f in files if f["path"].endswith(("tokenizer.json", ".bin"))]
    lines = sorted(f"{f['path']} {f['sha256']}\n" for f in names)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def write_manifest(models: Path, description: Description, arch: Architecture, library: Path) -> Path:
    """Write `<models>/<id>/manifest.json` over the files that lie there; `library` lies in `models` too."""
    folder = models / description.id
    files = [
        {"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted((folder / WEIGHTS_FOLDER).iterdir())
    ]
    manifest = {
        "id": description.id,
        "title": description.title,
        "base": description.base,
        "licence": description.license,
        "source": description.source,
        **({} if description.role is None else {"role": description.role}),
        "promptVersion": description.prompt_version,
        "parameters": arch.parameters,
        "quantization": description.quantization,
        "library": {
            "path": library.relative_to(models).as_posix(),
            "bytes": library.stat().st_size,
            "sha256": sha256(library),
            "contextLength": CONTEXT,
        },
        "files": files,
        "hash": identity(files),
        **({"card": CARD} if (folder / CARD).exists() else {}),
        "architecture": arch.as_manifest(),
    }
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest, indent=2) + "\n")
    return path


def write_index(models: Path) -> Path:
    """Write `<models>/index.json`: every model that has a manifest, with its role and its card if any."""
    entries = []
    for path in sorted(models.glob("*/manifest.json")):
        manifest = json.loads(path.read_text())
        card = path.parent / CARD
        entries.append(
            {
                "id": manifest["id"],
                "title": manifest["title"],
                "manifest": path.relative_to(models).as_posix(),
                "bytes": sum(file["bytes"] for file in manifest["files"]),
                **({"role": manifest["role"]} if "role" in manifest else {}),
                **({"card": card.relative_to(models).as_posix()} if card.exists() else {}),
            }
        )
    path = models / "index.json"
    path.write_text(json.dumps({"models": entries}, indent=2) + "\n")
    return path
