"""The comparison of simulated with human training dialogues, on made-up ones and a tiny random model."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from training.examples import Example, Piece, read_examples
from training.simulated_versus_human import draw_examples, main, write_examples

from .made_up import made_up_example, write_tiny_base


def gibberish(number: int) -> Example:
    """An example of which nothing can be learned about the others."""
    like = made_up_example(number)
    pieces = tuple(
        Piece(p.text if not p.own else f"[chat]\n{'zq' * 30}<|im_end|>", p.own) for p in like.pieces
    )
    return replace(like, id=f"simulated-{number}", pieces=pieces)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("versus")
    human = [made_up_example(n) for n in range(8)]
    made_up = [replace(made_up_example(n), id=f"{n}-counter-0-user") for n in range(3)]
    write_examples(folder / "human" / "train.user.jsonl", human + made_up)
    write_examples(folder / "human" / "validation.user.jsonl", [made_up_example(n) for n in range(20, 24)])
    write_examples(folder / "run" / "train.user.jsonl", [gibberish(n) for n in range(8)])
    write_tiny_base(folder / "base", "llama")
    return folder


def command(inputs: Path, out: Path, *more: str) -> list[str]:
    words = ["--role", "user", "--human", inputs / "human", "--simulated", inputs / "run"]
    words += ["--base", inputs / "base", "--out", out, "--sizes", "2,8", "--layers", "1", "--epochs", "4"]
    words += ["--rate", "0.02", "--step-examples", "2", *more]
    return [str(word) for word in words]


def test_it_tells_dialogues_that_teach_from_those_that_do_not(inputs, tmp_path, capsys):
    out = tmp_path / "out"
    main(command(inputs, out))
    report = json.loads((out / "results.json").read_text())
    assert [point["size"] for point in report["sizes"]] == [2, 8]
    most = report["sizes"][1]
    assert most["human"]["value"] < report["base"]["value"]
    low, _ = most["simulatedLessHuman"]["interval"]
    assert low > 0
    assert most["human"]["n"] == report["measuredOn"]["tokens"]
    assert "/" not in report["command"]
    svg = ElementTree.fromstring((out / "curve.svg").read_text())
    assert len(svg.findall("{*}circle")) == 4
    printed = capsys.readouterr().out
    assert printed.strip().endswith((out / "curve.md").read_text().strip())
    assert not list(out.glob("*/checkpoint.pt"))


def test_the_same_command_again_trains_nothing_and_another_is_refused(inputs, tmp_path, monkeypatch):
    out = tmp_path / "out"
    main(command(inputs, out, "--draws", "1"))
    first = json.loads((out / "results.json").read_text())
    monkeypatch.setattr("training.simulated_versus_human.Run", None)
    main(command(inputs, out, "--draws", "1"))
    again = json.loads((out / "results.json").read_text())
    assert {**again, "seconds": 0} == {**first, "seconds": 0}
    with pytest.raises(SystemExit, match="other inputs"):
        main(command(inputs, out, "--longest", "512"))


def test_draws_are_nested_and_made_up_dialogues_are_not_human(inputs):
    examples = read_examples(inputs / "run" / "train.user.jsonl")
    assert draw_examples(examples, 8, 1)[:3] == draw_examples(examples, 3, 1)
    assert draw_examples(examples, 8, 1) != draw_examples(examples, 8, 2)
    with pytest.raises(SystemExit, match="there are 8"):
        draw_examples(examples, 9, 1)


def test_too_many_are_asked_for_of_people(inputs, tmp_path):
    with pytest.raises(SystemExit, match="there are 8"):
        main(command(inputs, tmp_path / "out", "--sizes", "9"))


def test_what_is_measured_on_may_not_be_learned(inputs, tmp_path):
    shared = tmp_path / "run"
    write_examples(shared / "train.user.jsonl", [made_up_example(20)])
    words = command(inputs, tmp_path / "out")
    words[words.index(str(inputs / "run"))] = str(shared)
    with pytest.raises(SystemExit, match="both learned and measured"):
        main(words)
