"""Dist-4 in three ways of the recommender's turns in a file in ReDial's format, by plain sets of strings.

Usage: python -m golden.dist DIALOGUES.jsonl OUT
Only numbers are written: the file's text goes nowhere.
"""

import hashlib
import json
import sys
from pathlib import Path


def turns_of(dialogue: dict) -> list[str]:
    """The respondent's messages, those that follow each other joined by a space."""
    turns: list[tuple[bool, str]] = []
    for message in dialogue["messages"]:
        respondent = message["senderWorkerId"] != dialogue["initiatorWorkerId"]
        if turns and turns[-1][0] == respondent:
            turns[-1] = (respondent, f"{turns[-1][1]} {message['text']}")
        else:
            turns.append((respondent, message["text"]))
    return [text for respondent, text in turns if respondent]


def main() -> None:
    """Counts and writes."""
    source = Path(sys.argv[1])
    lines = source.read_text(encoding="utf-8").splitlines()
    texts = [text for line in lines if line.strip() for text in turns_of(json.loads(line))]
    words: list[str] = []
    characters: set[str] = set()
    for text in texts:
        split = text.split()
        words += ["\0".join(split[i : i + 4]) for i in range(len(split) - 3)]
        characters |= {text[i : i + 4] for i in range(len(text) - 3)}
    different = len(set(words))
    values = {
        "file": source.name,
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "dialogues": len(lines),
        "responses": len(texts),
        "wordGrams": len(words),
        "differentWordGrams": different,
        "differentCharacterGrams": len(characters),
        "ratio": different / len(words),
        "unicrs": different / len(texts),
        "crslab": len(characters) / len(texts),
    }
    Path(sys.argv[2]).write_text(json.dumps(values, indent=2) + "\n")


main()
