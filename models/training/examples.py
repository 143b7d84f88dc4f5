"""Examples as the preparation under Node writes them: pieces of ChatML, marked as own or not."""

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

ROLES = ("user", "recommender", "counterpart")
"""Whose example it is: a role's own model, or the one that is handed the targets and writes both sides."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the text that the model sees; `own` where it must learn to write it."""

    text: str
    own: bool


@dataclass(frozen=True)
class Example:
    """One dialogue as one model sees it."""

    id: str
    role: str
    prompt_version: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole ChatML text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Tokens:
    """Token ids of an example; which carry loss, and which of those begin on the action line."""

    id: str
    ids: tuple[int, ...]
    own: tuple[bool, ...]
    action: tuple[bool, ...]


def read_examples(path: Path) -> list[Example]:
    """All examples of a JSONL file. Raises ValueError naming the line that is not one."""
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            pieces = tuple(Piece(piece["text"], bool(piece["own"])) for piece in value["pieces"])
            example = Example(value["id"], value["role"], value["promptVersion"], pieces)
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{path.name}, line {number}, is not an example: {error!r}") from error
        if example.role not in ROLES:
            raise ValueError(f"{path.name}, line {number}: unknown role {example.role!r}")
        examples.append(example)
    if not examples:
        raise ValueError(f"{path.name} holds no examples: run the preparation first")
    return examples


def one_of(values: Iterable[str], what: str) -> str:
    """Return the value that all share; a run mixes neither roles nor prompt versions."""
    distinct = sorted(set(values))
    if len(distinct) != 1:
        raise ValueError(f"the examples mix several values of {what}: {', '.join(distinct)}")
    return distinct[0]


def tokenize(example: Example, tokenizer: Tokenizer, longest: int) -> Tokens:
    """
    Token ids of the pieces one after the other, as in use: the prompt is tokenised, then the turn is written.

    Whole pieces are left out from the end until at most `longest` tokens remain.
    """
    ids: list[int] = []
    own: list[bool] = []
    action: list[bool] = []
    for piece in example.pieces:
        part = tokenizer.encode(piece.text, add_special_tokens=False)
        if len(ids) + len(part.ids) > longest:
            break
        ids.extend(part.ids)
        own.extend([piece.own] * len(part.ids))
        line_end = piece.text.find("\n") + 1
        action.extend(piece.own and start < line_end for start, _ in part.offsets)
    return Tokens(example.id, tuple(ids), tuple(own), tuple(action))


def tokenize_all(
    examples: list[Example], tokenizer: Tokenizer, longest: int, drop_longer: bool = False
) -> list[Tokens]:
    """Tokenise all; those without a token of their own are left out and, if asked, those to be cut."""
    limit = sys.maxsize if drop_longer else longest
    tokens = (tokenize(example, tokenizer, limit) for example in examples)
    return [t for t in tokens if any(t.own) and len(t.ids) <= longest]


def data_hash(*files: Path) -> str:
    """SHA-256 over the files' bytes, in the given order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
