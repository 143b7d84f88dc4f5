import pytest

from recipe.library import runtime
from recipe.steps import fingerprint, run_step


def test_a_step_runs_once_until_its_inputs_change(tmp_path):
    output, stamp = tmp_path / "out", tmp_path / "stamp"
    runs = []

    def action():
        runs.append(1)
        output.write_text("x")

    assert run_step("s", stamp, "1", [output], action)
    assert not run_step("s", stamp, "1", [output], action)
    assert run_step("s", stamp, "2", [output], action)
    output.unlink()
    assert run_step("s", stamp, "2", [output], action)
    assert len(runs) == 3


def test_a_failed_step_runs_again(tmp_path):
    output, stamp = tmp_path / "out", tmp_path / "stamp"
    output.write_text("old")
    stamp.write_text("1")

    def fail():
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        run_step("s", stamp, "2", [output], fail)
    assert run_step("s", stamp, "1", [output], lambda: None)


def test_a_step_that_writes_nothing_is_an_error(tmp_path):
    with pytest.raises(SystemExit, match="without writing out"):
        run_step("s", tmp_path / "stamp", "1", [tmp_path / "out"], lambda: None)


def test_fingerprint_is_by_content(tmp_path):
    a = tmp_path / "a.py"
    a.write_text("1")
    before = fingerprint(tmp_path, "x")
    assert before == fingerprint(tmp_path, "x") != fingerprint(tmp_path, "y")
    a.write_text("2")
    assert fingerprint(tmp_path, "x") != before


def test_missing_compiler_names_the_command(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match="apt-get install emscripten"):
        runtime.emcc()
