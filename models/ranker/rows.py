"""Reads what `src/cli/prepare-ranker.ts` writes, as tensors."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

TABLES = ("heard", "offered", "attributes", "words")
"""What a conversation's bag is made of; the preparation names the same."""


@dataclass(frozen=True)
class Domain:
    """The catalogue that candidates are positions in."""

    name: str
    items: list[str]
    attributes: list[list[str]]
    """Attribute keys of each item."""


@dataclass(frozen=True)
class Rows:
    """Recommendations of one split, as many candidates each: (rows, candidates)."""

    candidates: Tensor
    content: Tensor
    answers: Tensor
    """1 where the candidate is what was recommended."""
    correction: Tensor
    """Logarithm of how many items a candidate stands for, so that drawn ones weigh as all would."""
    bags: list[list[tuple[str, str, float]]]
    dialogues: list[str]

    def __len__(self) -> int:
        """How many recommendations, one or more films each."""
        return len(self.bags)


def _rows(lines: list[dict]) -> Rows:
    size = min(len(v["candidates"]) for v in lines)
    if any(len(v["candidates"]) != size for v in lines):
        raise ValueError("every row of a split must have as many candidates")
    answers = torch.zeros(len(lines), size)
    correction = torch.zeros(len(lines), size)
    for n, line in enumerate(lines):
        answers[n, line["answers"]] = 1
        if line["drawn"] > 0:
            correction[n, -line["drawn"] :] = math.log(line["standsFor"])
    return Rows(
        candidates=torch.tensor([v["candidates"] for v in lines]),
        content=torch.tensor([v["scores"] for v in lines]),
        answers=answers,
        correction=correction,
        bags=[[(table, key, weight) for table, key, weight in v["bag"]] for v in lines],
        dialogues=[v["dialogue"] for v in lines],
    )


def read_rows(path: Path) -> tuple[Domain, dict[str, Rows]]:
    """The domain and its rows by split. Raises ValueError where a split is missing or uneven."""
    with path.open(encoding="utf-8") as file:
        head = json.loads(next(file))
        lines = [json.loads(line) for line in file]
    domain = Domain(head["domain"], head["items"], head["attributes"])
    by_split = {}
    for split in ("train", "validation"):
        of_split = [line for line in lines if line["split"] == split]
        if not of_split:
            raise ValueError(f"{path} has no rows of the split {split}")
        by_split[split] = _rows(of_split)
    return domain, by_split
