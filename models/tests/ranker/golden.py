"""
Values that the program's learned ranker must reproduce, computed here from the formulas alone.

`python -m tests.ranker.golden` in models/ writes test/golden/ranker.json: a made-up learned file for the
board games, conversations as signals, and the score of every item for each.
"""

import json
import math
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TABLES = ("heard", "offered", "attributes", "words")
DIMENSIONS = 3
TASTE_ITEMS = {"wanted": 1.0, "refused": -0.6, "offered": 0.45, "declined": -0.25}
TASTE_ATTRIBUTES = {"wanted": 1.0, "refused": -1.0, "offered": 0.3, "declined": 0.3}
BAG_ITEMS = {"wanted": 1.0, "refused": -0.6, "offered": 0.6, "declined": 0.0}
SHARED = {"category": 0.25, "person": 0.8, "decade": 0.15}
ASKED = {"category": 0.9, "person": 3.0, "decade": 0.8}


def attributes_of(item: dict, types: list[dict]) -> list[tuple[str, str]]:
    return [(t["id"], value) for t in types for value in item["attributes"].get(t["id"], [])]


def content_scores(pack: dict, statistics: dict, signals: dict) -> list[float]:
    """a log p(i) + b sum_m w(m) log(1 + c(m,i) / (s p(i))) + shared + asked."""
    types = pack["attributeTypes"]
    kinds = {t["id"]: t["kind"] for t in types}
    items = {item["id"]: item for item in pack["items"]}
    together: dict[tuple[str, str], int] = {}
    for first, flat in statistics["pairs"].items():
        for other, count in zip(flat[::2], flat[1::2], strict=True):
            together[first, other] = together[other, first] = count
    weights: dict[str, float] = {}
    for entry in signals["items"]:
        weight = TASTE_ITEMS[entry["stance"]]
        if abs(weight) > abs(weights.get(entry["item"], 0.0)):
            weights[entry["item"]] = weight
    total = max(1.0, sum(abs(w) for w in weights.values()))
    asked: dict[tuple[str, str], float] = {}
    for entry in signals["attributes"]:
        key = (entry["attribute"]["type"], entry["attribute"]["value"])
        weight = TASTE_ATTRIBUTES[entry["stance"]]
        if abs(weight) >= abs(asked.get(key, 0.0)):
            asked[key] = weight
    scores = []
    for item in pack["items"]:
        p = (item["popularity"] + 0.3) / statistics["dialogues"]
        own = attributes_of(item, types)
        score = 0.8 * math.log(p)
        for named, weight in weights.items():
            score += 0.7 * weight * math.log1p(together.get((named, item["id"]), 0) / (60 * p))
            for attribute in attributes_of(items[named], types):
                if attribute in own:
                    score += SHARED[kinds[attribute[0]]] * weight / math.sqrt(total)
        for attribute, weight in asked.items():
            if attribute in own:
                score += ASKED[kinds[attribute[0]]] * weight
        scores.append(score)
    return scores


def bag_of(signals: dict) -> list[tuple[str, str, float]]:
    items = {entry["item"]: entry["stance"] for entry in signals["items"]}
    attributes = {
        f"{e['attribute']['type']}\0{e['attribute']['value']}": TASTE_ATTRIBUTES[e["stance"]]
        for e in signals["attributes"]
    }
    words = dict.fromkeys(signals["words"], 1.0)

    def evened(table: str, weights: dict[str, float]) -> list[tuple[str, str, float]]:
        return [(table, key, w / math.sqrt(max(1, len(weights)))) for key, w in weights.items()]

    heard = {i: s for i, s in items.items() if s in ("wanted", "refused")}
    scale = math.sqrt(max(1, len(items)))
    named = [("heard" if i in heard else "offered", i, BAG_ITEMS[s] / scale) for i, s in items.items()]
    return named + evened("attributes", attributes) + evened("words", words)


def residual(learned: dict, item: str, bag: list[tuple[str, str, float]]) -> float:
    def vector(table: dict, key: str) -> list[float]:
        if key not in table["keys"]:
            return [0.0] * DIMENSIONS
        at = table["keys"].index(key) * DIMENSIONS
        return [value * table["step"] for value in table["values"][at : at + DIMENSIONS]]

    if item not in learned["items"]["keys"]:
        return 0.0
    context = [0.0] * DIMENSIONS
    for table, key, weight in bag:
        context = [
            a + weight * b for a, b in zip(context, vector(learned["inputs"][table], key), strict=True)
        ]
    own = vector(learned["items"], item)
    bias = learned["biases"]["values"][learned["items"]["keys"].index(item)] * learned["biases"]["step"]
    return sum(a * b for a, b in zip(context, own, strict=True)) + bias


def made_up(pack: dict) -> dict:
    rng = random.Random(4)
    ids = [item["id"] for item in pack["items"]]
    keys = sorted(
        {f"{t}\0{v}" for item in pack["items"] for t, v in attributes_of(item, pack["attributeTypes"])}
    )

    def table(names: list[str], step: float) -> dict:
        values = [rng.randint(-127, 127) for _ in range(len(names) * DIMENSIONS)]
        return {"keys": names, "step": step, "values": values}

    named = {"heard": ids[::2], "offered": ids[1::2], "attributes": keys, "words": ["trains", "short", "two"]}
    inputs = {name: table(named[name], 0.01 * (n + 1)) for n, name in enumerate(TABLES)}
    items = table(ids[:-1], 0.02)
    biases = {"step": 0.005, "values": [rng.randint(-127, 127) for _ in ids[:-1]]}
    return {
        "schemaVersion": 1,
        "domain": pack["id"],
        "version": "0123456789ab",
        "attribution": "made up",
        "dimensions": DIMENSIONS,
        "inputs": inputs,
        "items": items,
        "biases": biases,
    }


def conversations(pack: dict) -> list[dict]:
    rng = random.Random(5)
    ids = [item["id"] for item in pack["items"]]
    facts = sorted({fact for item in pack["items"] for fact in attributes_of(item, pack["attributeTypes"])})
    stances = list(TASTE_ITEMS)
    found = [{"items": [], "attributes": [], "words": []}]
    for n in range(1, 8):
        items = [{"item": rng.choice(ids), "stance": rng.choice(stances)} for _ in range(n)]
        chosen = [rng.choice(facts) for _ in range(n % 4)]
        attributes = [
            {"attribute": {"type": t, "value": v}, "stance": rng.choice(stances[:3])} for t, v in chosen
        ]
        words = [rng.choice(["trains", "short", "two", "unheard"]) for _ in range(n)]
        found.append({"items": items, "attributes": attributes, "words": words})
    return found


def main() -> None:
    folder = ROOT / "static" / "domains" / "boardgames"
    pack = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
    statistics = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))
    learned = made_up(pack)
    cases = []
    for signals in conversations(pack):
        content = content_scores(pack, statistics, signals)
        bag = bag_of(signals)
        scores = [
            c + residual(learned, item["id"], bag) for c, item in zip(content, pack["items"], strict=True)
        ]
        cases.append({"signals": signals, "scores": [float(f"{s:.9g}") for s in scores]})
    target = ROOT / "test" / "golden" / "ranker.json"
    target.write_text(json.dumps({"learned": learned, "cases": cases}, indent=None) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
