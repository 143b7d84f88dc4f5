"""Writes test/golden/bertscore.json: BERTScore by PyPI bert-score through MiniLM-L6 in float32.

Usage: python -m golden.bertscore OUT (with golden/requirements.txt and encoder/requirements.txt installed)
"""

import json
import random
import sys
from collections import defaultdict
from pathlib import Path

import torch
from bert_score.utils import bert_cos_score_idf, get_idf_dict
from transformers import BertModel, BertTokenizerFast

from encoder.__main__ import LAYER, LONGEST, PUBLISHED, source

PAIRS = 150
SHOWN = 3
"""Of so many pairs both texts' vectors are kept whole."""

OPENERS = [
    "I want",
    "Could you find me",
    "Show me",
    "We are after",
    "My sister loves",
    "No more of",
    "Have you got",
]
KINDS = [
    "a slow western",
    "some old horror film",
    "a musical",
    "anything with robots",
    "a love story set in Rome",
    "a war drama",
    "funny films for children",
    "a thriller by a young director",
]
TAILS = [
    "",
    " for tonight",
    ", please!",
    " that isn't too long",
    " from the 90s",
    "; nothing gory",
    " like the last one?",
]
ANSWERS = ["You might like", "Try", "How about", "People who say that often enjoy", "I would not miss"]
NAMES = [
    "the one about the lighthouse",
    "its sequel",
    "a Danish film (2009)",
    "that naïve café comedy",
    "Ben's favourite",
]
ODD = [
    "",
    "...",
    "¿Qué tal? ¡Ñandú!",
    "\uff26\uff35\uff2c\uff2c width",
    "日本語の映画",
    "smile :-) 100% $5 a+b=c",
    "co-operate don't",
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "tab\tand\nline",
    "x" * 120,
]


def texts() -> list[tuple[str, str]]:
    """Pairs of made-up turns, some alike and some not, and odd ones."""
    draw = random.Random(20261130)

    def user() -> str:
        return f"{draw.choice(OPENERS)} {draw.choice(KINDS)}{draw.choice(TAILS)}"

    def recommender() -> str:
        return f"{draw.choice(ANSWERS)} {draw.choice(NAMES)}{draw.choice(TAILS)}"

    pairs = [
        (draw.choice((user, recommender))(), draw.choice((user, recommender))())
        for _ in range(PAIRS - len(ODD))
    ]
    return pairs + [(odd, user()) for odd in ODD]


def numbers(tensor: torch.Tensor) -> list[float]:
    """Flat, short enough for a file."""
    return [round(value, 7) for value in tensor.flatten().tolist()]


def main(out: Path) -> None:
    """Score all pairs, with and without idf."""
    torch.set_num_threads(1)
    folder = source()
    tokenizer = BertTokenizerFast.from_pretrained(folder, model_max_length=LONGEST)
    whole = BertModel.from_pretrained(folder).eval()
    pairs = texts()
    hypotheses, references = [one for one, _ in pairs], [other for _, other in pairs]
    sentences, tokens = [], []
    for text in [text for pair in pairs[:SHOWN] for text in pair]:
        with torch.no_grad():
            states = whole(**tokenizer(text, return_tensors="pt"), output_hidden_states=True).hidden_states
        tokens.append(numbers(states[LAYER][0]))
        sentences.append(numbers(states[-1][0].mean(0)))
    # What bert-score does with `num_layers`.
    whole.encoder.layer = torch.nn.ModuleList(list(whole.encoder.layer[:LAYER]))
    plain: dict[int, float] = defaultdict(lambda: 1.0)
    plain[tokenizer.cls_token_id] = plain[tokenizer.sep_token_id] = 0
    scored = {}
    for name, weights in [("plain", plain), ("idf", get_idf_dict(references, tokenizer, nthreads=0))]:
        scores = bert_cos_score_idf(
            whole, references, hypotheses, tokenizer, weights, device="cpu", batch_size=32
        )
        scored[name] = [[round(value, 7) for value in row] for row in scores.tolist()]
    out.write_text(
        json.dumps(
            {
                "weights": PUBLISHED,
                "layer": LAYER,
                "pairs": [
                    {
                        "hypothesis": hypothesis,
                        "reference": reference,
                        "hypothesisIds": tokenizer(hypothesis)["input_ids"],
                        "referenceIds": tokenizer(reference)["input_ids"],
                        "plain": plain_score,
                        "idf": idf_score,
                    }
                    for hypothesis, reference, plain_score, idf_score in zip(
                        hypotheses, references, scored["plain"], scored["idf"], strict=True
                    )
                ],
                "tokens": tokens,
                "sentences": sentences,
            },
            ensure_ascii=False,
        )
        + "\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
