"""The whole way in one command, on made-up dialogues and a toy model: from data to models with cards."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from transformers import LlamaForCausalLM

from training.examples import read_examples

from ..toy import toy_tokenizer
from .made_up import toy_config
from .made_up_dialogues import LABELS, catalogue, dialogues

ROOT = Path(__file__).parents[3]
MODELS = ROOT / "models"
pytest.importorskip("tvm", reason="weights are packed with the packages of ../../requirements.txt")


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    words = [str(word) for word in command]
    result = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result


def write_toy_base(folder: Path) -> Path:
    """A random model of the toy preset's shapes."""
    torch.manual_seed(3)
    LlamaForCausalLM(toy_config()).save_pretrained(folder)
    (folder / "tokenizer.json").write_text(toy_tokenizer(), encoding="utf-8")
    return folder


def write_inputs(folder: Path) -> None:
    everything = dialogues(70)
    for name, part in (("train", everything[:60]), ("test", everything[60:])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(d) + "\n" for d in part))
    (folder / "catalogue.json").write_text(json.dumps(catalogue()))
    (folder / "hand").mkdir()
    for role, labels in LABELS.items():
        with (folder / "hand" / f"{role}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["conversation", "message", "actions"])
            for n in range(0, 60, 3):
                writer.writerows((n, message, actions) for message, actions in labels.items())
    for role in ("user", "recommender"):
        spec = json.loads((MODELS / "cards" / f"interplay-{role}-135m.json").read_text())
        spec.update(id=f"toy-{role}", base="a random model")
        (folder / f"toy-{role}.json").write_text(json.dumps(spec))
    (folder / "models" / "lib").mkdir(parents=True)
    # Packing does not look into the library.
    (folder / "models" / "lib" / "toy.wasm").write_bytes(b"\0asm")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    write_inputs(folder)
    pipeline(folder)
    return folder


def pipeline(folder: Path) -> str:
    base = folder / "base"
    if not base.exists():
        write_toy_base(base)
    command = [sys.executable, "-m", "training.pipeline", "--out", folder / "out", "--base", base]
    command += ["--redial", folder / "train.jsonl", "--test", folder / "test.jsonl", "--counters", "1"]
    command += ["--catalogue", folder / "catalogue.json", "--hand", folder / "hand", "--folds", "3"]
    command += ["--specs", folder / "toy-user.json", folder / "toy-recommender.json"]
    command += ["--models", folder / "models", "--library", folder / "models/lib/toy.wasm", "--preset", "toy"]
    command += ["--dialogues", "3", "--contexts", "4", "--"]
    command += [
        "--epochs",
        "0.05",
        "--step-examples",
        "2",
        "--validation-examples",
        "2",
        "--validate-every",
        "1",
    ]
    return run(*command, cwd=MODELS).stdout


def test_every_step_leaves_what_the_next_one_reads(made):
    for role in ("user", "recommender"):
        folder = made / "models" / f"toy-{role}"
        manifest = json.loads((folder / "manifest.json").read_text())
        card = json.loads((made / "out" / "runs" / role / "card.json").read_text())
        assert (manifest["role"], manifest["card"]) == (role, "README.md")
        assert manifest["promptVersion"] == card["promptVersion"]
        assert all((folder / file["path"]).is_file() for file in manifest["files"])
        text = (folder / "README.md").read_text()
        for split in ("validation", "test"):
            report = json.loads((made / "out" / f"evaluation-{role}-{split}.json").read_text())
            assert report["split"] == split
            assert report["loss"]["utterance"]["shipped"]["n"] > 0
            assert report["command"] in text
            assert f"{report['loss']['utterance']['shipped']['value']:.3f}" in text
    index = json.loads((made / "models" / "index.json").read_text())
    assert [entry["card"] for entry in index["models"]] == [
        "toy-recommender/README.md",
        "toy-user/README.md",
    ]


def test_the_test_file_is_one_split_and_teaches_nothing(made):
    ids = {e.id.split("-")[0] for e in read_examples(made / "out/data-test/test.recommender.jsonl")}
    assert ids and ids <= {str(n) for n in range(60, 70)}
    assert not list((made / "out/data-test").glob("train.*"))
    report = json.loads((made / "out/data-test/report.json").read_text())
    assert report["dialogues"] == {"test": 10}
    assert not any("counter" in e.id for e in read_examples(made / "out/data-test/test.user.jsonl"))
    trained = {e.id.split("-")[0] for e in read_examples(made / "out/data/train.user.jsonl")}
    assert not trained & ids


def test_the_same_command_again_has_nothing_to_do(made):
    said = pipeline(made)
    assert "..." not in said
    assert said.count("done before") == 17


def test_a_simulated_run_can_be_trained_on(made, tmp_path):
    records = tmp_path / "run.jsonl"
    simulate = ["node", "src/cli/bootstrap.mjs", "simulate", "--domain", "boardgames", "--dialogues", "12"]
    run(*simulate, "--user", "honest", "--recommender", "content", "--out", records)
    export = [
        ROOT / "node_modules/.bin/tsx",
        "src/cli/export-sft.ts",
        "--dialogues",
        records,
        "--out",
        tmp_path,
    ]
    export += ["--catalogue", "static/domains/boardgames/catalogue.json", "--validation", "0.4"]
    run(*export)
    for role in ("user", "recommender"):
        start = [sys.executable, "-m", "training.train", "start", "--role", role, "--data", tmp_path]
        start += ["--base", made / "base", "--out", tmp_path / role, "--steps", "1", "--step-examples", "1"]
        start += ["--longest", "4000"]
        result = subprocess.run([str(word) for word in start], cwd=MODELS, capture_output=True, text=True)
        assert result.returncode in (0, 10), result.stderr
        assert json.loads((tmp_path / role / "card.json").read_text())["step"] == 1
