"""Write weights as the shards and index that web-llm fetches."""

import hashlib
import json
from pathlib import Path

import numpy as np

SHARD_BYTES = 32_000_000
"""Largest shard: small enough for any static host, and for a download that resumes without much loss."""


def parameter_order(weights: dict[str, np.ndarray]) -> list[str]:
    """Names by order of use: embedding, layers by number, final norm. Inside a layer, as they were made."""

    def rank(item: tuple[int, str]) -> tuple[int, int, int]:
        position, name = item
        parts = name.split(".")
        if parts[0] == "layers":
            return 1, int(parts[1]), position
        return (0 if parts[0] == "embedding" else 2), 0, position

    return [name for _, name in sorted(enumerate(weights), key=rank)]


def write_shards(weights: dict[str, np.ndarray], folder: Path, shard_bytes: int = SHARD_BYTES) -> list[Path]:
    """Write params_shard_N.bin and tensor-cache.json, and return the paths written.

    A tensor is never split; one larger than `shard_bytes` is refused, because a host may refuse the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("params_shard_*.bin"):
        old.unlink()
    groups: list[list[str]] = []
    room = 0
    for name in parameter_order(weights):
        size = weights[name].nbytes
        if size > shard_bytes:
            raise ValueError(f"{name} has {size} bytes, a shard at most {shard_bytes}")
        if size > room:
            groups.append([])
            room = shard_bytes
        groups[-1].append(name)
        room -= size
    paths, records = [], []
    for number, names in enumerate(groups):
        path = folder / f"params_shard_{number}.bin"
        entries, blob = [], bytearray()
        for name in names:
            array = np.ascontiguousarray(weights[name])
            raw = array.astype(array.dtype.newbyteorder("<")).tobytes()
            entries.append(
                {
                    "name": name,
                    "shape": list(array.shape),
                    "dtype": array.dtype.name,
                    "format": "raw",
                    "nbytes": len(raw),
                    "byteOffset": len(blob),
                }
            )
            blob += raw
        path.write_bytes(blob)
        paths.append(path)
        records.append(
            {
                "dataPath": path.name,
                "format": "raw-shard",
                "nbytes": len(blob),
                "records": entries,
                # The field is the format's; the manifest's SHA-256 is what is checked.
                "md5sum": hashlib.md5(blob, usedforsecurity=False).hexdigest(),
            }
        )
    total = sum(record["nbytes"] for record in records)
    index = {"metadata": {"ParamSize": len(weights), "ParamBytes": total}, "records": records}
    index_path = folder / "tensor-cache.json"
    index_path.write_text(json.dumps(index, indent=1) + "\n")
    return [*paths, index_path]


def read_shards(folder: Path) -> dict[str, np.ndarray]:
    """Inverse of `write_shards`."""
    index = json.loads((folder / "tensor-cache.json").read_text())
    out = {}
    for record in index["records"]:
        blob = (folder / record["dataPath"]).read_bytes()
        for entry in record["records"]:
            raw = blob[entry["byteOffset"] : entry["byteOffset"] + entry["nbytes"]]
            out[entry["name"]] = np.frombuffer(raw, dtype=entry["dtype"]).reshape(entry["shape"])
    return out
