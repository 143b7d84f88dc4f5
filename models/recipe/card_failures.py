"""Known failures of a model: its turns that break the contract, counted and shown."""

from collections import Counter

from .card_tables import table

_NAMES = {
    "unparsed": "no action line",
    "unknown-action": "an action that the seat does not have",
    "repeated-action": "an action twice",
    "missing-item": "an action that needs a title, without one",
    "unknown-item": "a title that the catalogue does not hold",
    "not-recommended": "feedback on what was not recommended",
    "stray-title": "a title in the words that is neither in the actions nor named before",
    "loose-line": "an action line that is not written as it should be",
    "repeated-item": "a title twice in an action",
    "contradiction": "accepted and rejected at once",
    "empty-text": "nothing said",
    "cut-off": "cut off at the token limit",
}
_ENDINGS = {
    "loop": "a side repeats itself word for word",
    "degenerate": "empty or unreadable turns in a row",
}
_LONGEST = 400


def _turns(dialogues: list[dict], roles: tuple[str, ...]) -> list[tuple[dict, dict, dict | None]]:
    """(dialogue, turn, turn before) of the seats."""
    return [
        (dialogue, turn, dialogue["turns"][i - 1] if i else None)
        for dialogue in dialogues
        for i, turn in enumerate(dialogue["turns"])
        if turn["role"] in roles
    ]


def _quoted(role: str, text: str) -> str:
    """Text that a model wrote, as a block that no mark in it can end."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."
    return "\n".join(f"    {line}" for line in [f"{role}:", *cut.splitlines()])


def failures(dialogues: list[dict], model: str, role: str) -> str:
    """
    Count the broken rules by kind, with the first example of each; only simulated dialogues may be shown.

    Raises ValueError for a dialogue in which another model sits in the seat.
    """
    if not dialogues:
        return "No dialogues with this model were given: not measured."
    roles = ("user", "recommender") if role == "both" else (role,)
    for dialogue in dialogues:
        for seat in roles:
            if dialogue["models"][seat]["id"] != model:
                raise ValueError(f"the dialogue {dialogue['id']} is not of {model}: its text is not shown")
    turns = _turns(dialogues, roles)
    counts = Counter(kind for _, turn, _ in turns for kind in {v["kind"] for v in turn["violations"]})
    endings = Counter(d["outcome"]["status"] for d in dialogues if d.get("outcome"))
    rows = [
        (_NAMES.get(kind, kind), f"{count} of {len(turns)} turns, {count / len(turns):.1%}")
        for kind, count in counts.most_common()
    ]
    rows += [
        (name, f"{endings[kind]} of {len(dialogues)} dialogues, {endings[kind] / len(dialogues):.1%}")
        for kind, name in _ENDINGS.items()
        if endings[kind]
    ]
    runs = ", ".join(sorted({f"`{dialogue['runId']}`" for dialogue in dialogues}))
    parts = [f"{len(dialogues)} simulated dialogues, runs {runs}, with the grammar."]
    parts.append(table(("what", "how often"), rows) if rows else "No turn broke a rule.")
    for kind, _ in counts.most_common():
        dialogue, turn, before = next(
            found for found in turns if any(v["kind"] == kind for v in found[1]["violations"])
        )
        shown = [] if before is None else [_quoted(before["role"], before["text"])]
        shown.append(_quoted(turn["role"], turn["raw"]))
        title = f"{_NAMES.get(kind, kind)[0].upper()}{_NAMES.get(kind, kind)[1:]}"
        parts.append(f"{title} (`{dialogue['id']}`):\n\n" + "\n    \n".join(shown))
    return "\n\n".join(parts)
