"""
Measure a fine-tuned model on dialogues that people held: loss, action lines, acts, and what four bits cost.

One JSON file, which the model card quotes. Everything is forward only: about 1,000 tokens a second and core.
"""

import argparse
import json
import platform
import random
import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from .action_lines import write_action_lines
from .acts import Acts, Bigram, People, agreements, conversation, is_human, speaker, written_turns
from .base import base_folder, load_tokenizer
from .examples import ROLES, Example, data_hash, one_of, read_examples
from .intervals import bootstrap_mean
from .program import Raw, Read, read_turns
from .scoring import Kind, Marked, mark, own_nats
from .variants import load_for_reading, quantise_as_shipped

VARIANTS = ("base", "tuned", "shipped")
"""The base as it is, the tuned weights in f32, and the tuned weights in the four bits that ship."""
SPEAKERS = ("user", "recommender")


@dataclass(frozen=True)
class Context:
    """A place where the model is to write a turn that a person wrote, too."""

    dialogue: int
    """Place among the sampled dialogues."""
    start: int
    """Tokens before the turn."""
    turn: int
    """Which of the turns in the model's seat it is."""


def sample(examples: list[Example], count: int, seed: int) -> list[Example]:
    """Draw human dialogues, the same ones for the same seed whatever the model."""
    human = sorted((example for example in examples if is_human(example)), key=lambda e: e.id)
    random.Random(seed).shuffle(human)
    return human[:count]


def contexts_of(examples: list[Example], marked: list[Marked], most: int) -> list[Context]:
    """All own turns of the first dialogues, at most `most`."""
    found = []
    for dialogue, (example, marks) in enumerate(zip(examples, marked, strict=True)):
        own = [i for i, piece in enumerate(example.pieces) if piece.own]
        for piece, start in zip(own, marks.starts, strict=False):
            before = "".join(p.text for p in example.pieces[:piece])
            found.append(Context(dialogue, start, before.count("<|im_start|>assistant\n") - 1))
    return found[:most]


def so_far(example: Example, turn: int) -> str:
    """The dialogue before a turn, without the system message: what feedback may be about."""
    parts = example.text.split("<|im_start|>assistant\n")
    return "".join(parts[: turn + 1]).partition("<|im_end|>")[2]


class Evaluation:
    """One model on one sample of dialogues."""

    def __init__(self, args: argparse.Namespace):
        self.args = args
        self.device = torch.device(args.device)
        self.dtype = getattr(torch, args.dtype)
        self.base = base_folder(args.base, args.checkpoint.parent / "base")
        self.tokenizer: Tokenizer = load_tokenizer(args.checkpoint)
        self.file = args.data / f"{args.split}.{args.role}.jsonl"
        every = read_examples(self.file)
        self.prompt_version = one_of((example.prompt_version for example in every), "promptVersion")
        self.of = sum(is_human(example) for example in every)
        self.examples = sample(every, args.dialogues, args.seed)
        self.marked = [mark(example, self.tokenizer, args.longest) for example in self.examples]
        self.contexts = contexts_of(self.examples, self.marked, args.contexts)
        self.nats: dict[str, list[np.ndarray]] = {}
        self.lines: dict[str, list[str]] = {}

    def variant(self, name: str, model: PreTrainedModel, write: bool) -> None:
        """Score one variant, and let it write action lines."""
        self.nats[name] = [own_nats(model, marks, self.device) for marks in self.marked]
        if write:
            self.lines[name] = self._write(model)

    def _write(self, model: PreTrainedModel) -> list[str]:
        lines: list[str] = []
        for dialogue in sorted({context.dialogue for context in self.contexts}):
            starts = [context.start for context in self.contexts if context.dialogue == dialogue]
            ids = list(self.marked[dialogue].tokens.ids)
            lines += write_action_lines(model, self.tokenizer, ids, starts, self.device)
        return lines

    def run(self, say: Callable[[str], None]) -> None:
        """Go through the variants, one model in memory at a time."""
        base = load_for_reading(self.base, self.device, self.dtype)
        self.variant("base", base, write=True)
        del base
        say("base: done")
        model = load_for_reading(self.args.checkpoint, self.device, self.dtype)
        self.variant("tuned", model, write=False)
        say("tuned: done")
        quantise_as_shipped(model)
        self.variant("shipped", model, write=True)
        say("shipped: done")

    def losses(self) -> dict[str, object]:
        """Nats per token of each kind: the three variants, and each tuned one less the base."""
        kinds = {
            "utterance": (Kind.UTTERANCE,),
            "actionLine": (Kind.ACTION_LINE,),
            "own": (Kind.UTTERANCE, Kind.ACTION_LINE),
        }
        return {name: self._loss(wanted) for name, wanted in kinds.items()}

    def _sums(self, name: str, wanted: tuple[Kind, ...]) -> tuple[np.ndarray, np.ndarray]:
        masks = [np.isin(marks.kinds[marks.kinds > 0], wanted) for marks in self.marked]
        sums = [float(nats[mask].sum()) for nats, mask in zip(self.nats[name], masks, strict=True)]
        return np.array(sums), np.array([int(mask.sum()) for mask in masks])

    def _loss(self, wanted: tuple[Kind, ...]) -> dict[str, object]:
        sums = {name: self._sums(name, wanted) for name in VARIANTS}
        seed = self.args.seed
        return {
            **{name: bootstrap_mean(*sums[name], seed).as_dict() for name in VARIANTS},
            **{
                f"{name}LessBase": bootstrap_mean(
                    sums[name][0] - sums["base"][0], sums[name][1], seed
                ).as_dict()
                for name in VARIANTS[1:]
            },
        }

    def four_bits(self) -> dict[str, object]:
        """How much the perplexity of own tokens grows by rounding the weights, as a share."""
        own = (Kind.UTTERANCE, Kind.ACTION_LINE)
        (shipped, counts), (tuned, _) = self._sums("shipped", own), self._sums("tuned", own)
        found = bootstrap_mean(shipped - tuned, counts, self.args.seed)
        low, value, high = (float(np.expm1(x)) for x in (found.low, found.value, found.high))
        return {
            "value": round(value, 4),
            "interval": [round(low, 4), round(high, 4)],
            "n": found.n,
            "dialogues": found.dialogues,
        }

    def _speaker(self, context: Context) -> str:
        return speaker(self.examples[context.dialogue], context.turn)

    def actions(self) -> dict[str, object]:
        """Valid action lines without a grammar, and agreement of their acts with people's."""
        found: dict[str, list[Read]] = {}
        for name, lines in self.lines.items():
            raws = [
                Raw(self._speaker(c), line, so_far(self.examples[c.dialogue], c.turn))
                for c, line in zip(self.contexts, lines, strict=True)
            ]
            found[name] = read_turns(raws, self.args.catalogue)
        people, truth = self._people(), self._truth()
        predicted: dict[str, list[Acts]] = {n: [r.types for r in read] for n, read in found.items()}
        bigrams = {
            role: Bigram(people["train"].pairs(role)) for role in {self._speaker(c) for c in self.contexts}
        }
        predicted["majority"] = [bigrams[self._speaker(c)].majority for c in self.contexts]
        predicted["bigram"] = [
            bigrams[self._speaker(c)].predict(
                people[self.args.split].before(
                    conversation(self.examples[c.dialogue]), self._speaker(c), self._own_index(c)
                )
            )
            for c in self.contexts
        ]
        scores = {name: agreements(truth, acts) for name, acts in predicted.items()}
        return {
            "sampling": "the likeliest token, no grammar",
            "valid": {n: self._share([float(r.valid) for r in read]) for n, read in found.items()},
            "wellFormed": {n: self._share([float(r.well_formed) for r in read]) for n, read in found.items()},
            "sameActs": {name: self._share(same) for name, (same, _) in scores.items()},
            "overlap": {name: self._share(part) for name, (_, part) in scores.items()},
            "sameActsLessBigram": self._share(scores["shipped"][0] - scores["bigram"][0]),
            "overlapLessBigram": self._share(scores["shipped"][1] - scores["bigram"][1]),
        }

    def _own_index(self, context: Context) -> int:
        counterpart = self.examples[context.dialogue].role == "counterpart"
        return context.turn // 2 if counterpart else context.turn

    def _share(self, values: list[float] | np.ndarray) -> dict[str, object]:
        dialogues = np.array([context.dialogue for context in self.contexts])
        sums = np.bincount(dialogues, weights=np.asarray(values, dtype=float))
        return bootstrap_mean(sums, np.bincount(dialogues), self.args.seed).as_dict()

    def _truth(self) -> list[Acts]:
        turns = [written_turns(self.examples[c.dialogue])[c.turn] for c in self.contexts]
        raws = [Raw(self._speaker(c), text) for c, text in zip(self.contexts, turns, strict=True)]
        return [read.types for read in read_turns(raws, self.args.catalogue)]

    def _people(self) -> dict[str, People]:
        """The acts of all human dialogues, by split: the training ones teach the baselines."""
        places, raws = [], []
        for split in dict.fromkeys(("train", self.args.split)):
            for role in SPEAKERS:
                path = (self.args.train or self.args.data) if split == "train" else self.args.data
                for example in filter(is_human, read_examples(path / f"{split}.{role}.jsonl")):
                    for text in written_turns(example):
                        places.append((split, conversation(example), role))
                        raws.append(Raw(role, text))
        result: dict[str, dict[str, dict[str, list[Acts]]]] = {"train": {}, self.args.split: {}}
        for (split, name, role), read in zip(places, read_turns(raws, self.args.catalogue), strict=True):
            result[split].setdefault(name, {}).setdefault(role, []).append(read.types)
        return {split: People(acts) for split, acts in result.items()}


def last_fifth(card: dict) -> dict[str, object]:
    """How much validation loss fell over the last fifth of training, as a share of what it was."""
    curve = card["validation"]
    if card["step"] < card["steps"] or not curve:
        raise SystemExit("the run is not complete: its curve has no last fifth yet")
    # The last validation at or before four fifths.
    at = max((entry for entry in curve if entry["step"] <= 0.8 * card["steps"]), key=lambda e: e["step"])
    end = curve[-1]
    return {
        "from": {"step": at["step"], "loss": round(at["loss"], 4)},
        "to": {"step": end["step"], "loss": round(end["loss"], 4)},
        "fall": round(1 - end["loss"] / at["loss"], 4),
        "n": card["examples"]["validation"],
        "steps": card["steps"],
    }


def evaluate(args: argparse.Namespace) -> dict[str, object]:
    """Measure, and say how."""
    started = time.monotonic()
    torch.set_num_threads(args.threads)
    evaluation = Evaluation(args)
    evaluation.run(lambda text: print(text, file=sys.stderr, flush=True))
    report: dict[str, object] = {
        "role": args.role,
        "promptVersion": evaluation.prompt_version,
        "checkpointHash": data_hash(*sorted(args.checkpoint.glob("*.safetensors"))),
        "split": args.split,
        "dataHash": data_hash(evaluation.file),
        "dialogues": {"sampled": len(evaluation.examples), "of": evaluation.of},
        "contexts": len(evaluation.contexts),
        "seed": args.seed,
        "intervals": "95 %, bootstrap over dialogues",
        "loss": evaluation.losses(),
        "fourBits": evaluation.four_bits(),
        "actions": evaluation.actions(),
    }
    if args.card is not None:
        report["lastFifth"] = last_fifth(json.loads(args.card.read_text(encoding="utf-8")))
    return {
        **report,
        "command": shlex.join(["python", "-m", "training.evaluate", *_public(args.command)]),
        "machine": f"{platform.machine()}, {args.threads} threads, {args.dtype}, torch {torch.__version__}",
        "seconds": round(time.monotonic() - started),
    }


def _public(command: list[str]) -> list[str]:
    """The command line without the machine's folders: a report is read elsewhere."""
    return [Path(word).name if "/" in word else word for word in command]


def main(argv: list[str] | None = None) -> None:
    """Parse the command line, measure, write the report."""
    parser = argparse.ArgumentParser(prog="training.evaluate", description=__doc__)
    parser.add_argument("--role", choices=ROLES, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder that `train export` wrote")
    parser.add_argument("--base", required=True, help="as for training")
    parser.add_argument("--data", type=Path, required=True, help="folder that the preparation wrote")
    parser.add_argument("--split", choices=("validation", "test"), default="validation")
    parser.add_argument(
        "--train", type=Path, help="folder of the training examples (default: that of --data)"
    )
    parser.add_argument("--catalogue", type=Path, required=True, help="catalogue.json of the domain")
    parser.add_argument("--card", type=Path, help="card.json of the run: adds how its loss ended")
    parser.add_argument("--dialogues", type=int, default=60, help="how many to draw (default: 60)")
    parser.add_argument("--contexts", type=int, default=200, help="most turns to write (default: 200)")
    parser.add_argument("--longest", type=int, default=1280, help="most tokens of a dialogue")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="JSON to write")
    args = parser.parse_args(argv)
    args.command = sys.argv[1:] if argv is None else argv
    text = json.dumps(evaluate(args), indent=1)
    args.out.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
