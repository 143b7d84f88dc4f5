from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from recipe.layout import lay_out, restore
from training.action_lines import MOST_TOKENS, write_action_lines
from training.acts import Bigram, People, agreements, conversation, is_human, speaker, written_turns
from training.base import load_tokenizer
from training.evaluate import contexts_of, last_fifth, sample, so_far
from training.examples import Example, Piece, tokenize
from training.intervals import bootstrap_mean
from training.program import Read
from training.scoring import Kind, mark, own_nats
from training.variants import load_for_reading, quantise_as_shipped

from ..toy import TOY, toy_tokenizer, toy_weights
from .made_up import END, made_up_example, toy_config, write_tiny_base

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return write_tiny_base(tmp_path_factory.mktemp("base"), "llama")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_str(toy_tokenizer())


def test_every_own_token_is_of_the_action_line_or_of_the_utterance(tokenizer):
    example = made_up_example(2)
    marks = mark(example, tokenizer, 1000)
    tokens = tokenize(example, tokenizer, 1000)
    assert marks.tokens == tokens
    assert tuple(marks.kinds > 0) == tokens.own

    def text_of(kind: Kind) -> str:
        ids = [i for i, k in zip(tokens.ids, marks.kinds, strict=True) if k == kind]
        return tokenizer.decode(ids, skip_special_tokens=False)

    own = [piece.text for piece in example.pieces if piece.own]
    assert text_of(Kind.ACTION_LINE) == "".join(text.partition("\n")[0] + "\n" for text in own)
    assert text_of(Kind.UTTERANCE) == "".join(text.partition("\n")[2] for text in own)
    # Each own turn begins with its action line.
    assert [marks.kinds[start] for start in marks.starts] == [Kind.ACTION_LINE] * 2
    assert [marks.kinds[start - 1] for start in marks.starts] == [Kind.CONTEXT] * 2
    # A cut example loses whole pieces, here too.
    cut = mark(example, tokenizer, len(tokens.ids) - 1)
    assert len(cut.kinds) == len(cut.tokens.ids) < len(tokens.ids)
    assert len(cut.starts) == 1


def test_nats_are_those_of_the_whole_models_logits(base):
    model = load_for_reading(base, CPU, torch.float32)
    marks = mark(made_up_example(1), load_tokenizer(base), 1000)
    ids = torch.tensor(marks.tokens.ids)
    with torch.no_grad():
        chances = model(input_ids=ids[None]).logits[0].log_softmax(-1)
    expected = [-chances[i - 1, ids[i]].item() for i in range(len(ids)) if marks.tokens.own[i]]
    assert own_nats(model, marks, CPU) == pytest.approx(expected, abs=1e-4)


def test_action_lines_are_the_likeliest_continuation(base):
    model = load_for_reading(base, CPU, torch.float32)
    # Sharper, so that the likeliest token is not a matter of rounding.
    with torch.no_grad():
        model.model.norm.weight.mul_(8)
    tokenizer = load_tokenizer(base)
    marks = mark(made_up_example(3), tokenizer, 1000)
    ids = list(marks.tokens.ids)
    starts = [*marks.starts, marks.starts[0] + 3]
    lines = write_action_lines(model, tokenizer, ids, starts, CPU)
    for start, line in zip(starts, lines, strict=True):
        written: list[int] = []
        while len(written) < MOST_TOKENS:
            with torch.no_grad():
                token = int(model(input_ids=torch.tensor([ids[:start] + written])).logits[0, -1].argmax())
            if token == tokenizer.token_to_id(END):
                break
            written.append(token)
            if "\n" in tokenizer.decode(written, skip_special_tokens=False):
                break
        text = tokenizer.decode(written, skip_special_tokens=False)
        assert line == "".join(text.partition("\n")[:2])
        assert line != ""
    assert write_action_lines(model, tokenizer, ids, [], CPU) == []


def test_rounded_weights_are_those_that_an_artifact_restores(tmp_path):
    from transformers import LlamaForCausalLM

    weights = toy_weights()
    model = LlamaForCausalLM(toy_config()).float()
    model.load_state_dict({name: torch.from_numpy(w) for name, w in weights.items()}, strict=False)
    model.tie_weights()
    quantise_as_shipped(model)
    shipped = restore(TOY, lay_out(TOY, weights))
    named = dict(model.named_parameters())
    assert named.keys() == shipped.keys()
    for name, values in shipped.items():
        assert named[name].detach().numpy().tobytes() == values.tobytes(), name
    assert model.lm_head.weight is model.model.embed_tokens.weight


def test_the_interval_is_over_dialogues_not_over_tokens():
    # Ten tokens of each dialogue are alike: as many independent ones would give a far smaller interval.
    per_dialogue = np.random.default_rng(1).normal(3, 1, 50)
    counts = np.full(50, 10)
    found = bootstrap_mean(per_dialogue * 10, counts)
    assert found.value == pytest.approx(per_dialogue.mean())
    assert (found.n, found.dialogues) == (500, 50)
    half = (found.high - found.low) / 2
    assert half == pytest.approx(1.96 * per_dialogue.std() / 50**0.5, rel=0.15)
    assert bootstrap_mean(per_dialogue * 10, counts) == found
    # Dialogues without anything to count do not count.
    assert bootstrap_mean(np.array([4.0, 0.0]), np.array([2, 0])).as_dict() == {
        "value": 2.0, "interval": [2.0, 2.0], "n": 2, "dialogues": 1,
    }  # fmt: skip
    with pytest.raises(ValueError, match="nothing"):
        bootstrap_mean(np.zeros(2), np.zeros(2))


def acts(*types: str) -> frozenset[str]:
    return frozenset(types)


def test_bigrams_follow_the_other_side():
    people = People(
        {
            "1": {
                "user": [acts("inform"), acts("accept"), acts("bye")],
                "recommender": [acts("recommend"), acts("chat")],
            },
            "2": {"user": [acts("inform"), acts("seen")], "recommender": []},
        }
    )
    assert people.before("1", "user", 0) == acts("start")
    assert people.before("1", "user", 1) == acts("recommend")
    assert people.before("1", "recommender", 1) == acts("accept")
    assert people.before("2", "user", 1) is None
    model = Bigram(people.pairs("user"))
    assert model.majority == acts("inform")
    assert model.predict(acts("recommend")) == acts("accept")
    assert model.predict(acts("chat")) == acts("bye")
    # What was never seen, and what is not known, is foretold by the commonest of all.
    assert model.predict(acts("answer")) == model.predict(None) == acts("inform")
    with pytest.raises(ValueError, match="no turns"):
        Bigram([])


def test_agreement_is_of_whole_sets_and_of_their_overlap():
    same, part = agreements(
        [acts("seen", "inform"), acts("bye"), acts("chat")], [acts("seen"), acts("bye"), acts()]
    )
    assert same.tolist() == [0, 1, 0]
    assert part.tolist() == [0.5, 1, 0]


def test_examples_say_who_speaks_and_who_made_them():
    example = made_up_example(1)
    assert written_turns(example) == [
        "[inform]\nI like horror films, number 1.",
        "[seen: Saw (2004)]\nYes.",
        "[reject: Up (2009)] [ask]\nNo. What else? Please. ",
    ]
    assert speaker(example, 1) == "user"
    both = Example("17-counterpart", "counterpart", "x", (Piece("", True),))
    assert [speaker(both, i) for i in range(3)] == ["user", "recommender", "user"]
    assert conversation(both) == "17"
    assert is_human(both)
    assert not is_human(Example("17-counter-0", "user", "x", ()))


def test_contexts_are_the_own_turns(tokenizer):
    examples = [made_up_example(n) for n in range(3)]
    marked = [mark(example, tokenizer, 1000) for example in examples]
    contexts = contexts_of(examples, marked, 100)
    # The second turn of the example is context only.
    assert [(c.dialogue, c.turn) for c in contexts] == [(0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (2, 2)]
    assert contexts_of(examples, marked, 3) == contexts[:3]
    for context in contexts:
        ids = marked[context.dialogue].tokens.ids[: context.start]
        assert tokenizer.decode(list(ids), skip_special_tokens=False).endswith("assistant\n")
    assert "You are a person" not in so_far(examples[0], 2)
    assert "Have you seen Saw (2004)?" in so_far(examples[0], 2)
    assert "And this one?" not in so_far(examples[0], 1)


def test_the_sample_is_of_people_and_the_same_for_a_seed():
    examples = [made_up_example(n) for n in range(9)] + [Example("1-counter-0", "user", "x", ())]
    drawn = sample(examples, 5, 1)
    assert drawn == sample(examples[::-1], 5, 1)
    assert drawn != sample(examples, 5, 2)
    assert all(is_human(example) for example in sample(examples, 100, 1))
    assert len(sample(examples, 100, 1)) == 9


def test_a_line_is_well_formed_before_its_items_are_judged():
    def read(*violations: str) -> Read:
        return Read(acts("accept"), frozenset(violations))

    assert read().valid and read("empty-text").valid
    assert read("unknown-item").well_formed and not read("unknown-item").valid
    assert not read("loose-line").well_formed


def test_the_last_fifth_is_of_a_complete_run():
    curve = [{"step": step, "loss": loss} for step, loss in ((0, 4.0), (40, 2.5), (80, 2.02), (100, 2.0))]
    card = {"step": 100, "steps": 100, "validation": curve, "examples": {"validation": 60}}
    found = last_fifth(card)
    assert found["from"] == {"step": 80, "loss": 2.02}
    assert found["fall"] == pytest.approx(0.0099)
    with pytest.raises(SystemExit, match="not complete"):
        last_fifth({**card, "step": 90})
