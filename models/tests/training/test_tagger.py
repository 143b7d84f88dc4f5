import random

import pytest

from training.tagger import Row, Tagger, agreement, cross_validate, read_labels

NUMBERS = ("position", "beforeSeen")


def made_up_rows(count: int) -> tuple[list[Row], list[frozenset[str]]]:
    """Turns whose action follows from a word, or from a number alone."""
    rng = random.Random(1)
    rows, labels = [], []
    for n in range(count):
        kind = n % 3
        word = ("goodbye", "thriller", "yes")[kind]
        filler = rng.choice(["well", "so", "right", "please"])
        numbers = {"position": float(n % 5), "beforeSeen": float(kind == 2)}
        rows.append(Row(str(n), n, "user", f"{filler} {word} {filler}", "anything?", numbers))
        labels.append(frozenset([("bye",), ("inform",), ("seen", "inform")][kind]))
    return rows, labels


def test_learns_words_numbers_and_several_actions():
    rows, labels = made_up_rows(60)
    report = cross_validate("user", rows, labels, 3)
    assert report["exact"] > 0.9
    assert report["majority"] == pytest.approx(1 / 3, abs=0.01)
    tagger = Tagger("user")
    tagger.fit(rows, labels)
    # In the order of an action line, whatever the order of the labels.
    assert tagger.predict(rows[2:3]) == [("seen", "inform")]


def test_agreement_counts_sets_overlap_and_each_action():
    truth = [frozenset(["seen", "inform"]), frozenset(["bye"])]
    result = agreement(truth, [("seen",), ("bye",)], "user")
    assert result["exact"] == 0.5
    assert result["jaccard"] == 0.75
    assert result["actions"]["inform"] == {"f1": 0.0, "n": 1}
    assert result["actions"]["seen"] == {"f1": 1.0, "n": 1}
    assert result["actions"]["reject"] == {"f1": None, "n": 0}


def test_labels_with_unknown_actions_are_refused(tmp_path):
    path = tmp_path / "user.csv"
    path.write_text("conversation,message,actions\n12,3,seen inform\n")
    assert read_labels(path, "user") == {("12", 3): frozenset(["seen", "inform"])}
    with pytest.raises(ValueError, match="recommender"):
        read_labels(path, "recommender")
