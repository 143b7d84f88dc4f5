import json

import numpy as np
import pytest

from recipe.architecture import TOY
from recipe.source_huggingface import HuggingFaceSource, read_safetensors

from .toy import toy_weights

CONFIG = {
    "model_type": "llama",
    "tie_word_embeddings": True,
    "hidden_size": TOY.hidden,
    "intermediate_size": TOY.intermediate,
    "num_hidden_layers": TOY.layers,
    "num_attention_heads": TOY.heads,
    "num_key_value_heads": TOY.kv_heads,
    "head_dim": TOY.head_size,
    "vocab_size": TOY.vocabulary,
    "rope_theta": TOY.rope_theta,
    "rms_norm_eps": TOY.norm_epsilon,
    "max_position_embeddings": TOY.context_length,
}


def write_safetensors(path, tensors: dict[str, np.ndarray], dtype: str = "F32") -> None:
    header, blobs, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name, array in tensors.items():
        if dtype == "BF16":
            raw = (np.ascontiguousarray(array, np.float32).view(np.uint32) >> 16).astype("<u2").tobytes()
        else:
            raw = array.astype({"F32": "<f4", "F16": "<f2", "I64": "<i8"}[dtype]).tobytes()
        header[name] = {
            "dtype": dtype,
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        blobs.append(raw)
        offset += len(raw)
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(blobs))


def checkpoint(folder, **changes):
    (folder / "config.json").write_text(json.dumps({**CONFIG, **changes}))
    return folder


def test_checkpoint_in_two_files(tmp_path):
    weights = toy_weights()
    names = sorted(weights)
    write_safetensors(tmp_path / "model-1.safetensors", {n: weights[n] for n in names[:5]})
    write_safetensors(tmp_path / "model-2.safetensors", {n: weights[n] for n in names[5:]})
    source = HuggingFaceSource(checkpoint(tmp_path))
    assert source.architecture() == TOY
    found = source.weights()
    assert found.keys() == weights.keys()
    for name in names:
        np.testing.assert_array_equal(found[name], weights[name])


def test_theta_among_rotary_parameters(tmp_path):
    folder = checkpoint(tmp_path, rope_theta=None, rope_parameters={"rope_theta": 5000.0})
    assert HuggingFaceSource(folder).architecture().rope_theta == 5000.0


@pytest.mark.parametrize(("dtype", "tolerance"), [("BF16", 2**-7), ("F16", 2**-10)])
def test_short_floats(tmp_path, dtype, tolerance):
    w = np.random.default_rng(3).normal(size=(4, 8)).astype(np.float32)
    write_safetensors(tmp_path / "m.safetensors", {"w": w}, dtype)
    np.testing.assert_allclose(read_safetensors(tmp_path / "m.safetensors")["w"], w, rtol=tolerance)


def test_other_types_are_refused(tmp_path):
    write_safetensors(tmp_path / "m.safetensors", {"w": np.zeros((2, 2))}, "I64")
    with pytest.raises(ValueError, match="I64"):
        read_safetensors(tmp_path / "m.safetensors")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model_type": "qwen3"}, "qwen3"),
        ({"tie_word_embeddings": False}, "tied"),
        ({"attention_bias": True}, "biases"),
        ({"rope_scaling": {"rope_type": "yarn", "factor": 4.0}}, "rotary"),
    ],
)
def test_models_that_the_library_cannot_run_are_refused(tmp_path, changes, message):
    with pytest.raises(ValueError, match=message):
        HuggingFaceSource(checkpoint(tmp_path, **changes))


def test_a_folder_without_weights_says_so(tmp_path):
    with pytest.raises(ValueError, match="safetensors"):
        HuggingFaceSource(checkpoint(tmp_path)).weights()
