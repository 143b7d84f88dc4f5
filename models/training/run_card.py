"""What a run was: everything that a reader needs to judge it or to repeat it."""

import json
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
import transformers


@dataclass
class Progress:
    """How far a run is, with its curves."""

    step: int = 0
    own_tokens: int = 0
    all_tokens: int = 0
    seconds: float = 0.0
    training: list[dict[str, float]] = field(default_factory=list)
    """Per step: mean loss over own tokens in nats, learning rate, gradient norm, tokens so far."""
    validation: list[dict[str, float]] = field(default_factory=list)
    """Mean loss over own tokens of the validation examples, nats, by step."""

    @staticmethod
    def restore(state: dict[str, Any]) -> "Progress":
        """Rebuild from `asdict`."""
        return Progress(**state)


def write_card(path: Path, settings: dict[str, Any], facts: dict[str, Any], progress: Progress) -> None:
    """Write the run card as JSON, replaced as a whole."""
    card = {
        "settings": settings,
        **facts,
        "device": platform.machine(),
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__},
        "hours": round(progress.seconds / 3600, 4),
        **asdict(progress),
    }
    part = path.with_suffix(".part")
    part.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    part.replace(path)
