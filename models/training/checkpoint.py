"""A run's state on disk: one file, replaced as a whole."""

import os
from pathlib import Path
from typing import Any

import torch

_NAME = "checkpoint.pt"


def save_checkpoint(folder: Path, state: dict[str, Any]) -> None:
    """Replace the folder's checkpoint; an interruption leaves the old one whole."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{_NAME}.part"
    with part.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / _NAME)


def load_checkpoint(folder: Path) -> dict[str, Any] | None:
    """Load the last checkpoint onto the CPU; None where there is none yet."""
    path = folder / _NAME
    if not path.is_file():
        return None
    return torch.load(path, map_location="cpu", weights_only=True)
