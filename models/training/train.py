"""Command line: start or resume the fine-tuning of one role, or write its weights."""

import argparse
from pathlib import Path

from .base import base_folder, save_model
from .checkpoint import load_checkpoint
from .processes import Processes
from .run import Run
from .settings import Settings, add_settings, settings_of


def _train(settings: Settings, folder: Path, device: str) -> None:
    processes = Processes(device)
    try:
        done = Run(settings, folder, processes).go_on()
    finally:
        processes.close()
    if processes.leads:
        print("complete" if done else "interrupted; `resume` goes on", flush=True)


def start(args: argparse.Namespace) -> None:
    """Start a run in a folder that holds none yet."""
    if (args.out / "settings.json").exists():
        raise SystemExit(f"{args.out} holds a run already: `resume` it, or choose another folder")
    settings = settings_of(args)
    settings.write(args.out)
    _train(settings, args.out, args.device)


def resume(args: argparse.Namespace) -> None:
    """Go on with a run from its last checkpoint."""
    _train(Settings.read(args.out), args.out, args.device)


def export(args: argparse.Namespace) -> None:
    """Write the weights of the last checkpoint as a Hugging Face folder, f32."""
    state = load_checkpoint(args.out)
    if state is None:
        raise SystemExit(f"{args.out} holds no checkpoint yet")
    base = base_folder(state["settings"]["base"], args.out.parent / "base")
    save_model(base, state["optimiser"]["weights"], args.to)
    print(f"{args.to}: step {state['progress']['step']} of {state['facts']['steps']}")


def main() -> None:
    """Parse the command line and run one command."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for action in (start, resume):
        command = commands.add_parser(action.__name__, help=action.__doc__)
        command.add_argument("--out", type=Path, required=True, help="the run's folder")
        command.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
        command.set_defaults(run=action)
        if action is start:
            add_settings(command)
    command = commands.add_parser("export", help=export.__doc__)
    command.add_argument("--out", type=Path, required=True, help="the run's folder")
    command.add_argument("--to", type=Path, required=True, help="folder to write")
    command.set_defaults(run=export)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
