"""What only the program itself may decide, asked of it under Node."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNREADABLE = frozenset(["unparsed", "unknown-action", "repeated-action", "missing-item", "loose-line"])
"""Violations of an action line's form; the others are about which items it names."""


@dataclass(frozen=True)
class Raw:
    """A turn as written; `named` is the dialogue so far, where feedback must be about something in it."""

    role: str
    text: str
    named: str | None = None


@dataclass(frozen=True)
class Read:
    """What the program's parser makes of a turn's action line."""

    types: frozenset[str]
    violations: frozenset[str]

    @property
    def well_formed(self) -> bool:
        """Whether it has an action line of the right form."""
        return not self.violations & UNREADABLE

    @property
    def valid(self) -> bool:
        """Whether nothing at all is wrong with its action line: its items are in the catalogue, too."""
        return not self.violations - {"empty-text"}


def run_node(script: str, *args: str | Path, text: str | None = None) -> str:
    """Run a command of src/cli and return what it prints. SystemExit with its words where it fails."""
    tsx = ROOT / "node_modules" / ".bin" / "tsx"
    if not tsx.exists():
        raise SystemExit("this runs the program under Node: run `npm ci` in the project's folder first")
    command = [str(tsx), str(ROOT / "src" / "cli" / script), *map(str, args)]
    result = subprocess.run(
        command, cwd=ROOT, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if result.returncode != 0:
        raise SystemExit(f"{script} failed:\n{result.stderr}")
    return result.stdout


def read_turns(turns: Sequence[Raw], catalogue: Path) -> list[Read]:
    """Parse turns with the program's own parser."""
    lines = [
        {"role": turn.role, "raw": turn.text, **({} if turn.named is None else {"named": turn.named})}
        for turn in turns
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    out = run_node("read-turns.ts", "--catalogue", catalogue.resolve(), text=text).splitlines()
    if len(out) != len(turns):
        raise SystemExit(f"read-turns.ts answered {len(out)} of {len(turns)} turns")
    values = [json.loads(line) for line in out]
    return [Read(frozenset(v["types"]), frozenset(v["violations"])) for v in values]
