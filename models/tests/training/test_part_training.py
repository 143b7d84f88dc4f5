"""Runs that train fewer layers, or end with a stretch through the quantiser."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.base import load_model, settled_precision
from training.checkpoint import load_checkpoint
from training.quantiser import through_q4_0
from training.run import Run
from training.settings import Settings

from .made_up import masters, run_of, tiny_settings

MODELS = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    return tiny_settings(tmp_path_factory.mktemp("part"), "llama")


def layer_matrices(run: Run) -> dict[str, torch.Tensor]:
    return {n: p for n, p in run.model.named_parameters() if p.dim() == 2 and ".layers." in n}


def test_layers_below_the_uppermost_keep_the_bases_weights(settings, tmp_path):
    run = run_of(replace(settings, layers=1), tmp_path / "run")
    before = {name: p.detach().clone() for name, p in run.model.named_parameters()}
    trained = {name for name, p in run.model.named_parameters() if p.requires_grad}
    assert trained == {n for n in before if n.startswith("model.layers.1.") or n == "model.norm.weight"}
    assert run.go_on()
    for name, p in run.model.named_parameters():
        assert torch.equal(p, before[name]) == (name not in trained), name
        assert p.grad is None
    assert set(masters(run)) == trained
    losses = [entry["loss"] for entry in run.progress.validation]
    assert losses[-1] < losses[0]


def test_no_gradient_is_computed_below(settings, tmp_path):
    run = run_of(replace(settings, layers=1), tmp_path / "run")
    seen = []
    for layer in run.model.base_model.layers:
        layer.register_forward_hook(lambda _m, _i, out: seen.append(out[0].requires_grad))
    run.step()
    assert set(zip([False, True] * (len(seen) // 2), seen, strict=True)) == {(False, False), (True, True)}


@pytest.mark.parametrize("precision", ["bf16", "f32"])
def test_the_model_computes_in_the_precision_that_was_asked_for(settings, tmp_path, precision):
    run = run_of(replace(settings, precision=precision), tmp_path / "run")
    expected = torch.bfloat16 if precision == "bf16" else torch.float32
    assert {p.dtype for p in run.model.parameters()} == {expected}
    run.step()
    assert all(
        torch.equal(p, masters(run)[n].to(expected))
        for n, p in run.model.named_parameters()
        if p.requires_grad
    )
    assert settled_precision(precision, torch.device("cpu")) == precision
    assert settled_precision("auto", torch.device("cuda")) == "bf16"


def test_a_number_of_layers_that_the_base_lacks_is_refused(settings, tmp_path):
    for layers in (3, -1):
        with pytest.raises(SystemExit, match=f"2 layers: it cannot train {layers}"):
            run_of(replace(settings, layers=layers), tmp_path / "run")
    everything = load_model(Path(settings.base), torch.device("cpu"), layers=0)
    both = load_model(Path(settings.base), torch.device("cpu"), layers=2)
    named = [{n for n, p in m.named_parameters() if p.requires_grad} for m in (everything, both)]
    assert named[0] == named[1]


@pytest.mark.parametrize("layers", [0, 1])
def test_from_its_step_on_the_model_computes_with_four_bits(settings, tmp_path, layers):
    run = run_of(replace(settings, quantised_share=0.5, layers=layers), tmp_path / "run")
    assert run.steps == 6
    matrices = layer_matrices(run)
    run.go_on(until=3)
    assert not any(torch.equal(p.float(), through_q4_0(p.float())) for p in matrices.values())
    run.go_on(until=4)
    state = masters(run)
    vectors = {n: p for n, p in run.model.named_parameters() if p.dim() == 1 and n in state}
    assert vectors
    for name, p in matrices.items():
        # Frozen matrices have no master: theirs are the base's, rounded.
        of = state.get(name)
        if of is None:
            of = load_model(Path(settings.base), torch.device("cpu")).get_parameter(name).float()
        assert torch.equal(p, through_q4_0(of).to(p.dtype)), name
        assert not torch.equal(of, through_q4_0(of)), name
    for name, p in vectors.items():
        assert torch.equal(p, state[name].to(p.dtype))
    embedding = load_model(Path(settings.base), torch.device("cpu")).get_input_embeddings().weight
    assert torch.equal(run.model.get_input_embeddings().weight, embedding)


@pytest.mark.parametrize("stop", [2, 3, 4, 5])
def test_a_run_resumed_before_at_or_inside_the_stretch_ends_the_same(settings, tmp_path, stop):
    chosen = replace(settings, quantised_share=0.5, layers=1)
    whole = run_of(chosen, tmp_path / "whole")
    whole.go_on()
    run_of(chosen, tmp_path / "parts").go_on(until=stop)
    rest = run_of(chosen, tmp_path / "parts")
    assert rest.progress.step == stop
    assert rest.go_on()
    for name, value in masters(whole).items():
        assert torch.equal(value, masters(rest)[name]), name
    for name, p in layer_matrices(whole).items():
        assert torch.equal(p, rest.model.get_parameter(name)), name
    assert rest.progress.training == whole.progress.training
    assert rest.progress.validation == whole.progress.validation


def test_the_command_line_takes_both(settings, tmp_path):
    command = [
        sys.executable,
        "-m",
        "training.train",
        "start",
        "--out",
        str(tmp_path / "run"),
        "--steps",
        "1",
    ]
    command += ["--role", "user", "--data", settings.data, "--base", settings.base, "--step-examples", "4"]
    command += ["--layers", "1", "--quantised-share", "1"]
    result = subprocess.run(command, cwd=MODELS, capture_output=True, text=True, check=False)
    assert result.returncode == 10, result.stderr
    state = load_checkpoint(tmp_path / "run")
    assert state is not None
    assert state["settings"]["layers"] == 1
    assert state["settings"]["quantised_share"] == 1.0
    assert {n.split(".")[2] for n in state["optimiser"]["weights"] if ".layers." in n} == {"1"}
