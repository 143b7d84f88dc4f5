"""What people do in a dialogue, turn by turn, and how well it can be foretold without a language model."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .examples import Example

Acts = frozenset[str]
"""The action types of a turn."""
START: Acts = frozenset(["start"])
"""What stands before the first turn."""
_TURN = re.compile(r"<\|im_start\|>assistant\n(.*?)<\|im_end\|>", re.S)
_MADE_UP = "-counter-"


def is_human(example: Example) -> bool:
    """Whether people held the dialogue; the others are made up by the preparation."""
    return _MADE_UP not in example.id


def conversation(example: Example) -> str:
    """Return the source's id of the dialogue, the same for every learner."""
    return example.id.removesuffix(f"-{example.role}")


def speaker(example: Example, index: int) -> str:
    """Whose turn the example's turn `index` is; the counterpart writes both sides, the user opening."""
    return example.role if example.role != "counterpart" else ("user", "recommender")[index % 2]


def written_turns(example: Example) -> list[str]:
    """All turns in the model's seat, also those that are only context: action line and words."""
    return _TURN.findall(example.text)


@dataclass(frozen=True)
class People:
    """Acts of human dialogues, by conversation and role, in order."""

    acts: dict[str, dict[str, list[Acts]]]

    def before(self, conversation: str, role: str, index: int) -> Acts | None:
        """Return the other side's acts before the role's turn `index`; None where its side is not known."""
        if role == "user" and index == 0:
            return START
        other, at = ("recommender", index - 1) if role == "user" else ("user", index)
        turns = self.acts.get(conversation, {}).get(other, [])
        return turns[at] if at < len(turns) else None

    def pairs(self, role: str) -> list[tuple[Acts | None, Acts]]:
        """Return (acts before, acts) of every turn of the role."""
        return [
            (self.before(name, role, i), acts)
            for name, sides in self.acts.items()
            for i, acts in enumerate(sides.get(role, []))
        ]


class Bigram:
    """The commonest acts after what the other side did; after what was never seen, the commonest of all."""

    def __init__(self, pairs: Iterable[tuple[Acts | None, Acts]]):
        after: dict[Acts | None, Counter[Acts]] = {}
        everywhere: Counter[Acts] = Counter()
        for before, acts in pairs:
            after.setdefault(before, Counter())[acts] += 1
            everywhere[acts] += 1
        if not everywhere:
            raise ValueError("there are no turns of people to learn from")
        self.majority = _commonest(everywhere)
        """The commonest acts of all."""
        self._after = {before: _commonest(counts) for before, counts in after.items() if before is not None}

    def predict(self, before: Acts | None) -> Acts:
        """Foretell the acts from the other side's before them."""
        return self._after.get(before, self.majority) if before is not None else self.majority


def _commonest(counts: Counter[Acts]) -> Acts:
    return max(sorted(counts, key=sorted), key=counts.__getitem__)


def overlap(truth: Acts, found: Acts) -> float:
    """Jaccard overlap of two sets of acts; an empty pair agrees."""
    return len(truth & found) / len(truth | found) if truth | found else 1.0


def agreements(truth: Sequence[Acts], found: Sequence[Acts]) -> tuple[np.ndarray, np.ndarray]:
    """Per turn: whether the sets are the same (0 or 1), and their overlap."""
    pairs = list(zip(truth, found, strict=True))
    return np.array([float(t == f) for t, f in pairs]), np.array([overlap(t, f) for t, f in pairs])
