import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch

from training.base import load_model, save_model
from training.batches import collate
from training.checkpoint import load_checkpoint, save_checkpoint
from training.examples import tokenize_all
from training.loss import own_loss
from training.optimiser import cosine_rate
from training.settings import Settings

from .made_up import masters, run_of, tiny_settings

MODELS = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["llama", "qwen3"])
def settings(request, tmp_path_factory) -> Settings:
    return tiny_settings(tmp_path_factory.mktemp(request.param), request.param)


def test_loss_is_that_of_full_logits_on_the_labelled_positions(settings):
    run = run_of(settings, Path(settings.data) / "loss")
    batch = collate(run.train[:3], pad=0)
    expected = torch.nn.functional.cross_entropy(
        run.model(input_ids=batch.ids).logits.float().flatten(0, 1),
        batch.labels.flatten(),
        ignore_index=-100,
        reduction="sum",
    )
    assert own_loss(run.model, batch, torch.device("cpu")).item() == pytest.approx(expected.item(), rel=1e-3)


def test_padding_changes_nothing(settings):
    run = run_of(settings, Path(settings.data) / "padding")
    short, long = run.train[0], run.train[4]
    assert len(short.ids) < len(long.ids)
    alone = sum(own_loss(run.model, collate([e], 0), torch.device("cpu")).item() for e in (short, long))
    together = own_loss(run.model, collate([short, long], 0), torch.device("cpu")).item()
    assert together == pytest.approx(alone, rel=5e-3)


def test_training_learns_and_leaves_the_embeddings_alone(settings, tmp_path):
    run = run_of(settings, tmp_path / "run")
    embedding = run.model.get_input_embeddings().weight.clone()
    before = masters(run)
    assert run.go_on()
    assert torch.equal(run.model.get_input_embeddings().weight, embedding)
    after = masters(run)
    assert not any("embed" in name for name in after)
    assert all(not torch.equal(before[name], after[name]) for name in after)
    assert all(value.dtype == torch.float32 for value in after.values())
    losses = [entry["loss"] for entry in run.progress.validation]
    assert losses[-1] < losses[0] - 0.1

    card = json.loads((tmp_path / "run" / "card.json").read_text())
    assert card["settings"]["seed"] == 1
    assert card["promptVersion"] == "0123456789ab"
    assert len(card["dataHash"]) == 64
    assert card["step"] == card["steps"] == len(card["training"]) == 6
    assert card["own_tokens"] == 2 * card["tokensPerEpoch"]["own"]
    assert card["hours"] >= 0


def test_an_interrupted_run_ends_as_an_uninterrupted_one(settings, tmp_path):
    whole = run_of(settings, tmp_path / "whole")
    whole.go_on()
    first = run_of(settings, tmp_path / "parts")
    assert not first.go_on(until=2)
    second = run_of(settings, tmp_path / "parts")
    assert second.progress.step == 2
    assert second.go_on()
    for name, value in masters(whole).items():
        assert torch.equal(value, masters(second)[name]), name
    assert second.progress.training == whole.progress.training
    assert second.progress.validation == whole.progress.validation


def test_a_checkpoint_fits_its_own_run_only(settings, tmp_path):
    run = run_of(settings, tmp_path / "run")
    run.go_on(until=1)
    with pytest.raises(SystemExit, match="other settings"):
        run_of(replace(settings, seed=2), tmp_path / "run")
    state = load_checkpoint(tmp_path / "run")
    assert state is not None
    state["facts"]["dataHash"] = "0" * 64
    save_checkpoint(tmp_path / "run", state)
    with pytest.raises(SystemExit, match="dataHash"):
        run_of(settings, tmp_path / "run")
    assert not list((tmp_path / "run").glob("*.part"))


def test_exported_weights_are_the_trained_ones(settings, tmp_path):
    run = run_of(settings, tmp_path / "run")
    run.go_on(until=2)
    save_model(Path(settings.base), masters(run), tmp_path / "export")
    model = load_model(tmp_path / "export", torch.device("cpu"))
    batch = collate(run.train[:2], 0)
    loss = own_loss(model, batch, torch.device("cpu"))
    assert loss.item() == own_loss(run.model, batch, torch.device("cpu")).item()
    assert (tmp_path / "export" / "tokenizer.json").read_bytes() == (
        Path(settings.base) / "tokenizer.json"
    ).read_bytes()


def test_two_processes_take_the_steps_of_one(settings, tmp_path):
    one = run_of(replace(settings, epochs=1), tmp_path / "one")
    one.go_on()
    replace(settings, epochs=1).write(tmp_path / "two")
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--master-port=29613"]
    command += ["-m", "training.train", "resume", "--out", str(tmp_path / "two")]
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    result = subprocess.run(command, cwd=MODELS, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    state = load_checkpoint(tmp_path / "two")
    assert state is not None
    assert [e["loss"] for e in state["progress"]["training"]] == pytest.approx(
        [e["loss"] for e in one.progress.training], rel=2e-2
    )
    assert state["progress"]["own_tokens"] == one.progress.own_tokens


def test_rate_warms_up_and_falls_to_a_twentieth():
    rates = [cosine_rate(step, 100, 2.0, 10) for step in range(101)]
    assert rates[0] == pytest.approx(0.2)
    assert max(rates) == pytest.approx(2.0)
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[100] == pytest.approx(0.1)


def test_settings_survive_their_file(settings, tmp_path):
    settings.write(tmp_path)
    assert asdict(Settings.read(tmp_path)) == asdict(settings)
    with pytest.raises(SystemExit, match="holds no run"):
        Settings.read(tmp_path / "nowhere")


def test_tokenize_all_matches_what_the_run_trains_on(settings):
    run = run_of(settings, Path(settings.data) / "tokens")
    assert len(run.train) == 12
    assert len(run.validation) == 3
    assert tokenize_all([], None, 10) == []  # type: ignore[arg-type]
