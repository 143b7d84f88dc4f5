"""Command line: start or resume the fine-tuning of one role, or write its weights."""

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from .base import base_folder, save_model, settled_precision
from .checkpoint import load_checkpoint
from .processes import Processes
from .run import Run
from .settings import Settings, add_settings, settings_of

UNFINISHED = 10
"""Exit code of a run that stopped in good order before its end."""


def _train(settings: Settings, args: argparse.Namespace) -> None:
    processes = Processes(args.device)
    try:
        run = Run(settings, args.out, processes)
        done = run.go_on(None if args.steps is None else run.progress.step + args.steps)
    finally:
        processes.close()
    if processes.leads:
        print("complete" if done else "not complete: `resume` goes on", flush=True)
    # Told apart from failures by whoever calls this in turns.
    if not done:
        raise SystemExit(UNFINISHED)


def start(args: argparse.Namespace) -> None:
    """Start a run in a folder that holds none yet."""
    if (args.out / "settings.json").exists():
        raise SystemExit(f"{args.out} holds a run already: `resume` it, or choose another folder")
    settings = settings_of(args)
    settings = replace(settings, precision=settled_precision(settings.precision, torch.device(args.device)))
    settings.write(args.out)
    _train(settings, args)


def resume(args: argparse.Namespace) -> None:
    """Go on with a run from its last checkpoint."""
    _train(Settings.read(args.out), args)


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
        command.add_argument("--steps", type=int, help="stop in good order after so many steps")
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
