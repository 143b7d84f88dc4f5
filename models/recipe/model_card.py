"""
The model card: one Markdown page a model, made from what was measured, so that no figure is typed by hand.

python -m recipe.model_card --spec cards/ID.json --run card.json --evaluation FILE --bars bar-3.json
"""

import argparse
import json
from pathlib import Path
from typing import Any

from .card_failures import failures
from .card_tables import bars_table, evaluation_table, table, training_table
from .manifest import CARD, write_index

MODELS = Path(__file__).resolve().parents[2] / "static" / "models"


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _cards(found: Any) -> list[dict]:
    """Return one run's card, or those that were kept, as a list."""
    return found if isinstance(found, list) else [found]


def _check(spec: dict, manifest: dict, runs: list[dict], evaluations: list[dict]) -> None:
    """Raise ValueError where the parts are not about one model."""
    if manifest["id"] != spec["id"]:
        raise ValueError(f"the card is of {spec['id']}, the model's folder holds {manifest['id']}")
    if not runs:
        raise ValueError("a card needs the run that made the model")
    version = manifest["promptVersion"]
    earlier = spec.get("trainedUnder", {}).get("versions", [])
    for run in runs:
        if run["settings"]["role"] != runs[0]["settings"]["role"]:
            raise ValueError("the runs are of two roles")
        if run["promptVersion"] not in (version, *earlier):
            raise ValueError("the model's manifest names another prompt version than its run")
    role = runs[0]["settings"]["role"]
    for evaluation in evaluations:
        if evaluation["role"] != role:
            raise ValueError(f"the run is of the {role}, an evaluation of the {evaluation['role']}")
        if evaluation["promptVersion"] != version:
            raise ValueError("model and evaluation are of two prompt versions")


def render(
    spec: dict,
    manifest: dict,
    runs: list[dict],
    evaluations: list[dict],
    bars: list[dict],
    dialogues: list[dict],
) -> str:
    """
    Return the card's text; of several runs each but the first began with the weights of the one before it.

    Raises ValueError where the parts are not about one model.
    """
    _check(spec, manifest, runs, evaluations)
    about = [
        ("Seat", manifest.get("role", "both")),
        ("Base", f"{manifest['base']} ({manifest['source']})"),
        ("Licence of the weights", manifest["licence"]),
        ("Parameters", f"{manifest['parameters']:,}"),
        ("Weights", f"{manifest['quantization']}, {_megabytes(manifest)} MB"),
        ("Prompt version", f"`{manifest['promptVersion']}`; it does not load under another"),
        ("SHA-256 of weights and tokenizer", f"`{manifest['hash']}`"),
    ]
    data = [(d["name"], d["use"], d["by"], d["licence"]) for d in spec["data"]]
    parts = [
        f"# {manifest['title']}\n\n{spec['summary']}",
        table(("", ""), about),
        f"## Use\n\n{spec['use']}\n\n{spec['notFor']}",
        "## Data\n\n" + table(("data", "used for", "by", "licence"), data) + f"\n\n{spec['dataNote']}",
        "## Training\n\n" + training_table(runs),
    ]
    if "trainedUnder" in spec:
        parts[-1] += f"\n\n{spec['trainedUnder']['note']}"
    for evaluation in evaluations:
        parts.append(f"## Measured on people: {evaluation['split']}\n\n{evaluation_table(evaluation)}")
    if bars:
        parts.append("## Measured in dialogues\n\n" + bars_table(bars))
    parts.append("## Known failures\n\n" + failures(dialogues, spec["id"], manifest.get("role", "both")))
    parts.append("## Limits\n\n" + "\n".join(f"- {limit}" for limit in spec["limits"]))
    return "\n\n".join(parts) + "\n"


def _megabytes(manifest: dict) -> str:
    return f"{sum(file['bytes'] for file in manifest['files']) / 1e6:.1f}"


def write_card(models: Path, spec: dict, text: str) -> Path:
    """Put the card into the model's folder and link it from manifest and index."""
    folder = models / spec["id"]
    path = folder / CARD
    path.write_text(text, encoding="utf-8")
    manifest = {**_read(folder / "manifest.json"), "card": CARD}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    write_index(models)
    return path


def main(argv: list[str] | None = None) -> None:
    """Parse the command line and write the card."""
    parser = argparse.ArgumentParser(prog="recipe.model_card", description=__doc__)
    parser.add_argument("--spec", type=Path, required=True, help="what people say about it: cards/ID.json")
    parser.add_argument(
        "--run",
        type=Path,
        nargs="+",
        required=True,
        help="card.json of the run, or of several that each went on from the last; or what --keep-runs wrote",
    )
    parser.add_argument("--keep-runs", type=Path, help="keep the runs' cards here, for a model that goes on")
    parser.add_argument("--evaluation", type=Path, nargs="+", required=True, help="of training.evaluate")
    parser.add_argument("--bars", type=Path, nargs="*", default=[], help="bar-N.json files")
    parser.add_argument("--dialogues", type=Path, help="simulated dialogues with the model, JSONL")
    parser.add_argument("--models", type=Path, default=MODELS, help="folder of the models")
    args = parser.parse_args(argv)
    spec = _read(args.spec)
    lines = args.dialogues.read_text(encoding="utf-8").splitlines() if args.dialogues else []
    runs = [card for path in args.run for card in _cards(_read(path))]
    text = render(
        spec,
        _read(args.models / spec["id"] / "manifest.json"),
        runs,
        [_read(path) for path in args.evaluation],
        [_read(path) for path in args.bars],
        [json.loads(line) for line in lines if line.strip()],
    )
    print(write_card(args.models, spec, text))
    if args.keep_runs is not None:
        kept = [{name: value for name, value in run.items() if name != "training"} for run in runs]
        args.keep_runs.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
