"""The file that the program reads: whole steps of 8 bits, one size of step a table."""

import hashlib
import json
from pathlib import Path

import torch
from torch import Tensor

from .model import Keys, Residual
from .rows import TABLES, Domain

STEPS = 127


def _steps(values: Tensor) -> dict:
    step = float(values.abs().max()) / STEPS if values.numel() else 0.0
    step = float(f"{step:.6g}") or 1.0
    return {"step": step, "values": torch.round(values / step).clamp(-STEPS, STEPS).int().flatten().tolist()}


def _table(keys: list[str], vectors: Tensor) -> dict:
    return {"keys": keys, **_steps(vectors)}


def write_ranking(path: Path, domain: Domain, model: Residual, keys: Keys) -> None:
    """Writes the fitted vectors and biases as JSON."""
    with torch.no_grad():
        vectors, biases = model.items()
        said = model.said.weight
        inputs = {}
        for table in TABLES:
            of_table = [n for n, (name, _) in enumerate(keys.order) if name == table]
            inputs[table] = _table([keys.order[n][1] for n in of_table], said[of_table])
        file = {
            "schemaVersion": 1,
            "domain": domain.name,
            "attribution": "Learned from ReDial (Li et al. 2018), CC BY 4.0, and the catalogue's facts.",
            "dimensions": vectors.shape[1],
            "inputs": inputs,
            "items": _table(domain.items, vectors),
            "biases": _steps(biases),
        }
    file["version"] = hashlib.sha256(json.dumps(file, sort_keys=True).encode()).hexdigest()[:12]
    path.write_text(json.dumps(file, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
