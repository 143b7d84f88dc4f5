import re

import pytest
from tokenizers import Tokenizer

from training.batches import IGNORED, collate, micro_batches, step_examples_of
from training.examples import Tokens, one_of, read_examples, tokenize, tokenize_all

from ..toy import SPECIAL, toy_tokenizer
from .made_up import END, made_up_example, write_examples


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_str(toy_tokenizer())


def test_exactly_the_own_turns_carry_loss(tokenizer):
    example = made_up_example(3)
    tokens = tokenize(example, tokenizer, 1000)
    # The spans are found again in the text, by what ChatML says: what stands after an assistant's heading.
    text = example.text
    turns = list(re.finditer(r"<\|im_start\|>assistant\n(.*?<\|im_end\|>)", text, re.S))
    assert len(turns) == 3
    learned = [turns[0], turns[2]]
    encoding = tokenizer.encode(text, add_special_tokens=False)
    assert list(tokens.ids) == encoding.ids
    for (start, end), own in zip(encoding.offsets, tokens.own, strict=True):
        inside = any(start >= turn.start(1) and end <= turn.end(1) for turn in learned)
        assert own == inside, text[start:end]
    own_text = tokenizer.decode(
        [i for i, own in zip(tokens.ids, tokens.own, strict=True) if own], skip_special_tokens=False
    )
    assert own_text == "".join(turn[1] for turn in learned)
    # Each learned turn ends with the token that ends a turn.
    end_token = SPECIAL.index(END)
    ends = [i for i, own in enumerate(tokens.own) if own and tokens.ids[i] == end_token]
    assert len(ends) == 2


def test_labels_are_the_next_own_token_and_nothing_else(tokenizer):
    examples = [tokenize(made_up_example(n), tokenizer, 1000) for n in (0, 4)]
    batch = collate(examples, pad=0)
    for row, example in enumerate(examples):
        for position in range(batch.ids.shape[1]):
            following = position + 1
            own = following < len(example.ids) and example.own[following]
            expected = example.ids[following] if own else IGNORED
            assert batch.labels[row, position] == expected
    assert batch.own_tokens == sum(sum(example.own) for example in examples)
    assert batch.all_tokens == sum(len(example.ids) for example in examples)


def test_a_long_dialogue_loses_whole_pieces_from_its_end(tokenizer):
    example = made_up_example()
    whole = tokenize(example, tokenizer, 1000)
    cut = tokenize(example, tokenizer, len(whole.ids) - 1)
    last = tokenizer.encode(example.pieces[-1].text, add_special_tokens=False).ids
    assert cut.ids == whole.ids[: -len(last)]
    assert tokenize_all([example], tokenizer, 5) == []
    assert tokenize_all([example], tokenizer, len(whole.ids) - 1) == [cut]
    assert tokenize_all([example], tokenizer, len(whole.ids) - 1, drop_longer=True) == []
    assert tokenize_all([example], tokenizer, len(whole.ids), drop_longer=True) == [whole]


def test_micro_batches_hold_each_example_once_and_keep_their_size():
    examples = [
        Tokens(str(n), tuple(range(n)), (False,) * (n - 1) + (True,), (False,) * n) for n in range(2, 40)
    ]
    batches = micro_batches(examples, 64, pad=0)
    assert sum(batch.ids.shape[0] for batch in batches) == len(examples)
    assert sum(batch.own_tokens for batch in batches) == len(examples)
    assert all(batch.ids.numel() <= 64 for batch in batches)
    # One that is longer than the limit still gets its turn.
    assert len(micro_batches(examples, 10, pad=0)) == len(examples) - 2


def test_every_epoch_sees_each_example_once_in_its_own_order():
    examples = [Tokens(str(n), (1, 2), (False, True), (False, False)) for n in range(10)]

    def seen(epoch: int, seed: int) -> list[str]:
        return [e.id for step in range(3) for e in step_examples_of(examples, epoch * 3 + step, 4, seed)]

    assert sorted(seen(0, 1)) == sorted(seen(1, 1)) == sorted(e.id for e in examples)
    assert seen(0, 1) == seen(0, 1)
    assert seen(0, 1) != seen(1, 1)
    assert seen(0, 1) != seen(0, 2)


def test_reading_names_the_bad_line(tmp_path):
    path = tmp_path / "train.user.jsonl"
    write_examples(path, [made_up_example(1)])
    assert read_examples(path) == [made_up_example(1)]
    path.write_text(path.read_text() + '{"id": "x"}\n')
    with pytest.raises(ValueError, match="line 2"):
        read_examples(path)
    with pytest.raises(ValueError, match="role"):
        one_of(["user", "recommender"], "role")


def test_action_lines_weigh_as_much_as_asked_and_context_nothing(tokenizer):
    example = tokenize(made_up_example(4), tokenizer, 1000)
    batch = collate([example], pad=0, action_weight=4.0)
    line = [i for i, own in enumerate(example.own) if own and example.action[i]]
    text = tokenizer.decode([example.ids[i] for i in line], skip_special_tokens=False)
    assert text == "".join(
        piece.text.split("\n")[0] + "\n" for piece in made_up_example(4).pieces if piece.own
    )
    for position in range(len(example.ids) - 1):
        own = example.own[position + 1]
        expected = (4.0 if example.action[position + 1] else 1.0) if own else 0.0
        assert batch.weights[0, position] == expected
    assert batch.weight == sum(example.own) + 3 * len(line)
