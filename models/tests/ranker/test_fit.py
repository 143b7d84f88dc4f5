import json
import random

import pytest
import torch

from ranker.fit import fit, recalls
from ranker.model import Residual, Settings, listwise_loss
from ranker.rows import read_rows
from ranker.write import write_ranking

ITEMS = 30


def made_up(path, seed=1):
    """Recommendations that follow from a word, "odd" or "even" as the item is; content knows nothing."""
    rng = random.Random(seed)
    head = {
        "domain": "toy",
        "items": [f"i{n}" for n in range(ITEMS)],
        "attributes": [[f"kind\0{n % 5}"] for n in range(ITEMS)],
    }
    lines = [head]
    for n in range(240):
        odd = rng.random() < 0.5
        answer = rng.choice([i for i in range(ITEMS) if i % 2 == odd])
        others = rng.sample([i for i in range(ITEMS) if i != answer], 14)
        lines.append(
            {
                "dialogue": str(n),
                "split": "validation" if n % 4 == 0 else "train",
                "candidates": [answer, *others],
                "scores": [0.0] * 15,
                "answers": [0],
                "standsFor": 3.0,
                "drawn": 5,
                "bag": [["words", "odd" if odd else "even", 1.0], ["words", "rare" + str(n), 0.5]],
            }
        )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("ranker")
    domain, rows = read_rows(made_up(folder / "rows.jsonl"))
    chosen = Settings(dimensions=4, epochs=25, rate=0.05, shrink=0.001, least_words=3, batch=32)
    model, keys = fit(domain, rows, chosen, say=lambda _: None)
    return folder, domain, rows, model, keys


def test_learns_what_content_does_not_know(taught):
    _, _, rows, model, keys = taught
    held = rows["validation"]
    with torch.no_grad():
        scores = model(keys.bags(held), held.candidates, held.content)
    assert listwise_loss(scores, held.answers) < listwise_loss(held.content, held.answers) - 0.3


def test_words_of_few_dialogues_have_no_vector(taught):
    _, _, _, _, keys = taught
    assert keys.order == [("words", "even"), ("words", "odd")]


def test_drawn_candidates_weigh_as_all_would(taught):
    _, _, rows, _, _ = taught
    assert torch.allclose(rows["train"].correction[0, -5:].exp(), torch.full((5,), 3.0))
    assert rows["train"].correction[0, :-5].abs().sum() == 0


def test_nothing_said_adds_nothing_before_training(taught):
    _, domain, rows, _, keys = taught
    model = Residual(domain, keys, 4)
    held = rows["validation"]
    assert torch.equal(model(keys.bags(held), held.candidates, held.content), held.content)


def test_the_file_holds_the_model_to_8_bits(taught):
    folder, domain, _, model, keys = taught
    path = folder / "ranker.json"
    write_ranking(path, domain, model, keys)
    file = json.loads(path.read_text(encoding="utf-8"))
    vectors, biases = model.items()
    stored = torch.tensor(file["items"]["values"]).reshape(ITEMS, 4) * file["items"]["step"]
    assert torch.allclose(stored, vectors, atol=file["items"]["step"] * 0.51)
    assert torch.allclose(
        torch.tensor(file["biases"]["values"]) * file["biases"]["step"],
        biases,
        atol=file["biases"]["step"] * 0.51,
    )
    assert file["inputs"]["words"]["keys"] == ["even", "odd"]
    assert file["inputs"]["heard"] == {"keys": [], "step": 1.0, "values": []}
    write_ranking(folder / "again.json", domain, model, keys)
    assert (folder / "again.json").read_bytes() == path.read_bytes()


def test_recall_counts_every_recommended_item():
    scores = torch.tensor([[3.0, 2.0, 1.0], [1.0, 2.0, 3.0]])
    answers = torch.tensor([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    assert recalls(scores, answers)[0] == pytest.approx(1 / 3)
    assert recalls(scores, answers)[1] == 1.0


def test_a_missing_split_is_refused(tmp_path):
    path = made_up(tmp_path / "rows.jsonl")
    lines = [line for line in path.read_text().splitlines(True) if '"split": "validation"' not in line]
    path.write_text("".join(lines))
    with pytest.raises(ValueError, match="validation"):
        read_rows(path)
