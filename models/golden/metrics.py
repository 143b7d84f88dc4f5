"""Writes test/golden/metrics.json: made-up inputs and what the reference implementations say of them.

Usage: python -m golden.metrics OUT (with golden/requirements.txt installed)
"""

import json
import sys
import warnings
from pathlib import Path

import krippendorff
import numpy as np
import torch
from bert_score.utils import get_idf_dict, greedy_cos_idf
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import metrics as sk
from statsmodels.stats.inter_rater import fleiss_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_effectsize

WORDS = "the a quiet loud old play farce with puppets about sea lamps I want would see it never again".split()
random = np.random.default_rng(20240607)


def sentence(length: int) -> list[str]:
    """Made-up words in random order."""
    return [str(word) for word in random.choice(WORDS, length)]


def bleu() -> dict:
    """Sentence BLEU with smoothing method 1, and Self-BLEU."""
    smoothing = SmoothingFunction().method1
    cases = []
    for lengths, own in [((6, 9), 7), ((3,), 2), ((5, 5, 8), 5), ((12,), 4), ((4, 20), 11), ((2, 3), 1)]:
        references, hypothesis = [sentence(n) for n in lengths], sentence(own)
        value = sentence_bleu(references, hypothesis, smoothing_function=smoothing)
        cases.append({"references": references, "hypothesis": hypothesis, "bleu": value})
    same = ["the", "old", "play", "about", "sea", "lamps"]
    value = sentence_bleu([same], same, smoothing_function=smoothing)
    cases.append({"references": [same], "hypothesis": same, "bleu": value})
    cases.append(
        {
            "references": [["quiet", "sea"]],
            "hypothesis": ["loud", "lamps"],
            "bleu": sentence_bleu([["quiet", "sea"]], ["loud", "lamps"], smoothing_function=smoothing),
        }
    )
    corpus = [sentence(int(n)) for n in random.integers(1, 14, 40)]
    each = [
        sentence_bleu(corpus[:i] + corpus[i + 1 :], own, smoothing_function=smoothing)
        for i, own in enumerate(corpus)
    ]
    return {"sentences": cases, "corpus": corpus, "selfBleu": float(np.mean(each))}


def vectors(tokens: int, width: int) -> torch.Tensor:
    """Random vectors around a common mean, as an encoder's are."""
    return torch.tensor(random.normal(0.3, 1, (tokens, width)), dtype=torch.float32)


def bert_score() -> list[dict]:
    """Greedy matching with and without idf; the first and last token are special."""
    cases = []
    width = 8
    for hypothesis_tokens, reference_tokens in [(5, 7), (3, 3), (9, 4), (12, 12)]:
        hypothesis, reference = vectors(hypothesis_tokens, width), vectors(reference_tokens, width)
        for with_idf in (False, True):
            weights = []
            for tokens in (hypothesis_tokens, reference_tokens):
                own = random.uniform(0.2, 3, tokens) if with_idf else np.ones(tokens)
                own[0] = own[-1] = 0
                weights.append(torch.tensor(own, dtype=torch.float32))
            masks = [torch.ones(1, n) for n in (hypothesis_tokens, reference_tokens)]
            # It normalises its arguments in place.
            p, r, f = greedy_cos_idf(
                reference.clone().unsqueeze(0),
                masks[1],
                weights[1].unsqueeze(0),
                hypothesis.clone().unsqueeze(0),
                masks[0],
                weights[0].unsqueeze(0),
            )
            cases.append(
                {
                    "hypothesis": hypothesis.flatten().tolist(),
                    "reference": reference.flatten().tolist(),
                    "hypothesisWeights": weights[0].tolist(),
                    "referenceWeights": weights[1].tolist(),
                    "width": width,
                    "precision": p.item(),
                    "recall": r.item(),
                    "f1": f.item(),
                }
            )
    return cases


def idf() -> dict:
    """Inverse document frequencies of given token numbers."""
    references = [[int(n) for n in random.integers(0, 12, length)] for length in (4, 7, 3, 9)]
    found = get_idf_dict(references, None, nthreads=0)
    weights = {int(one): float(weight) for one, weight in found.items()}
    unknown = float(found[-1])
    return {"references": references, "weights": weights, "unknown": unknown}


def correlations() -> list[dict]:
    """Spearman, Kendall tau-b and Pearson, with ties."""
    cases = []
    for n, kinds in [(12, 5), (30, 4), (50, 1000), (8, 3)]:
        x = random.integers(0, kinds, n).tolist()
        y = [int(value) for value in np.array(x) * 0.5 + random.integers(0, kinds, n)]
        cases.append(
            {
                "x": x,
                "y": y,
                "spearman": float(stats.spearmanr(x, y).statistic),
                "kendall": float(stats.kendalltau(x, y).statistic),
                "pearson": float(stats.pearsonr(x, y).statistic),
            }
        )
    return cases


def agreement() -> dict:
    """Krippendorff's alpha of ratings with gaps at three levels, and Fleiss' kappa."""
    cases = []
    for raters, units, missing in [(3, 12, 0.2), (5, 20, 0.1), (2, 9, 0.0)]:
        truth = random.integers(1, 6, units)
        table = np.clip(truth + random.integers(-1, 2, (raters, units)), 1, 5).astype(float)
        table[random.uniform(size=table.shape) < missing] = np.nan
        cases.append(
            {
                "units": [[None if np.isnan(v) else int(v) for v in column] for column in table.T],
                **{
                    level: float(krippendorff.alpha(reliability_data=table, level_of_measurement=level))
                    for level in ("nominal", "ordinal", "interval")
                },
            }
        )
    counts = random.multinomial(6, [0.5, 0.3, 0.2], 15)
    counts[:5] = [[6, 0, 0], [0, 6, 0], [5, 1, 0], [0, 0, 6], [0, 5, 1]]
    return {
        "alpha": cases,
        "fleiss": {"counts": counts.tolist(), "kappa": float(fleiss_kappa(counts))},
    }


def classification() -> dict:
    """Accuracy, macro F1, kappa, multi-label macro F1 and AUC."""
    names = ["ask", "inform", "accept", "bye"]
    expected = [str(one) for one in random.choice(names, 60)]
    found = [one if random.uniform() < 0.6 else str(random.choice(names)) for one in expected]
    truth = random.integers(0, 2, (40, 4))
    guess = np.where(random.uniform(size=truth.shape) < 0.8, truth, 1 - truth)
    positive = random.integers(0, 2, 50)
    score = np.round(random.normal(0, 1, 50) + positive, 1)
    return {
        "expected": expected,
        "found": found,
        "accuracy": float(sk.accuracy_score(expected, found)),
        "macroF1": float(sk.f1_score(expected, found, average="macro")),
        "kappa": float(sk.cohen_kappa_score(expected, found)),
        "multiLabel": {
            "names": names,
            "expected": truth.tolist(),
            "found": guess.tolist(),
            "macroF1": float(sk.f1_score(truth, guess, average="macro")),
        },
        "auc": {
            "positive": positive.tolist(),
            "score": score.tolist(),
            "auc": float(sk.roc_auc_score(positive, score)),
        },
    }


def distributions() -> list[dict]:
    """Jensen-Shannon distance in bits and entropy in bits, of counts with zeros."""
    cases = []
    for size in (2, 6, 15):
        a, b = random.integers(0, 9, size), random.integers(0, 9, size)
        a[0] = b[-1] = 4
        cases.append(
            {
                "a": a.tolist(),
                "b": b.tolist(),
                "distance": float(jensenshannon(a, b, base=2)),
                "entropy": float(stats.entropy(a, base=2)),
            }
        )
    return cases


def tests() -> dict:
    """Exact paired permutation, Holm, effect sizes."""
    permutation = []
    for n in (5, 8, 11):
        differences = np.round(random.normal(0.4, 1, n), 2)
        result = stats.permutation_test(
            (differences, np.zeros(n)),
            lambda x, y, axis: np.mean(x - y, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=np.inf,
        )
        permutation.append({"differences": differences.tolist(), "p": float(result.pvalue)})
    ps = np.round(random.uniform(0, 0.2, 7), 4)
    a, b = random.integers(0, 7, 23), random.integers(1, 8, 31)
    u = stats.mannwhitneyu(a, b).statistic
    spread = np.sqrt((22 * np.var(a, ddof=1) + 30 * np.var(b, ddof=1)) / 52)
    return {
        "permutation": permutation,
        "holm": {"p": ps.tolist(), "corrected": multipletests(ps, method="holm")[1].tolist()},
        "effect": {
            "a": a.tolist(),
            "b": b.tolist(),
            "delta": float(2 * u / (23 * 31) - 1),
            "d": float((a.mean() - b.mean()) / spread),
        },
        "cohensH": [
            {"a": p, "b": q, "h": float(proportion_effectsize(p, q))}
            for p, q in [(0.3, 0.5), (0.0, 0.2), (1.0, 0.25), (0.6, 0.6)]
        ],
    }


def main() -> None:
    """Writes all of it."""
    warnings.simplefilter("ignore")
    values = {
        "bleu": bleu(),
        "bertScore": bert_score(),
        "idf": idf(),
        "correlations": correlations(),
        "agreement": agreement(),
        "classification": classification(),
        "distributions": distributions(),
        "tests": tests(),
    }
    Path(sys.argv[1]).write_text(json.dumps(values, separators=(",", ":")) + "\n")


main()
