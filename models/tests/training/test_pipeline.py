"""From dialogues in the data set's format to a trained model, on made-up dialogues and a tiny model."""

import csv
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from training.base import load_tokenizer
from training.examples import read_examples, tokenize
from training.processes import Processes
from training.run import Run
from training.settings import Settings
from training.tagger import ACTIONS, read_rows, tag

from .made_up import write_tiny_base
from .made_up_dialogues import LABELS, catalogue, dialogues

ROOT = Path(__file__).parents[3]
BASE_TOKENIZER = min((ROOT / "static/models").glob("*/resolve/main/tokenizer.json"))
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def node(script: str, *args: str | Path) -> None:
    tsx = ROOT / "node_modules/.bin/tsx"
    if not tsx.exists():
        pytest.fail("the preparation runs under Node: run `npm ci` in the project's folder first")
    command = [str(tsx), str(ROOT / "src/cli" / script), *map(str, args)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    source = dialogues(60)
    (folder / "source.jsonl").write_text("".join(json.dumps(d) + "\n" for d in source))
    (folder / "catalogue.json").write_text(json.dumps(catalogue()))
    node("prepare-turns.ts", "--redial", folder / "source.jsonl", "--out", folder / "turns.jsonl")
    rows = read_rows(folder / "turns.jsonl")
    for role, labels in LABELS.items():
        with (folder / f"{role}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["conversation", "message", "actions"])
            # A third of the turns is labelled by hand; the tagger does the others.
            of_role = [row for row in rows if row.role == role and int(row.conversation) % 3 == 0]
            writer.writerows((row.conversation, row.message, labels[row.message]) for row in of_role)
    tagged, report = tag(rows, folder, folds=3)
    assert all(report[role]["exact"] > 0.9 for role in ACTIONS)
    lines = [f"{row.conversation},{row.message},{row.role},{' '.join(actions)}\n" for row, actions in tagged]
    (folder / "labels.csv").write_text("conversation,message,role,actions\n" + "".join(lines))
    node(
        "prepare-dialogues.ts",
        *("--redial", folder / "source.jsonl", "--catalogue", folder / "catalogue.json"),
        *("--labels", folder / "labels.csv", "--out", folder / "data"),
    )
    return folder / "data"


def test_shown_seekers_are_never_prepared(prepared):
    report = json.loads((prepared / "report.json").read_text())
    assert report["dialogues"]["shown"] > 0
    kept = report["dialogues"]["train"] + report["dialogues"]["validation"]
    examples = [read_examples(path) for path in sorted(prepared.glob("*.recommender.jsonl"))]
    assert sum(len(part) for part in examples) == kept


def test_masks_hold_the_turns_of_one_role(prepared):
    for role in ("user", "recommender"):
        for example in read_examples(prepared / f"train.{role}.jsonl"):
            turns = re.findall(r"<\|im_start\|>assistant\n(.*?<\|im_end\|>)", example.text, re.S)
            own = [piece.text for piece in example.pieces if piece.own]
            assert own == turns, example.id
            assert all(re.match(r"\[[a-z]+", text) for text in own)
            assert example.text.endswith("<|im_end|>")


def test_the_counterpart_writes_both_sides_and_is_handed_what_is_taken(prepared):
    examples = read_examples(prepared / "train.counterpart.jsonl")
    for example in examples:
        turns = re.findall(
            r"<\|im_start\|>user\n(?:- .*\n)*(Customer|Recommender):<\|im_end\|>\n"
            r"<\|im_start\|>assistant\n(.*?<\|im_end\|>)",
            example.text,
            re.S,
        )
        speakers = [speaker for speaker, _ in turns]
        assert speakers == [("Customer", "Recommender")[i % 2] for i in range(len(turns))], example.id
        own = "".join(piece.text for piece in example.pieces if piece.own)
        if "counter" in example.id.removesuffix("-counterpart"):
            # Made up by rules: only what the person says is learned.
            assert own == "".join(text for speaker, text in turns if speaker == "Customer")
        else:
            assert {speaker for speaker, text in turns if text in own} == {"Customer", "Recommender"}
        system, talk = example.text.split("<|im_end|>", 1)
        taken = re.findall(r"\[accept: ([^\]|]+)", talk)
        assert taken and all(f"\n- {title}" in system for title in taken), example.id
    versions = {
        role: {e.prompt_version for e in read_examples(prepared / f"train.{role}.jsonl")}
        for role in ("user", "recommender", "counterpart")
    }
    assert versions["user"] == versions["recommender"]
    assert versions["counterpart"].isdisjoint(versions["user"])


@pytest.mark.parametrize("role", ["user", "recommender", "counterpart"])
def test_both_sides_see_the_same_tokens(prepared, role):
    """The preparation's text in pieces, whole, and as transformers' own template renders it: equal ids."""
    tokenizer = Tokenizer.from_file(str(BASE_TOKENIZER))
    template = PreTrainedTokenizerFast(tokenizer_object=tokenizer, chat_template=CHATML)
    for example in read_examples(prepared / f"train.{role}.jsonl")[:40]:
        ids = list(tokenize(example, tokenizer, 10_000).ids)
        assert ids == tokenizer.encode(example.text, add_special_tokens=False).ids
        messages = [
            {"role": speaker, "content": content}
            for speaker, content in re.findall(r"<\|im_start\|>(\w+)\n(.*?)<\|im_end\|>", example.text, re.S)
        ]
        rendered = template.apply_chat_template(messages, return_dict=False)
        # The example ends with the token that ends its last turn; the template adds a line break.
        assert ids == rendered[: len(ids)]
        assert len(rendered) == len(ids) + 1
        prompt = template.apply_chat_template(messages[:-1], add_generation_prompt=True, return_dict=False)
        assert ids[: len(prompt)] == prompt


@pytest.mark.parametrize("role", ["user", "counterpart"])
def test_a_tiny_model_learns_from_it(prepared, tmp_path, role):
    base = write_tiny_base(tmp_path / "base", "llama")
    settings = Settings(data=str(prepared), role=role, base=str(base), longest=4000, step_examples=4)
    run = Run(replace(settings, rate=5e-3, warm_up=1, epochs=1), tmp_path / "run", Processes("cpu"))
    run.go_on(until=3)
    losses = [entry["loss"] for entry in run.progress.training]
    assert losses[-1] < losses[0]
    assert load_tokenizer(base).get_vocab_size() == 320
    card = json.loads((tmp_path / "run" / "card.json").read_text())
    assert re.fullmatch(r"[0-9a-f]{12}", card["promptVersion"])
