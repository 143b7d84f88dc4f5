import hashlib
import json

import numpy as np
import pytest
from gguf import GGMLQuantizationType
from gguf.quants import quantize

from recipe.architecture import GROUP, TOY, Architecture
from recipe.artifact import write_artifact
from recipe.chat_config import END
from recipe.layout import lay_out, packed_pair, stock_pair
from recipe.library.compile import parameters
from recipe.packing import Packed, unpack_blocks
from recipe.shards import read_shards, write_shards
from recipe.source_gguf import halve_rotary, interleave_rotary

from . import golden
from .toy import ToySource, toy_weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("toy")
    golden.write(path)
    return path


def test_committed_fixture_is_what_the_recipe_writes(folder):
    assert {p.name for p in folder.iterdir()} == {p.name for p in golden.FOLDER.iterdir()}
    for path in folder.iterdir():
        # Newer tokenizers releases may write the same tokenizer with other white space.
        if path.suffix == ".json":
            assert json.loads(path.read_text()) == json.loads((golden.FOLDER / path.name).read_text())
        else:
            assert path.read_bytes() == (golden.FOLDER / path.name).read_bytes(), path.name


def gguf_rows(arrays, stored: str, columns: np.ndarray) -> bytes:
    """Rows of a GGUF tensor, by FORMAT.md: block after block of scale and code bytes."""
    packed = Packed(arrays[f"{stored}.words"][:, columns], arrays[f"{stored}.scales"][:, columns])
    code_bytes, scales = unpack_blocks(packed)
    scale_bytes = np.ascontiguousarray(scales)[..., None].view(np.uint8)
    return np.concatenate([scale_bytes, code_bytes], axis=-1).tobytes()


def test_format_description_gives_the_expected_tensors(folder):
    arrays, a = read_shards(folder), TOY
    expected = json.loads((folder / "expected-gguf.json").read_text())["tensors"]

    def check(name: str, raw: bytes) -> None:
        assert hashlib.sha256(raw).hexdigest() == expected.pop(name)["sha256"], name

    def rotary(count: int) -> np.ndarray:
        n = np.arange(count * a.head_size)
        d = n % a.head_size
        return n // a.head_size * a.head_size + d % 2 * (a.head_size // 2) + d // 2

    check("token_embd.weight", gguf_rows(arrays, "embedding", np.arange(a.vocabulary)))
    check("output_norm.weight", arrays["norm.weight"].tobytes())
    for i in range(a.layers):
        stored, blk = f"layers.{i}", f"blk.{i}"
        qkv = f"{stored}.attention.qkv"
        kv = a.kv_size
        check(f"{blk}.attn_q.weight", gguf_rows(arrays, qkv, rotary(a.heads)))
        check(f"{blk}.attn_k.weight", gguf_rows(arrays, qkv, a.query_size + rotary(a.kv_heads)))
        check(f"{blk}.attn_v.weight", gguf_rows(arrays, qkv, a.query_size + kv + np.arange(kv)))
        check(f"{blk}.attn_output.weight", gguf_rows(arrays, f"{stored}.attention.o", np.arange(a.hidden)))
        inner = np.arange(a.intermediate)
        check(f"{blk}.ffn_gate.weight", gguf_rows(arrays, f"{stored}.mlp.gate_up", inner))
        check(f"{blk}.ffn_up.weight", gguf_rows(arrays, f"{stored}.mlp.gate_up", a.intermediate + inner))
        check(f"{blk}.ffn_down.weight", gguf_rows(arrays, f"{stored}.mlp.down", np.arange(a.hidden)))
        check(f"{blk}.attn_norm.weight", arrays[f"{stored}.attention_norm.weight"].tobytes())
        check(f"{blk}.ffn_norm.weight", arrays[f"{stored}.mlp_norm.weight"].tobytes())
    assert not expected


def test_row_order_commutes_with_quantisation():
    w = toy_weights()["model.layers.0.self_attn.q_proj.weight"]
    q4 = GGMLQuantizationType.Q4_0
    rows = quantize(w, q4)
    np.testing.assert_array_equal(quantize(interleave_rotary(w, 2), q4), interleave_rotary(rows, 2))
    np.testing.assert_array_equal(halve_rotary(interleave_rotary(w, 2), 2), w)


@pytest.mark.parametrize("stock", [False, True])
def test_weights_are_what_the_library_expects(stock):
    arrays = lay_out(TOY, toy_weights(), stock_pair if stock else packed_pair)
    expected = {p.name: (p.shape, p.dtype) for p in parameters(TOY, stock)}
    assert {n: (a.shape, a.dtype.name) for n, a in arrays.items()} == expected


def test_shards_keep_every_tensor_whole_and_small(tmp_path):
    arrays = lay_out(TOY, toy_weights())
    write_shards(arrays, tmp_path, shard_bytes=30_000)
    assert all(p.stat().st_size <= 30_000 for p in tmp_path.glob("*.bin"))
    again = read_shards(tmp_path)
    assert again.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(again[name], array)
    with pytest.raises(ValueError, match="a shard at most"):
        write_shards(arrays, tmp_path, shard_bytes=1000)


def test_chat_config_opens_each_role_with_the_end_of_the_last(folder):
    config = json.loads((folder / "mlc-chat-config.json").read_text())
    template = config["conv_template"]
    assert END not in template["system_template"] and template["seps"] == [""]
    assert all(role.startswith(END) for role in template["roles"].values())
    prompt = (
        template["system_template"].replace("{system_message}", "S")
        + f"{template['roles']['user']}{template['role_content_sep']}U"
        + f"{template['roles']['assistant']}{template['role_empty_sep']}"
    )
    wanted = "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n"
    assert prompt == wanted


def test_shapes_that_the_kernels_cannot_tile_are_refused():
    fields = {name: getattr(TOY, name) for name in TOY.__dataclass_fields__}
    for change, message in (
        ({"hidden": 96}, "hidden"),
        ({"vocabulary": 100}, "vocabulary"),
        ({"kv_heads": 3, "heads": 4}, "evenly"),
    ):
        with pytest.raises(ValueError, match=message):
            Architecture(**{**fields, **change}).check()
    assert TOY.hidden % (2 * GROUP) == 0


def test_a_checkpoint_of_another_shape_is_refused(tmp_path):
    class Wrong(ToySource):
        def weights(self):
            weights = super().weights()
            weights["model.norm.weight"] = np.zeros(8, np.float32)
            return weights

    with pytest.raises(ValueError, match=r"norm\.weight"):
        write_artifact(Wrong(), tmp_path)
