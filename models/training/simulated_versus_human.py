"""
Is a simulated dialogue worth a human one? One learner reads equally many of each; people's dialogues judge.

For every size and draw, a learner starts from the same base and takes the same number of steps: once on human
dialogues, once on simulated ones. Both are measured by their loss on the own tokens of the same human
validation dialogues, beside the base without training. Writes results.json, curve.svg and curve.md. The same
command goes on where it was interrupted.
"""

import argparse
import json
import platform
import random
import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .acts import is_human
from .base import base_folder, load_model, load_tokenizer, settled_precision
from .examples import Example, data_hash, one_of, read_examples
from .intervals import bootstrap_mean
from .learning_curve import curve_markdown, curve_svg
from .processes import Processes
from .program import run_node
from .run import Run
from .scoring import Marked, mark, own_nats
from .settings import Settings

SOURCES = ("human", "simulated")
ROLES = ("user", "recommender")


@dataclass(frozen=True)
class Condition:
    """One learner: what it reads, how many dialogues of it, and which draw."""

    source: str
    size: int
    draw: int

    @property
    def name(self) -> str:
        """Of its folder."""
        return f"{self.source}-{self.size}-{self.draw}"


def draw_examples(examples: Sequence[Example], size: int, draw: int) -> list[Example]:
    """Draw examples; a larger draw begins with a smaller one of its number. SystemExit if too few."""
    if len(examples) < size:
        raise SystemExit(
            f"{size} dialogues are asked for, and there are {len(examples)}: choose smaller sizes"
        )
    order = sorted(examples, key=lambda example: example.id)
    random.Random(f"simulated-versus-human/{draw}").shuffle(order)
    return order[:size]


def write_examples(path: Path, examples: Sequence[Example]) -> None:
    """Write a training file as the preparation does."""
    lines = [
        {
            "id": e.id,
            "role": e.role,
            "promptVersion": e.prompt_version,
            "pieces": [{"text": p.text, "own": p.own} for p in e.pieces],
        }
        for e in examples
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def exported(run: Path, catalogue: Path, role: str, folder: Path) -> Path:
    """Write a run's dialogues as examples with the program's own exporter, once; return the folder."""
    done = folder / f"train.{role}.jsonl"
    if not done.is_file():
        # No profile is held out of it: what is measured on is human and lies elsewhere.
        run_node(
            "export-sft.ts",
            *("--dialogues", run.resolve(), "--catalogue", catalogue.resolve()),
            *("--out", folder.resolve(), "--role", role, "--validation", "0"),
        )
    return folder


class Comparison:
    """All learners of one comparison, in a folder of its own."""

    def __init__(self, args: argparse.Namespace):
        self.args = args
        self.out: Path = args.out
        self.processes = Processes(args.device)
        role = args.role
        simulated = args.simulated or exported(args.run, args.catalogue, role, self.out / "exported")
        self.files = {
            "human": args.human / f"train.{role}.jsonl",
            "simulated": simulated / f"train.{role}.jsonl",
        }
        self.measured_on = args.human / f"validation.{role}.jsonl"
        for file in (*self.files.values(), self.measured_on):
            if not file.is_file():
                raise SystemExit(f"{file} is missing: prepare the data, or export the run, first")
        human = [example for example in read_examples(self.files["human"]) if is_human(example)]
        self.examples = {"human": human, "simulated": read_examples(self.files["simulated"])}
        validation = [example for example in read_examples(self.measured_on) if is_human(example)]
        self.validation = draw_examples(validation, min(len(validation), args.validation), 0)
        everything = [*human, *self.examples["simulated"], *self.validation]
        self.prompt_version = one_of((example.prompt_version for example in everything), "promptVersion")
        one_of((example.role for example in everything), "role")
        self._check_apart()
        self.base = base_folder(args.base, self.out / "base")
        tokenizer = load_tokenizer(self.base)
        marked = [mark(example, tokenizer, args.longest) for example in self.validation]
        self.marked: list[Marked] = [marks for marks in marked if marks.kinds.any()]

    def _check_apart(self) -> None:
        taught = {e.id for examples in self.examples.values() for e in examples}
        shared = taught & {e.id for e in self.validation}
        if shared:
            raise SystemExit(f"{min(shared)} is both learned and measured on: the comparison would be void")

    def run(self) -> dict[str, object]:
        """Train and measure what is not yet, and return the report."""
        args, started = self.args, time.monotonic()
        self._keep_inputs()
        base = self._measured("base", lambda: load_model(self.base, self.processes.device))
        losses = {
            condition: self._learner(condition)
            for size in args.sizes
            for draw in range(args.draws)
            for condition in (Condition(source, size, draw) for source in SOURCES)
        }
        counts = base["counts"]
        report = {
            "role": args.role,
            "promptVersion": self.prompt_version,
            "dataHash": {name: data_hash(file) for name, file in self.files.items()},
            "baseHash": data_hash(*sorted(self.base.glob("*.safetensors"))),
            "measuredOn": {
                "dialogues": len(counts),
                "tokens": int(sum(counts)),
                "hash": data_hash(self.measured_on),
            },
            "unit": "nats per own token of human validation dialogues",
            "intervals": "95 %, bootstrap over validation dialogues, draws pooled",
            "learner": {
                "base": Path(args.base).name,
                **{
                    name: getattr(args, name)
                    for name in ("layers", "epochs", "rate", "longest", "step_examples")
                },
                "draws": args.draws,
            },
            "base": bootstrap_mean(np.array(base["sums"]), np.array(counts)).as_dict(),
            "sizes": [self._point(size, losses, np.array(counts)) for size in args.sizes],
            "seconds": round(time.monotonic() - started),
            "machine": f"{platform.machine()}, torch {torch.__version__}",
            "command": shlex.join(
                ["python", "-m", "training.simulated_versus_human", *_public(args.command)]
            ),
        }
        self._write("results.json", json.dumps(report, indent=1) + "\n")
        self._write("curve.svg", curve_svg(report))
        self._write("curve.md", curve_markdown(report))
        return report

    def _point(self, size: int, losses: dict[Condition, dict], counts: np.ndarray) -> dict[str, object]:
        sums = {
            source: sum(
                np.array(losses[Condition(source, size, draw)]["sums"]) for draw in range(self.args.draws)
            )
            for source in SOURCES
        }
        tokens = {
            source: sum(losses[Condition(source, size, draw)]["ownTokens"] for draw in range(self.args.draws))
            for source in SOURCES
        }
        pooled = counts * self.args.draws
        return {
            "size": size,
            **{source: bootstrap_mean(sums[source], pooled).as_dict() for source in SOURCES},
            "simulatedLessHuman": bootstrap_mean(sums["simulated"] - sums["human"], pooled).as_dict(),
            "ownTokens": tokens,
        }

    def _learner(self, condition: Condition) -> dict:
        args, folder = self.args, self.out / condition.name
        known = self._known(condition.name)
        if known is not None:
            return known
        data = folder / "data"
        chosen = draw_examples(self.examples[condition.source], condition.size, condition.draw)
        write_examples(data / f"train.{args.role}.jsonl", chosen)
        # The run's own validation says nothing here; it must have some.
        write_examples(data / f"validation.{args.role}.jsonl", self.validation[:1])
        settings = Settings(
            data=str(data),
            role=args.role,
            base=str(self.base),
            epochs=args.epochs,
            rate=args.rate,
            warm_up=2,
            step_examples=args.step_examples,
            micro_tokens=args.micro_tokens,
            longest=args.longest,
            layers=args.layers,
            seed=condition.draw + 1,
            validation_examples=1,
            validate_every=1_000_000,
            precision=settled_precision("auto", self.processes.device),
        )
        self._say(f"{condition.name} ...")
        run = Run(settings, folder, self.processes)
        if not run.go_on():
            raise SystemExit("interrupted: the same command goes on")
        result = self._measured(condition.name, lambda: run.model, ownTokens=run.progress.own_tokens)
        # Three times the weights: they are of no use once they are measured.
        (folder / "checkpoint.pt").unlink(missing_ok=True)
        return result

    def _measured(self, name: str, model_of, **facts: object) -> dict:
        known = self._known(name)
        if known is not None:
            return known
        model = model_of()
        model.eval()
        nats = [own_nats(model, marks, self.processes.device) for marks in self.marked]
        result = {
            "sums": [float(one.sum()) for one in nats],
            "counts": [len(one) for one in nats],
            **facts,
        }
        self._write(f"{name}.json", json.dumps(result) + "\n")
        self._say(f"{name}: loss {sum(result['sums']) / sum(result['counts']):.4f}")
        return result

    def _known(self, name: str) -> dict | None:
        path = self.out / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None

    def _keep_inputs(self) -> None:
        """Refuse to go on in a folder whose results are of other inputs."""
        facts = {
            "role": self.args.role,
            "files": [data_hash(file) for file in (*self.files.values(), self.measured_on)],
            "validation": len(self.marked),
            **{
                name: getattr(self.args, name)
                for name in ("layers", "epochs", "rate", "longest", "step_examples")
            },
        }
        path = self.out / "inputs.json"
        if path.is_file():
            if json.loads(path.read_text(encoding="utf-8")) != facts:
                raise SystemExit(
                    f"{self.out} holds results of other inputs or settings: choose another folder"
                )
            return
        self._write("inputs.json", json.dumps(facts, indent=1) + "\n")

    def _write(self, name: str, text: str) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        part = self.out / f"{name}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(self.out / name)

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)


def _public(command: list[str]) -> list[str]:
    """The command line without the machine's folders: a report is read elsewhere."""
    return [Path(word).name if "/" in word else word for word in command]


def _sizes(text: str) -> list[int]:
    sizes = sorted({int(word) for word in text.split(",")})
    if not sizes or sizes[0] < 1:
        raise argparse.ArgumentTypeError("sizes are whole numbers such as 25,50,100")
    return sizes


def main(argv: list[str] | None = None) -> None:
    """Parse the command line and compare."""
    parser = argparse.ArgumentParser(prog="training.simulated_versus_human", description=__doc__)
    parser.add_argument("--role", choices=ROLES, required=True)
    parser.add_argument("--human", type=Path, required=True, help="folder that the preparation wrote")
    simulated = parser.add_mutually_exclusive_group(required=True)
    simulated.add_argument("--simulated", type=Path, help="folder that export-sft.ts wrote from a run")
    simulated.add_argument("--run", type=Path, help="or the run itself, a JSONL of dialogue records")
    parser.add_argument("--catalogue", type=Path, help="with --run: catalogue.json of its domain")
    parser.add_argument("--base", required=True, help="as for training")
    parser.add_argument("--out", type=Path, required=True, help="folder of the results")
    parser.add_argument("--sizes", type=_sizes, default=[25, 50, 100], help="dialogues (default: 25,50,100)")
    parser.add_argument("--draws", type=int, default=1, help="draws of each size (default: 1)")
    parser.add_argument("--validation", type=int, default=60, help="most human dialogues to measure on")
    parser.add_argument("--layers", type=int, default=6, help="uppermost layers that are trained; 0: all")
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--step-examples", type=int, default=8, help="dialogues a step (default: 8)")
    parser.add_argument("--micro-tokens", type=int, default=4096)
    parser.add_argument("--longest", type=int, default=896, help="most tokens of a dialogue")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args(argv)
    args.command = sys.argv[1:] if argv is None else argv
    if args.run is not None and args.catalogue is None:
        parser.error("--run needs --catalogue")
    if args.draws < 1:
        parser.error("--draws must be at least 1")
    torch.set_num_threads(args.threads)
    print(curve_markdown(Comparison(args).run()))


if __name__ == "__main__":
    main()
