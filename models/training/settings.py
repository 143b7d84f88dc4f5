"""All that decides a run, and the command line that sets it."""

import argparse
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from .examples import ROLES

CHOICES = {"precision": ("auto", "bf16", "f32"), "longer": ("cut", "drop")}


@dataclass(frozen=True)
class Settings:
    """One run. A resumed run must have the settings that it was started with."""

    data: str
    """Folder of the preparation: train.<role>.jsonl and validation.<role>.jsonl."""
    role: str
    base: str
    """Hugging Face folder, GGUF file, or the name of an installed package that carries one."""
    epochs: float = 2.0
    rate: float = 2e-4
    warm_up: int = 20
    step_examples: int = 16
    """Dialogues per optimiser step, over all processes."""
    micro_tokens: int = 4096
    """Most tokens that go through the model at once: memory, not learning, depends on it."""
    longest: int = 1280
    """Tokens of a dialogue."""
    longer: str = "cut"
    """A longer training dialogue: `cut` leaves whole turns out from its end, `drop` all of it."""
    layers: int = 0
    """Uppermost layers that are trained; 0: all of them. Those below keep the base's weights."""
    quantised_share: float = 0.0
    """The last share of the steps that runs through the 4-bit quantiser."""
    precision: str = "auto"
    """Of the forward and backward pass: `bf16`, `f32`, or `auto`, which is settled when a run is started."""
    action_weight: float = 1.0
    """Weight of action lines' tokens in the loss: one word decides, dozens of tokens put it into words."""
    weight_decay: float = 0.01
    clip: float = 1.0
    seed: int = 1
    validation_examples: int = 120
    validate_every: int = 50
    """Optimiser steps between two validations."""
    save_every: float = 300.0
    """Seconds between two checkpoints."""

    def write(self, folder: Path) -> None:
        """Keep the settings beside the checkpoint."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @staticmethod
    def read(folder: Path) -> "Settings":
        """Read the settings of a run that was started before."""
        path = folder / "settings.json"
        if not path.is_file():
            raise SystemExit(f"{folder} holds no run: start one with `python -m training.train start`")
        return Settings(**json.loads(path.read_text(encoding="utf-8")))


_HELP = {
    "data": "folder that the preparation wrote",
    "base": "Hugging Face folder, GGUF file or installed package that carries one GGUF file",
    "epochs": "passes over the training examples; may be a fraction",
    "step_examples": "dialogues per optimiser step, over all processes",
    "micro_tokens": "most tokens that go through the model at once",
    "longest": "most tokens of a dialogue",
    "longer": "cut longer training dialogues, or drop them, so that endings are as frequent as beginnings",
    "layers": "train only so many uppermost layers; 0: all",
    "precision": "bf16, f32, or auto: bf16 where the device multiplies it, else f32",
    "action_weight": "weight of the action lines' tokens in the loss",
    "quantised_share": "last share of the steps that runs through the 4-bit quantiser",
    "validate_every": "optimiser steps between two validations",
    "save_every": "seconds between two checkpoints",
}


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add one option a field, with the field's default."""
    for item in fields(Settings):
        option = "--" + item.name.replace("_", "-")
        if item.name == "role":
            parser.add_argument(option, choices=ROLES, required=True)
        elif item.name in ("data", "base"):
            parser.add_argument(option, required=True, help=_HELP[item.name])
        else:
            kind = type(item.default)
            text = f"{_HELP.get(item.name, item.name.replace('_', ' '))} (default: {item.default})"
            choices = CHOICES.get(item.name)
            parser.add_argument(option, type=kind, default=item.default, choices=choices, help=text)


def settings_of(args: argparse.Namespace) -> Settings:
    """Collect the settings from parsed options."""
    return Settings(**{item.name: getattr(args, item.name) for item in fields(Settings)})
