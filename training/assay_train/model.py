"""The network as an ONNX graph, built by hand from the ImageNet weights.

MobileNetV2 1.0 (google-coral/edgetpu, dequantised): TensorFlow SAME padding, ReLU6 after expansions, depthwise
layers, the stem and the last layer, linear after projections, batch norm folded, input x/127.5 - 1.
Weights are stored as float16 and cast to float32 in the graph, so that it computes in float32; training reads
its features from the same rounded weights that ship.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from . import paths
from .preprocess import INPUT_SIDE

FEATURES = 1280
MAP_SIDE = {"24": 40, "32": 20, "64": 10, "96": 10, "160": 5, "320": 5, "1280": 5}  # of the feature maps at 160 px
GRID = 5  # cells of the map in each direction
OPSET = 17
IR_VERSION = 8

# (first weight index, stride, residual) of the inverted residual blocks; the indices that are missing in the
# weights file are the additions.
_BLOCKS = [
    (3, 2, False), (6, 1, True), (10, 2, False), (13, 1, True), (17, 1, True), (21, 2, False), (24, 1, True),
    (28, 1, True), (32, 1, True), (36, 1, False), (39, 1, True), (43, 1, True), (47, 2, False), (50, 1, True),
    (54, 1, True), (58, 1, False),
]  # fmt: skip


class Graph:
    """Collects nodes and float16 initialisers."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.count = 0
        self.known: set[str] = set()

    def op(self, kind: str, inputs: list[str], output: str | None = None, **attributes) -> str:
        self.count += 1
        output = output or f"t{self.count}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def half(self, name: str, value: np.ndarray) -> str:
        """A float16 initialiser, cast to float32; the same one once."""
        if name in self.known:
            return name
        self.known.add(name)
        self.weights.append(numpy_helper.from_array(value.astype(np.float16), name + "_h"))
        return self.op("Cast", [name + "_h"], name, to=TensorProto.FLOAT)

    def const(self, name: str, value: np.ndarray) -> str:
        """An initialiser as it is; the same one once."""
        if name in self.known:
            return name
        self.known.add(name)
        self.weights.append(numpy_helper.from_array(value, name))
        return name

    def shape(self, dims: list[int]) -> str:
        """A shape, or axes and positions: int64; the same one once."""
        return self.const("i_" + "_".join(map(str, dims)), np.array(dims, np.int64))

    def conv(self, weights: dict, index: int, x: str, stride: int, relu6: bool) -> str:
        w = weights[f"w{index}"]
        depthwise = w.shape[1] == 1 and w.shape[2] == 3
        y = self.op(
            "Conv",
            [x, self.half(f"w{index}", w), self.half(f"b{index}", weights[f"b{index}"])],
            auto_pad="SAME_UPPER",
            strides=[stride, stride],
            group=w.shape[0] if depthwise else 1,
        )
        return self.op("Clip", [y, "zero", "six"]) if relu6 else y


def load_weights() -> dict:
    with np.load(paths.models_dir() / "mobilenet_v2_1.0_imagenet_float32.npz") as archive:
        return dict(archive)


def backbone(graph: Graph, weights: dict, x: str) -> dict[str, str]:
    """Adds the network up to its last feature map, for an input of any size; returns tensor names by depth (channels).

    A second one in the same graph shares the weights of the first.
    """
    graph.const("zero", np.float32(0))
    graph.const("six", np.float32(6))
    taps = {}
    x = graph.conv(weights, 0, x, 2, True)
    x = graph.conv(weights, 1, x, 1, True)
    x = graph.conv(weights, 2, x, 1, False)
    for index, stride, residual in _BLOCKS:
        y = graph.conv(weights, index, x, 1, True)
        y = graph.conv(weights, index + 1, y, stride, True)
        y = graph.conv(weights, index + 2, y, 1, False)
        x = graph.op("Add", [x, y]) if residual else y
        taps[str(weights[f"w{index + 2}"].shape[0])] = x
    taps[str(FEATURES)] = graph.conv(weights, 61, x, 1, True)
    return taps


Described = list[tuple[str, list]]  # names and shapes of float32 tensors


def finish(graph: Graph, outputs: Described, inputs: Described) -> onnx.ModelProto:
    """A checked model."""

    def described(tensors: Described) -> list[onnx.ValueInfoProto]:
        return [helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name, dims in tensors]

    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "assay-estimate",
            described(inputs),
            described(outputs),
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="assay-train",
    )
    onnx.checker.check_model(model)
    return model


def feature_model(levels: tuple[str, ...], side: int) -> onnx.ModelProto:
    """`frames` [n, 3, side, side] -> averages over the positions of the named depths, each `<level>` [n, level]."""
    graph = Graph()
    taps = backbone(graph, load_weights(), "frames")
    for level in levels:
        graph.op("ReduceMean", [taps[level]], level, axes=[2, 3], keepdims=0)
    return finish(graph, [(level, ["n", int(level)]) for level in levels], [("frames", ["n", 3, side, side])])


def session(model: onnx.ModelProto | Path):
    """A one-thread CPU session."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    source = str(model) if isinstance(model, Path) else model.SerializeToString()
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
