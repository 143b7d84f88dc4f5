import json
import re
from pathlib import Path

import pytest

from recipe.card_failures import failures
from recipe.card_tables import bars_table, table
from recipe.model_card import main, render

CARDS = Path(__file__).resolve().parents[1] / "cards"
SPECS = sorted(CARDS.glob("*.json"))


def estimate(value: float, n: int = 900) -> dict:
    return {"value": value, "interval": [value - 0.011, value + 0.013], "n": n, "dialogues": 41}


def loss(base: float, tuned: float, shipped: float) -> dict:
    return {
        "base": estimate(base),
        "tuned": estimate(tuned),
        "shipped": estimate(shipped),
        "tunedLessBase": estimate(tuned - base),
        "shippedLessBase": estimate(shipped - base),
    }


def evaluation(split: str = "validation") -> dict:
    acts = {"base": 0.101, "shipped": 0.512, "majority": 0.303, "bigram": 0.404}
    return {
        "role": "user",
        "promptVersion": "0123456789ab",
        "split": split,
        "dialogues": {"sampled": 41, "of": 261},
        "seed": 5,
        "intervals": "95 %, bootstrap over dialogues",
        "loss": {
            "utterance": loss(3.912, 2.718, 2.777),
            "actionLine": loss(3, 0.5, 0.6),
            "own": loss(3, 2, 2.1),
        },
        "fourBits": estimate(0.0234),
        "actions": {
            "sampling": "the likeliest token, no grammar",
            "valid": {"base": estimate(0.05, 200), "shipped": estimate(0.985, 200)},
            "wellFormed": {"base": estimate(0.06, 200), "shipped": estimate(0.995, 200)},
            "sameActs": {name: estimate(value, 200) for name, value in acts.items()},
            "overlap": {name: estimate(value + 0.1, 200) for name, value in acts.items()},
            "sameActsLessBigram": estimate(0.108, 200),
            "overlapLessBigram": estimate(0.108, 200),
        },
        "lastFifth": {
            "from": {"step": 80, "loss": 2.02},
            "to": {"step": 100, "loss": 2.0},
            "fall": 0.0099,
            "n": 60,
            "steps": 100,
        },
        "command": "python -m training.evaluate --role user --seed 5",
    }


def run() -> dict:
    return {
        "settings": {
            "role": "user", "base": "/somewhere/base", "layers": 20, "quantised_share": 0.4, "epochs": 0.33,
            "step_examples": 8, "rate": 3e-4, "weight_decay": 0.01, "clip": 1.0, "longest": 896, "seed": 1,
        },
        "examples": {"train": 5177, "validation": 60},
        "tokensPerEpoch": {"all": 3_456_789, "own": 765_432},
        "all_tokens": 1_111_111, "own_tokens": 222_222, "step": 100, "steps": 100,
        "trainedWeights": 70_813_440, "hours": 1.2345, "device": "x86_64", "versions": {"torch": "2.13.0"},
        "validation": [{"step": i * 10, "loss": 4 - i * 0.2} for i in range(11)],
        "dataHash": "d" * 64, "baseHash": "b" * 64, "promptVersion": "0123456789ab",
    }  # fmt: skip


def manifest(model: str) -> dict:
    return {
        "id": model, "title": "A model", "base": "B", "source": "somewhere", "licence": "Apache-2.0",
        "role": "user", "parameters": 134_515_008, "quantization": "Q4_0", "promptVersion": "0123456789ab",
        "hash": "a" * 64,
        "files": [{"path": "x.bin", "bytes": 89_500_000, "sha256": "0" * 64}],
    }  # fmt: skip


def dialogue(raw: str, *kinds: str, model: str = "interplay-user-135m", status: str = "accepted") -> dict:
    seat = {"id": model}
    return {
        "id": "run-1-3",
        "runId": "run-1",
        "models": {"user": seat, "recommender": {"id": "ranker"}},
        "outcome": {"status": status},
        "turns": [
            {"role": "recommender", "text": "It (2017)?", "raw": "-", "violations": [{"kind": "unparsed"}]},
            {"role": "user", "text": raw, "raw": raw, "violations": [{"kind": kind} for kind in kinds]},
        ],
    }  # fmt: skip


SPEC = json.loads((CARDS / "interplay-user-135m.json").read_text())
BAR = {
    "bar": 3, "title": "Decisions", "passed": False, "figures": {"AUC": 0.61}, "n": "75 rejections",
    "command": "npx tsx src/x.ts --redial /data/of/redial", "machine": "2 cores", "date": "2026-11-23",
}  # fmt: skip


def test_every_figure_comes_from_what_was_measured():
    text = render(SPEC, manifest(SPEC["id"]), [run()], [evaluation(), evaluation("test")], [BAR], [])
    for figure in (
        "3.912 [3.901, 3.925]", "2.718", "2.777", "-1.135 [-1.146, -1.122]", "900 tokens of 41 dialogues",
        "98.5 % [97.4, 99.8]", "+2.3 %", "30.3 %", "40.4 %", "+10.8 %", "fell by 0.99%",
        "41 of 261 dialogues",
        "3,456,789", "222,222 (0.33 epochs)", "70,813,440", "uppermost 20 layers", "last 40% of the steps",
        "1.23 (x86_64, torch 2.13.0)", "0: 4.000; 20: 3.600; 50: 3.000; 80: 2.400; 100: 2.000", "AUC 0.61",
        "75 rejections", "not passed", "89.5 MB", "python -m training.evaluate --role user --seed 5",
    ):  # fmt: skip
        assert figure in text, figure
    assert "/somewhere" not in text
    assert text.index("people: validation") < text.index("people: test")


def test_the_parts_must_be_of_one_model():
    card = manifest(SPEC["id"])
    for parts in (
        (SPEC, manifest("other"), [run()], [evaluation()]),
        (SPEC, card, [run()], [{**evaluation(), "role": "recommender"}]),
        (SPEC, card, [run()], [{**evaluation(), "promptVersion": "x"}]),
        (SPEC, {**card, "promptVersion": None}, [run()], [evaluation()]),
        (SPEC, card, [{**run(), "promptVersion": "x"}, run()], [evaluation()]),
        (SPEC, card, [], [evaluation()]),
    ):
        with pytest.raises(ValueError):
            render(*parts, [], [])


def test_stretches_stand_side_by_side_and_name_the_versions_they_were_trained_under():
    spec = {**SPEC, "trainedUnder": {"versions": ["older"], "note": "The older one differed in its grammar."}}
    later = {**run(), "step": 66, "steps": 66}
    runs = [{**run(), "promptVersion": "older"}, later]
    text = render(spec, manifest(SPEC["id"]), runs, [evaluation()], [], [])
    assert "|  | stretch 1 | stretch 2 |" in text
    assert "| Steps | 100 of 100, 8 dialogues each | 66 of 66, 8 dialogues each |" in text
    assert re.search(r"\| Base \| base, `b{12}` \| the weights of the column before \|", text)
    assert "differed in its grammar" in text


def test_failures_are_counted_and_shown_of_the_own_seat_only():
    dialogues = [
        dialogue("[accept: No Film]\nYes", "unknown-item", "missing-item"),
        dialogue("[chat]\n```\n# Heading", "stray-title"),
        dialogue("[chat]\nFine", status="loop"),
        dialogue("[bye]\nAnother film", "stray-title"),
    ]
    text = failures(dialogues, "interplay-user-135m", "user")
    assert "4 simulated dialogues, runs `run-1`" in text
    assert "2 of 4 turns, 50.0%" in text
    assert "1 of 4 turns, 25.0%" in text
    assert "1 of 4 dialogues, 25.0%" in text
    assert "no action line" not in text
    # Indented, so that nothing in a model's words is read as Markdown.
    assert "    # Heading" in text and not re.search(r"^(#|```)", text, re.M)
    assert "Another film" not in text
    with pytest.raises(ValueError, match="not of interplay-user-135m"):
        failures([dialogue("x", model="somebody")], "interplay-user-135m", "user")
    assert "not measured" in failures([], "interplay-user-135m", "user")


def test_cells_cannot_break_a_table():
    assert table(("a", "b"), [("x|y", "1\n2")]) == "| a | b |\n|---|---|\n| x\\|y | 1 2 |"
    assert "3. Decisions" in bars_table([BAR])
    assert "`npx tsx src/x.ts --redial redial`" in bars_table([BAR])


def test_the_card_lies_beside_the_manifest_and_is_linked(tmp_path):
    folder = tmp_path / "models" / SPEC["id"]
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(manifest(SPEC["id"])))
    for name, value in (("run", run()), ("evaluation", evaluation()), ("bar", BAR)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    (tmp_path / "dialogues.jsonl").write_text(json.dumps(dialogue("[chat]\nFine")) + "\n")
    words = ["--spec", CARDS / "interplay-user-135m.json", "--run", tmp_path / "run.json"]
    words += ["--evaluation", tmp_path / "evaluation.json", "--bars", tmp_path / "bar.json"]
    words += ["--dialogues", tmp_path / "dialogues.jsonl", "--models", tmp_path / "models"]
    main([str(word) for word in words])
    assert (folder / "README.md").read_text().startswith("# A model\n")
    assert json.loads((folder / "manifest.json").read_text())["card"] == "README.md"
    index = json.loads((tmp_path / "models" / "index.json").read_text())
    assert index["models"][0]["card"] == f"{SPEC['id']}/README.md"


def test_kept_runs_are_the_earlier_columns_of_a_model_that_goes_on(tmp_path):
    folder = tmp_path / "models" / SPEC["id"]
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(manifest(SPEC["id"])))
    kept = tmp_path / "kept.json"
    for name, value in (("first", run()), ("later", {**run(), "step": 66}), ("evaluation", evaluation())):
        (tmp_path / f"{name}.json").write_text(json.dumps(value))

    def card(*runs):
        words = ["--spec", CARDS / "interplay-user-135m.json", "--run", *runs, "--keep-runs", kept]
        words += ["--evaluation", tmp_path / "evaluation.json", "--models", tmp_path / "models"]
        main([str(word) for word in words])
        return (folder / "README.md").read_text()

    card(tmp_path / "first.json")
    assert "| Steps | 100 of 100, 8 dialogues each | 66 of 100, 8 dialogues each |" in card(
        kept, tmp_path / "later.json"
    )
    found = json.loads(kept.read_text())
    assert [entry["step"] for entry in found] == [100, 66]
    assert all("training" not in entry for entry in found)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_what_people_wrote_holds_no_measured_figure(path):
    spec = json.loads(path.read_text())
    assert spec["id"] == path.stem
    said = json.dumps({key: spec[key] for key in ("summary", "use", "notFor", "limits", "dataNote")})
    assert not re.search(r"\d+(\.\d+)? ?%|\d\.\d", said)
    assert all(set(entry) == {"name", "use", "by", "licence"} for entry in spec["data"])
