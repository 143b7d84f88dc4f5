"""Build steps that are skipped while nothing they depend on has changed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from .manifest import sha256


def fingerprint(*parts: str | Path) -> str:
    """Hash of texts, files and folders of Python files, by content."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(f"text {part}\n".encode())
            continue
        files = sorted(part.rglob("*.py")) if part.is_dir() else [part]
        for file in files:
            digest.update(f"file {file.name} {sha256(file)}\n".encode())
    return digest.hexdigest()


def run_step(name: str, stamp: Path, inputs: str, outputs: list[Path], action: Callable[[], None]) -> bool:
    """Run `action` unless `stamp` holds `inputs` and all outputs exist; return whether it ran."""
    done = stamp.exists() and stamp.read_text() == inputs and all(path.exists() for path in outputs)
    if done:
        print(f"{name}: up to date", flush=True)
        return False
    print(f"{name}: building", flush=True)
    stamp.unlink(missing_ok=True)
    action()
    missing = [path.name for path in outputs if not path.exists()]
    if missing:
        raise SystemExit(f"{name}: the step ended without writing {', '.join(missing)}")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)
    return True
