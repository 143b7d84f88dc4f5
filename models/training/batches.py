"""The order in which examples are seen: a pure function of seed and step, so a resumed run repeats it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from .examples import Tokens

IGNORED = -100
"""Label of a position without loss."""


@dataclass(frozen=True)
class Batch:
    """
    Token ids [B, L], padded on the right; label and weight of the *next* token at each position [B, L].

    Weights are 0 where there is no label.
    """

    ids: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor
    own_tokens: int
    all_tokens: int

    @property
    def weight(self) -> float:
        """What the batch's loss is to be divided by, for a mean."""
        return float(self.weights.sum())


def collate(examples: Sequence[Tokens], pad: int, action_weight: float = 1.0) -> Batch:
    """
    Pad to the longest; tokens of action lines weigh `action_weight`, other own tokens 1.

    Causal attention never looks right, so padding needs no attention mask: it changes nothing with a label.
    """
    length = max(len(example.ids) for example in examples)
    ids = torch.full((len(examples), length), pad, dtype=torch.long)
    labels = torch.full((len(examples), length), IGNORED, dtype=torch.long)
    weights = torch.zeros((len(examples), length), dtype=torch.float32)
    for row, example in enumerate(examples):
        size = len(example.ids)
        tokens = torch.tensor(example.ids, dtype=torch.long)
        own = torch.tensor(example.own, dtype=torch.bool)
        ids[row, :size] = tokens
        labels[row, : size - 1] = torch.where(own[1:], tokens[1:], IGNORED)
        action = torch.tensor(example.action, dtype=torch.bool)
        weights[row, : size - 1] = own[1:] * torch.where(action[1:], action_weight, 1.0)
    own_tokens = int((labels != IGNORED).sum())
    return Batch(ids, labels, weights, own_tokens, sum(len(example.ids) for example in examples))


def micro_batches(
    examples: Sequence[Tokens], most_tokens: int, pad: int, action_weight: float = 1.0
) -> list[Batch]:
    """Examples of like length together, one or more a batch, at most `most_tokens` with the padding."""
    batches: list[Batch] = []
    waiting: list[Tokens] = []
    for example in sorted(examples, key=lambda e: (-len(e.ids), e.id)):
        if waiting and len(waiting[0].ids) * (len(waiting) + 1) > most_tokens:
            batches.append(collate(waiting, pad, action_weight))
            waiting = []
        waiting.append(example)
    if waiting:
        batches.append(collate(waiting, pad, action_weight))
    return batches


def steps_per_epoch(examples: int, step_examples: int) -> int:
    """Optimiser steps in an epoch; the last one of an epoch may be smaller."""
    return -(-examples // step_examples)


def step_examples_of(examples: Sequence[Tokens], step: int, step_examples: int, seed: int) -> list[Tokens]:
    """Return the examples of optimiser step `step`, counted from 0 over all epochs."""
    per_epoch = steps_per_epoch(len(examples), step_examples)
    epoch, within = divmod(step, per_epoch)
    order = list(range(len(examples)))
    random.Random(f"{seed}/{epoch}").shuffle(order)
    return [examples[i] for i in order[within * step_examples : (within + 1) * step_examples]]
