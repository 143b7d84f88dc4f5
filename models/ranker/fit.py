"""Teaches the ranker: `python -m ranker.fit --rows FILE --out FILE` (README.md)."""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .model import Keys, Residual, Settings, listwise_loss
from .rows import Domain, Rows, read_rows
from .write import write_ranking

DEPTHS = (1, 10, 50)


def recalls(scores: Tensor, answers: Tensor) -> list[float]:
    """Recall at each depth: the share of recommended items with fewer than so many candidates above them."""
    rows, places = torch.nonzero(answers, as_tuple=True)
    above = (scores[rows] > scores[rows, places][:, None]).sum(1)
    return [(above < depth).float().mean().item() for depth in DEPTHS]


def _report(what: str, scores: Tensor, answers: Tensor) -> str:
    found = ", ".join(f"{value:.4f}" for value in recalls(scores, answers))
    loss = listwise_loss(scores, answers)
    return f"{what}: loss {loss:.4f}, recall {found}; {time.process_time():.0f} s of processor time"


def _forget(bags: list[tuple[Tensor, Tensor]], share: float) -> list[tuple[Tensor, Tensor]]:
    return [(n, w * (torch.rand(len(w)) > share) / (1 - share)) for n, w in bags]


def fit(domain: Domain, rows: dict[str, Rows], chosen: Settings, say=print) -> tuple[Residual, Keys]:
    """The fitted residual and what has an input vector. Deterministic from the seed on one thread."""
    torch.manual_seed(chosen.seed)
    random = np.random.default_rng(chosen.seed)
    train, held = rows["train"], rows["validation"]
    keys = Keys(train, chosen.least_words)
    bags, held_bags = keys.bags(train), keys.bags(held)
    model = Residual(domain, keys, chosen.dimensions)
    optimiser = torch.optim.Adam(model.parameters(), lr=chosen.rate)
    say(_report("content alone", held.content, held.answers))
    for epoch in range(chosen.epochs):
        for batch in torch.from_numpy(random.permutation(len(train))).split(chosen.batch):
            of_batch = [bags[n] for n in batch]
            scores = model(_forget(of_batch, chosen.forget), train.candidates[batch], train.content[batch])
            loss = listwise_loss(scores + train.correction[batch], train.answers[batch])
            used = torch.cat([n for n, _ in of_batch])
            answers = train.candidates[batch][train.answers[batch] > 0]
            squares = (model.said.weight[used] ** 2).sum() + (model.item[answers] ** 2).sum()
            biases = (model.item_bias**2).sum() + (model.fact_bias**2).sum()
            penalty = (
                chosen.shrink * (squares / len(batch) + (model.fact**2).sum() / 50)
                + chosen.shrink_bias * biases
            )
            optimiser.zero_grad()
            (loss + penalty).backward()
            optimiser.step()
        with torch.no_grad():
            scores = model(held_bags, held.candidates, held.content)
        say(_report(f"epoch {epoch + 1}", scores, held.answers))
    return model, keys


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, required=True, help="what src/cli/prepare-ranker.ts wrote")
    parser.add_argument("--out", type=Path, required=True, help="the ranker's file, such as ranker.json")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    given = parser.parse_args()
    torch.set_num_threads(1)
    domain, rows = read_rows(given.rows)
    print({split: (len(of), int(of.answers.sum()), len(set(of.dialogues))) for split, of in rows.items()})
    model, keys = fit(domain, rows, Settings(epochs=given.epochs, seed=given.seed))
    write_ranking(given.out, domain, model, keys)
    print(f"{given.out}: {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
