"""BERT's encoder (Devlin et al. 2019) as ONNX graphs, weights stored as 8-bit integers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
IR_VERSION = 9


@dataclass(frozen=True)
class Sizes:
    """Shape of the network."""

    width: int
    heads: int
    epsilon: float
    positions: int
    """Most tokens of a text; position vectors beyond are left out."""

    @property
    def head_width(self) -> int:
        """Width of one attention head."""
        return self.width // self.heads


def quantise(weight: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric 8-bit integers and one scale for each index of `axis`: weight ~ integers * scale."""
    others = tuple(i for i in range(weight.ndim) if i != axis)
    scale = np.maximum(np.abs(weight).max(axis=others, keepdims=True), 1e-12) / 127
    integers = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
    return integers, scale.reshape(-1).astype(np.float32)


@dataclass
class Builder:
    """Collects nodes and constants of one graph."""

    nodes: list = field(default_factory=list)
    constants: list = field(default_factory=list)

    def op(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        """Add a node with one output; its name."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, values: np.ndarray) -> str:
        """Add a constant; its name."""
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, name: str) -> str:
        """x W^T + b with W of shape [out, in]; one scale for each output."""
        integers, scale = quantise(weight.T, 1)
        stored = self.constant(f"{name}.weight", integers)
        scales = self.constant(f"{name}.scale", scale)
        floats = self.op("DequantizeLinear", [stored, scales], f"{name}.floats", axis=1)
        product = self.op("MatMul", [x, floats], f"{name}.product")
        return self.op("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def norm(self, x: str, weights: Mapping[str, np.ndarray], prefix: str, epsilon: float, name: str) -> str:
        """Layer normalisation over the last axis."""
        scale = self.constant(f"{name}.scale", weights[f"{prefix}.weight"])
        bias = self.constant(f"{name}.bias", weights[f"{prefix}.bias"])
        return self.op("LayerNormalization", [x, scale, bias], name, axis=-1, epsilon=epsilon)


def embed(b: Builder, weights: Mapping[str, np.ndarray], sizes: Sizes) -> str:
    """Vectors of `ids` [batch, length] from the 8-bit table, with their positions, normalised."""
    integers, scale = quantise(weights["embeddings.word_embeddings.weight"], 0)
    table = b.constant("words.table", integers)
    scales = b.constant("words.scales", scale.reshape(-1, 1))
    rows = b.op("Cast", [b.op("Gather", [table, "ids"], "words.rows")], "words.floats", to=TensorProto.FLOAT)
    words = b.op("Mul", [rows, b.op("Gather", [scales, "ids"], "words.scale")], "words")
    places = weights["embeddings.position_embeddings.weight"][: sizes.positions]
    # Every text is of the first segment, whose vector is added to the positions'.
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    length = b.op("Gather", [b.op("Shape", ["ids"], "shape"), b.constant("second", np.array([1]))], "length")
    own = b.op(
        "Slice", [b.constant("places.table", places), b.constant("start", np.array([0])), length], "places"
    )
    return b.norm(
        b.op("Add", [words, own], "embedded"), weights, "embeddings.LayerNorm", sizes.epsilon, "layer0"
    )


def mask_bias(b: Builder) -> str:
    """0 where `mask` [batch, length] is 1, very negative elsewhere; shape [batch, 1, 1, length]."""
    wide = b.op("Unsqueeze", ["mask", b.constant("axes12", np.array([1, 2]))], "mask.wide")
    floats = b.op("Cast", [wide], "mask.floats", to=TensorProto.FLOAT)
    less = b.op("Sub", [floats, b.constant("mask.one", np.array([1], np.float32))], "mask.less")
    return b.op("Mul", [less, b.constant("mask.large", np.array([1e9], np.float32))], "mask.bias")


def layer(b: Builder, x: str, bias: str, weights: Mapping[str, np.ndarray], number: int, sizes: Sizes) -> str:
    """One transformer layer, numbered from 1."""
    own = f"encoder.layer.{number - 1}"
    name = f"layer{number}"

    def linear(value: str, part: str, to: str) -> str:
        return b.linear(value, weights[f"{own}.{part}.weight"], weights[f"{own}.{part}.bias"], f"{name}.{to}")

    def by_head(value: str, order: list[int]) -> str:
        shape = b.constant(f"{value}.shape", np.array([0, 0, sizes.heads, sizes.head_width]))
        split = b.op("Reshape", [value, shape], f"{value}.split")
        return b.op("Transpose", [split], f"{value}.heads", perm=order)

    query = by_head(linear(x, "attention.self.query", "query"), [0, 2, 1, 3])
    key = by_head(linear(x, "attention.self.key", "key"), [0, 2, 3, 1])
    value = by_head(linear(x, "attention.self.value", "value"), [0, 2, 1, 3])
    product = b.op("MatMul", [query, key], f"{name}.similarity")
    root = b.constant(f"{name}.root", np.array([sizes.head_width**-0.5], np.float32))
    scaled = b.op("Mul", [product, root], f"{name}.scaled")
    shares = b.op("Softmax", [b.op("Add", [scaled, bias], f"{name}.masked")], f"{name}.shares", axis=-1)
    mixed = b.op("MatMul", [shares, value], f"{name}.mixed")
    together = b.op("Transpose", [mixed], f"{name}.together", perm=[0, 2, 1, 3])
    flat = b.op(
        "Reshape", [together, b.constant(f"{name}.flat", np.array([0, 0, sizes.width]))], f"{name}.joined"
    )
    attended = b.op("Add", [x, linear(flat, "attention.output.dense", "attended")], f"{name}.sum")
    middle = b.norm(attended, weights, f"{own}.attention.output.LayerNorm", sizes.epsilon, f"{name}.middle")
    inner = b.op("Gelu", [linear(middle, "intermediate.dense", "inner")], f"{name}.gelu")
    outer = b.op("Add", [middle, linear(inner, "output.dense", "outer")], f"{name}.residual")
    return b.norm(outer, weights, f"{own}.output.LayerNorm", sizes.epsilon, name)


def model(b: Builder, inputs: list, output: str, sizes: Sizes) -> onnx.ModelProto:
    """The finished model with one output, `vectors` [batch, length, width]."""
    b.op("Identity", [output], "vectors")
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", "length", sizes.width])
    graph = helper.make_graph(b.nodes, "encoder", inputs, [vectors], b.constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(made, full_check=True)
    return made


def lower_layers(weights: Mapping[str, np.ndarray], layers: int, sizes: Sizes) -> onnx.ModelProto:
    """From token numbers to the output of layer `layers`: inputs `ids`, `mask` [batch, length]."""
    b = Builder()
    x = embed(b, weights, sizes)
    bias = mask_bias(b)
    for number in range(1, layers + 1):
        x = layer(b, x, bias, weights, number, sizes)
    both = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("ids", "mask")
    ]
    return model(b, both, x, sizes)


def upper_layers(weights: Mapping[str, np.ndarray], first: int, last: int, sizes: Sizes) -> onnx.ModelProto:
    """From the output of the layer before `first` to that of `last`: inputs `lower` and `mask`."""
    b = Builder()
    x, bias = "lower", mask_bias(b)
    for number in range(first, last + 1):
        x = layer(b, x, bias, weights, number, sizes)
    lower = helper.make_tensor_value_info("lower", TensorProto.FLOAT, ["batch", "length", sizes.width])
    mask = helper.make_tensor_value_info("mask", TensorProto.INT64, ["batch", "length"])
    return model(b, [lower, mask], x, sizes)
