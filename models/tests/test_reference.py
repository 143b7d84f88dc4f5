import numpy as np

from recipe.architecture import SMOLLM2_135M, TOY
from recipe.layout import lay_out, restore
from recipe.manifest import WEIGHTS_FOLDER
from recipe.quantisation_report import render
from recipe.quantise import dequantise_q4_0, dequantise_q8_0, quantise_q4_0, quantise_q8_0
from recipe.reference import logits
from recipe.shards import read_shards

from .test_shipped import MODELS, every_model, tokenizer_of
from .toy import toy_weights


def test_restore_gives_the_quantised_values():
    weights = toy_weights()
    found = restore(TOY, lay_out(TOY, weights))
    assert found.keys() == weights.keys()
    for name, w in weights.items():
        if w.ndim == 1:
            wanted = w
        elif "embed" in name:
            wanted = dequantise_q8_0(*quantise_q8_0(w))
        else:
            wanted = dequantise_q4_0(*quantise_q4_0(w))
        np.testing.assert_array_equal(found[name], wanted, err_msg=name)


def test_a_position_sees_only_what_came_before():
    weights = toy_weights()
    ids = [5, 17, 200, 31, 8]
    whole = logits(TOY, weights, ids)
    np.testing.assert_allclose(logits(TOY, weights, ids[:3]), whole[:3], rtol=1e-4, atol=1e-4)
    assert not np.allclose(logits(TOY, weights, [6, *ids[1:]])[-1], whole[-1], atol=1e-3)


@every_model
def test_shipped_weights_know_the_capital_of_france(entry):
    """Fine-tuning may move it from the first place, not out of sight."""
    tokenizer = tokenizer_of(entry)
    prompt = render(["What is the capital of France?"]) + "<|im_start|>assistant\nThe capital of France is"
    weights = restore(SMOLLM2_135M, read_shards(MODELS / entry["id"] / WEIGHTS_FOLDER))
    last = logits(SMOLLM2_135M, weights, tokenizer.encode(prompt).ids)[-1]
    likeliest = [tokenizer.decode([int(token)]) for token in np.argsort(-last)[:10]]
    assert " Paris" in likeliest
