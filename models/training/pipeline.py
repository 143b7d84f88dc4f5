"""
From a data file to models with their cards, in one command; it goes on where it was interrupted.

Prepare, label, train each model, write its weights, quantise and pack them, evaluate, write the card.
Finished steps are skipped: to repeat one, delete what it wrote. Options after `--` are those of
`training.train start`.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .examples import ROLES
from .program import ROOT, run_node

MODELS = Path(__file__).resolve().parents[1]
SEATS = {"user": "user", "recommender": "recommender", "counterpart": "both"}
"""The seat of a model in the program, by what it was trained for."""
_DONE = "complete"


@dataclass(frozen=True)
class Step:
    """Something to do once; it is done when all that it writes is there."""

    name: str
    writes: tuple[Path, ...]
    action: Callable[[], None]

    def run(self) -> None:
        """Do it unless it is done."""
        if all(path.exists() for path in self.writes):
            print(f"{self.name}: done before", flush=True)
            return
        print(f"{self.name} ...", flush=True)
        self.action()
        missing = [path.name for path in self.writes if not path.exists()]
        if missing:
            raise SystemExit(f"{self.name}: ended without writing {', '.join(missing)}")


def python(*args: str | Path) -> None:
    """Run a module of models/ with this Python; its failure ends the pipeline."""
    result = subprocess.run([sys.executable, "-m", *map(str, args)], cwd=MODELS, check=False)
    if result.returncode != 0:
        raise SystemExit(f"{args[0]} failed with exit code {result.returncode}")


def _prepare(args: argparse.Namespace) -> list[Step]:
    out = args.out
    sources = {"by-seeker": args.redial, **({"test": args.test} if args.test else {})}
    turns = {split: out / f"turns-{split}.jsonl" for split in sources}
    labels = out / "labels.csv"
    merged = ("--merged", args.merged) if args.merged else ()

    def write_turns(split: str) -> Callable[[], None]:
        return lambda: print(
            run_node(
                "prepare-turns.ts", *("--redial", sources[split], "--split", split, "--out", turns[split])
            )
        )

    def write_examples(split: str) -> Callable[[], None]:
        words = ("--redial", sources[split], "--split", split, "--labels", labels, "--out", _data(out, split))
        more = ("--catalogue", args.catalogue, *merged, "--counters", str(args.counters))
        return lambda: print(run_node("prepare-dialogues.ts", *words, *more))

    tagger = ("training.tagger", "--turns", *turns.values(), "--hand", args.hand, "--folds", str(args.folds))
    return [
        *(Step(f"turns, {split}", (turns[split],), write_turns(split)) for split in sources),
        Step(
            "action labels",
            (labels, out / "agreement.json"),
            lambda: python(*tagger, "--out", labels, "--report", out / "agreement.json"),
        ),
        *(
            Step(f"examples, {split}", (_data(out, split) / "report.json",), write_examples(split))
            for split in sources
        ),
    ]


def _data(out: Path, split: str) -> Path:
    return out / ("data-test" if split == "test" else "data")


def _train(args: argparse.Namespace, role: str) -> None:
    """Start or resume; the run's own settings decide once it is started."""
    run = args.out / "runs" / role
    if (run / "settings.json").exists():
        python("training.train", "resume", "--out", run, "--device", args.device)
        return
    words = ("--role", role, "--data", _data(args.out, "by-seeker"), "--base", args.base)
    python("training.train", "start", "--out", run, "--device", args.device, *words, *args.options)


def _export(run: Path, checkpoint: Path) -> None:
    python("training.train", "export", "--out", run, "--to", checkpoint)


def _artifact(args: argparse.Namespace, spec: dict, checkpoint: Path, run: Path) -> None:
    version = json.loads((run / "card.json").read_text(encoding="utf-8"))["promptVersion"]
    words = ["artifact", "--checkpoint", checkpoint, "--id", spec["id"], "--title", spec["title"]]
    words += ["--base", spec["base"], "--license", spec["licence"], "--source", spec["source"]]
    words += ["--prompt-version", version, "--role", SEATS[spec["role"]], "--preset", args.preset]
    words += ["--models", args.models]
    if args.library:
        words += ["--library", args.library]
    if find_spec("tvm"):
        python("recipe", *words)
        return
    # The packages that pack weights are in an environment of their own, which this makes.
    command = ["bash", str(MODELS / "build.sh"), *map(str, words)]
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit("build.sh artifact failed")


def _evaluate(args: argparse.Namespace, role: str, split: str, checkpoint: Path, out: Path) -> None:
    words = ["--role", role, "--checkpoint", checkpoint, "--base", args.base, "--split", split]
    words += ["--data", _data(args.out, split), "--train", _data(args.out, "by-seeker")]
    words += ["--catalogue", args.catalogue, "--card", args.out / "runs" / role / "card.json"]
    words += ["--dialogues", str(args.dialogues), "--contexts", str(args.contexts), "--device", args.device]
    python("training.evaluate", *words, "--out", out)


def _model(args: argparse.Namespace, spec_file: Path, spec: dict) -> list[Step]:
    role, out = spec["role"], args.out
    run, checkpoint = out / "runs" / role, out / "checkpoints" / role
    splits = ["validation", *(["test"] if args.test else [])]
    reports = [out / f"evaluation-{role}-{split}.json" for split in splits]
    folder = args.models / spec["id"]

    def evaluation(split: str, path: Path) -> Step:
        return Step(
            f"evaluation of the {role}, {split}",
            (path,),
            lambda: _evaluate(args, role, split, checkpoint, path),
        )

    def card() -> None:
        words = ("--spec", spec_file, "--run", run / "card.json", "--evaluation", *reports)
        bars = ("--bars", *args.bars) if args.bars else ()
        python("recipe.model_card", *words, *bars, "--models", args.models)
        shutil.copy(folder / "README.md", out / f"card-{role}.md")

    return [
        Step(
            f"training of the {role}",
            (run / _DONE,),
            lambda: _marked(run, lambda: _train(args, role)),
        ),
        Step(
            f"weights of the {role}",
            (checkpoint / _DONE,),
            lambda: _marked(checkpoint, lambda: _export(run, checkpoint)),
        ),
        Step(
            f"artifact {spec['id']}",
            (folder / "manifest.json",),
            lambda: _artifact(args, spec, checkpoint, run),
        ),
        *(evaluation(split, path) for split, path in zip(splits, reports, strict=True)),
        Step(f"card of {spec['id']}", (out / f"card-{role}.md",), card),
    ]


def _marked(folder: Path, action: Callable[[], None]) -> None:
    """Mark a folder as whole, which an interruption leaves half written."""
    action()
    (folder / _DONE).touch()


def _specs(files: Sequence[Path]) -> list[tuple[Path, dict]]:
    specs = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in files]
    roles = [spec["role"] for _, spec in specs]
    if len(set(roles)) != len(roles) or not set(roles) <= set(ROLES):
        raise SystemExit(
            f"each card needs a role of its own among {', '.join(ROLES)}: found {', '.join(roles)}"
        )
    return specs


def main(argv: list[str] | None = None) -> None:
    """Parse the command line and run what is left to do."""
    domain = ROOT / "static" / "domains" / "movies"
    parser = argparse.ArgumentParser(prog="training.pipeline", description=__doc__)
    parser.add_argument("--redial", type=Path, required=True, help="dialogues in ReDial's format")
    parser.add_argument("--test", type=Path, help="dialogues for reporting only, in the same format")
    parser.add_argument("--base", required=True, help="as for training")
    parser.add_argument("--out", type=Path, required=True, help="folder for all that is made on the way")
    parser.add_argument("--specs", type=Path, nargs="+", required=True, help="one cards/ID.json a model")
    parser.add_argument("--catalogue", type=Path, default=domain / "catalogue.json")
    parser.add_argument("--merged", type=Path, help="merged.json beside the catalogue")
    parser.add_argument(
        "--hand", type=Path, default=MODELS / "labels", help="folder of the labels read by hand"
    )
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--counters", type=int, default=2, help="made-up dialogues a profile (default: 2)")
    parser.add_argument("--models", type=Path, default=ROOT / "static" / "models", help="where models go")
    parser.add_argument("--preset", default="smollm2-135m", help="shapes of the base")
    parser.add_argument("--library", type=Path, help="the preset's compiled library, in the models' folder")
    parser.add_argument("--bars", type=Path, nargs="*", help="bar-N.json files that the cards quote")
    parser.add_argument("--dialogues", type=int, default=60, help="of an evaluation")
    parser.add_argument("--contexts", type=int, default=200, help="of an evaluation")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    words = sys.argv[1:] if argv is None else argv
    split = words.index("--") if "--" in words else len(words)
    args = parser.parse_args(words[:split])
    args.options = words[split + 1 :]
    for name in ("redial", "test", "out", "catalogue", "merged", "hand", "models", "library"):
        if getattr(args, name) is not None:
            setattr(args, name, getattr(args, name).resolve())
    args.bars = [path.resolve() for path in args.bars or []]
    if Path(args.base).exists():
        args.base = str(Path(args.base).resolve())
    specs = _specs([path.resolve() for path in args.specs])
    args.out.mkdir(parents=True, exist_ok=True)
    for step in [*_prepare(args), *(step for path, spec in specs for step in _model(args, path, spec))]:
        step.run()
    print("done: " + ", ".join(str(args.models / spec["id"]) for _, spec in specs))


if __name__ == "__main__":
    main()
