"""Means with their uncertainty: dialogues are drawn anew, not tokens or turns, which depend on each other."""

from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean with its interval, and over how many things in how many dialogues."""

    value: float
    low: float
    high: float
    n: int
    dialogues: int

    def as_dict(self, digits: int = 4) -> dict[str, object]:
        """Return the form that reports carry."""
        return {
            "value": round(self.value, digits),
            "interval": [round(self.low, digits), round(self.high, digits)],
            "n": self.n,
            "dialogues": self.dialogues,
        }


def bootstrap_mean(sums: np.ndarray, counts: np.ndarray, seed: int = 1) -> Estimate:
    """
    Mean of things that come in dialogues: `sums` [D] over the things of a dialogue, `counts` [D] of them.

    The percentile interval at 95 % of the cluster bootstrap (Davison and Hinkley 1997, section 3.8). For a
    paired difference give the sums of the differences. Raises ValueError where there is nothing to average.
    """
    kept = counts > 0
    sums, counts = np.asarray(sums, dtype=float)[kept], np.asarray(counts, dtype=float)[kept]
    if len(counts) == 0:
        raise ValueError("there is nothing to average")
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(counts), (RESAMPLES, len(counts)))
    means = sums[drawn].sum(1) / counts[drawn].sum(1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(sums.sum() / counts.sum()), float(low), float(high), int(counts.sum()), len(counts))
