"""Action labels for every turn: words and questionnaire, learned from turns labelled by reading them."""

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

ACTIONS = {
    "user": ("seen", "reject", "accept", "inform", "ask", "chat", "bye"),
    "recommender": ("answer", "chat", "recommend", "ask", "bye"),
}
"""Action types in the order of an action line; the preparation checks them against the program's own."""
MOST_ACTIONS = 3


@dataclass(frozen=True)
class Row:
    """A turn as the preparation writes it."""

    conversation: str
    message: int
    role: str
    text: str
    before: str
    numbers: dict[str, float]


def read_rows(path: Path) -> list[Row]:
    """All turns of a JSONL file."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        v = json.loads(line)
        rows.append(Row(v["conversation"], v["message"], v["role"], v["text"], v["before"], v["numbers"]))
    return rows


def read_labels(path: Path, role: str) -> dict[tuple[str, int], frozenset[str]]:
    """Hand labels by conversation and message. Raises ValueError for an action that is not the role's."""
    labels = {}
    with path.open(encoding="utf-8", newline="") as file:
        for entry in csv.DictReader(file):
            actions = frozenset(entry["actions"].split())
            if not actions or not actions <= set(ACTIONS[role]):
                raise ValueError(f"{path.name}: no actions of the {role}: {entry['actions']!r}")
            labels[(entry["conversation"], int(entry["message"]))] = actions
    return labels


class Tagger:
    """A logistic regression per action over n-grams of the turn, words of the one before, and the numbers."""

    def __init__(self, role: str, strength: float = 8.0):
        self.role = role
        self._own = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=r"[\w']+|[?!]")
        # Parts of words carry over misspellings.
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
        self._before = TfidfVectorizer(ngram_range=(1, 1), sublinear_tf=True, min_df=2, max_features=2000)
        self._scale = StandardScaler()
        self._models = {
            action: LogisticRegression(C=strength, class_weight="balanced", max_iter=2000)
            for action in ACTIONS[role]
        }
        self._names: list[str] = []

    def _numbers(self, rows: list[Row]) -> np.ndarray:
        """Numbers and whether each is above zero: [rows, 2 * names]."""
        plain = np.array([[row.numbers[name] for name in self._names] for row in rows], dtype=float)
        return np.hstack([np.log1p(plain), plain > 0])

    def _features(self, rows: list[Row]) -> csr_matrix:
        own = self._own.transform([row.text for row in rows])
        before = self._before.transform([row.before for row in rows]) * 0.5
        letters = self._letters.transform([row.text for row in rows])
        numbers = self._scale.transform(self._numbers(rows)) * 0.15
        return csr_matrix(hstack([own, letters, before, csr_matrix(numbers)]))

    def fit(self, rows: list[Row], labels: list[frozenset[str]]) -> None:
        """Learn from labelled turns; an action that occurs in none of them is never predicted."""
        self._names = sorted(rows[0].numbers)
        self._own.fit([row.text for row in rows])
        self._letters.fit([row.text for row in rows])
        self._before.fit([row.before for row in rows])
        self._scale.fit(self._numbers(rows))
        features = self._features(rows)
        for action in list(self._models):
            present = np.array([action in label for label in labels])
            if present.all() or not present.any():
                del self._models[action]
                continue
            self._models[action].fit(features, present)

    def predict(self, rows: list[Row]) -> list[tuple[str, ...]]:
        """Actions likelier than not, or the likeliest alone; at most three, in the line's order."""
        features = self._features(rows)
        actions = list(self._models)
        chances = np.stack([self._models[action].predict_proba(features)[:, 1] for action in actions], axis=1)
        result = []
        for row in chances:
            ranked = sorted(range(len(actions)), key=lambda i: -row[i])
            chosen = [actions[i] for i in ranked if row[i] >= 0.5][:MOST_ACTIONS] or [actions[ranked[0]]]
            result.append(tuple(action for action in ACTIONS[self.role] if action in chosen))
        return result


def agreement(truth: list[frozenset[str]], predicted: list[tuple[str, ...]], role: str) -> dict[str, object]:
    """Exact-set agreement, mean Jaccard overlap, and per action F1 with its count."""
    sets = [frozenset(p) for p in predicted]
    pairs = list(zip(truth, sets, strict=True))
    by_action = {}
    for action in ACTIONS[role]:
        both = sum(action in t and action in p for t, p in pairs)
        said = sum(action in t for t, _ in pairs) + sum(action in p for _, p in pairs)
        count = sum(action in t for t, _ in pairs)
        by_action[action] = {"f1": round(2 * both / said, 3) if said else None, "n": count}
    return {
        "n": len(pairs),
        "exact": round(sum(t == p for t, p in pairs) / len(pairs), 3),
        "jaccard": round(sum(len(t & p) / len(t | p) for t, p in pairs) / len(pairs), 3),
        "actions": by_action,
    }


def cross_validate(role: str, rows: list[Row], labels: list[frozenset[str]], folds: int) -> dict[str, object]:
    """Agreement on turns that the tagger was not trained on, and of always saying the commonest label."""
    predicted: list[tuple[str, ...]] = [()] * len(rows)
    for train, test in KFold(folds, shuffle=True, random_state=1).split(rows):
        tagger = Tagger(role)
        tagger.fit([rows[i] for i in train], [labels[i] for i in train])
        for i, actions in zip(test, tagger.predict([rows[i] for i in test]), strict=True):
            predicted[i] = actions
    commonest = max(sorted(set(labels), key=sorted), key=labels.count)
    majority = sum(label == commonest for label in labels) / len(labels)
    return {**agreement(labels, predicted, role), "majority": round(majority, 3)}


def tag(
    rows: list[Row], hand: Path, folds: int
) -> tuple[list[tuple[Row, tuple[str, ...]]], dict[str, object]]:
    """Label all turns, those labelled by hand as they were; also return the agreement by role."""
    tagged: list[tuple[Row, tuple[str, ...]]] = []
    report: dict[str, object] = {}
    for role in ACTIONS:
        labels = read_labels(hand / f"{role}.csv", role)
        of_role = [row for row in rows if row.role == role]
        known = [row for row in of_role if (row.conversation, row.message) in labels]
        truth = [labels[(row.conversation, row.message)] for row in known]
        if len(known) < folds:
            raise SystemExit(f"only {len(known)} labelled turns of the {role} are among the turns given")
        report[role] = cross_validate(role, known, truth, folds)
        tagger = Tagger(role)
        tagger.fit(known, truth)
        for row, actions in zip(of_role, tagger.predict(of_role), strict=True):
            given = labels.get((row.conversation, row.message))
            kept = tuple(a for a in ACTIONS[role] if a in given)[:MOST_ACTIONS] if given else actions
            tagged.append((row, kept))
    return tagged, report


def main() -> None:
    """Parse the command line, label, and write labels and agreement."""
    parser = argparse.ArgumentParser(prog="training.tagger", description=__doc__)
    parser.add_argument("--turns", type=Path, nargs="+", required=True, help="JSONL that prepare-turns wrote")
    parser.add_argument("--hand", type=Path, default=Path(__file__).parent.parent / "labels")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--out", type=Path, required=True, help="CSV to write")
    parser.add_argument("--report", type=Path, help="JSON to write the agreement to")
    args = parser.parse_args()
    rows = [row for path in args.turns for row in read_rows(path)]
    tagged, report = tag(rows, args.hand, args.folds)
    lines = [f"{row.conversation},{row.message},{row.role},{' '.join(actions)}" for row, actions in tagged]
    args.out.write_text("conversation,message,role,actions\n" + "\n".join(lines) + "\n", encoding="utf-8")
    text = json.dumps(report, indent=1)
    if args.report:
        args.report.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
