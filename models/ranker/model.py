"""A residual over the content score: two vectors' product and a bias, with content behind rare items."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .rows import TABLES, Domain, Rows


@dataclass(frozen=True)
class Settings:
    """Chosen on validation dialogues; README.md has the table."""

    dimensions: int = 32
    shrink: float = 0.03
    """Weight of the squares of vectors."""
    shrink_bias: float = 0.001
    rate: float = 0.005
    epochs: int = 3
    forget: float = 0.3
    """Share of what was said that a step leaves out."""
    batch: int = 256
    least_words: int = 8
    """A word has a vector when at least this many dialogues say it."""
    seed: int = 1


class Keys:
    """Numbers of all that has an input vector: what training dialogues say."""

    def __init__(self, rows: Rows, least_words: int):
        said: dict[tuple[str, str], set[str]] = {}
        for dialogue, bag in zip(rows.dialogues, rows.bags, strict=True):
            for table, key, _ in bag:
                said.setdefault((table, key), set()).add(dialogue)
        kept = [
            entry
            for entry, dialogues in said.items()
            if len(dialogues) >= (least_words if entry[0] == "words" else 1)
        ]
        self.order = sorted(kept, key=lambda entry: (TABLES.index(entry[0]), entry[1]))
        self.number = {entry: n for n, entry in enumerate(self.order)}

    def bags(self, rows: Rows) -> list[tuple[Tensor, Tensor]]:
        """Numbers and weights of each row's bag; what was never said in training is left out."""
        known = [[(self.number[t, k], w) for t, k, w in bag if (t, k) in self.number] for bag in rows.bags]
        return [
            (torch.tensor([n for n, _ in bag], dtype=torch.long), torch.tensor([w for _, w in bag]))
            for bag in known
        ]


class Residual(nn.Module):
    """score(i) = content(i) + u v(i) + b(i); v and b are an item's own plus its attributes', evened."""

    def __init__(self, domain: Domain, keys: Keys, dimensions: int):
        super().__init__()
        names = sorted({key for keys_of in domain.attributes for key in keys_of})
        number = {name: n for n, name in enumerate(names)}
        most = max(len(keys_of) for keys_of in domain.attributes)
        facts = torch.zeros(len(domain.items), most, dtype=torch.long)
        share = torch.zeros(len(domain.items), most)
        for i, keys_of in enumerate(domain.attributes):
            for j, key in enumerate(keys_of):
                facts[i, j] = number[key]
                share[i, j] = 1 / math.sqrt(len(keys_of))
        self.register_buffer("facts", facts)
        self.register_buffer("share", share)
        # What is never said in training must add nothing.
        self.said = nn.EmbeddingBag(len(keys.order), dimensions, mode="sum")
        nn.init.zeros_(self.said.weight)
        self.item = nn.Parameter(torch.randn(len(domain.items), dimensions) * 0.1)
        self.fact = nn.Parameter(torch.randn(len(names), dimensions) * 0.1)
        self.item_bias = nn.Parameter(torch.zeros(len(domain.items)))
        self.fact_bias = nn.Parameter(torch.zeros(len(names)))

    def items(self) -> tuple[Tensor, Tensor]:
        """Vectors (items, dimensions) and biases (items)."""
        vectors = self.item + (self.fact[self.facts] * self.share[..., None]).sum(1)
        return vectors, self.item_bias + (self.fact_bias[self.facts] * self.share).sum(1)

    def forward(self, bags: list[tuple[Tensor, Tensor]], candidates: Tensor, content: Tensor) -> Tensor:
        """Scores of the candidates, (rows, candidates)."""
        numbers = torch.cat([n for n, _ in bags])
        weights = torch.cat([w for _, w in bags])
        starts = torch.tensor([0] + [len(n) for n, _ in bags[:-1]]).cumsum(0)
        context = self.said(numbers, starts, per_sample_weights=weights)
        vectors, biases = self.items()
        return content + (vectors[candidates] * context[:, None, :]).sum(2) + biases[candidates]


def listwise_loss(scores: Tensor, answers: Tensor) -> Tensor:
    """Mean over recommended items of minus the log share of the softmax that they get."""
    return ((torch.logsumexp(scores, 1) * answers.sum(1)).sum() - (scores * answers).sum()) / answers.sum()
