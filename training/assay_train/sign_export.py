"""Writes the sign finder as `public/marks/sign.onnx` from `work/sign.pt`: `python -m assay_train.sign_export [--to FILE]`"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from . import paths
from .sign_net import Shipped, SignNet
from .sign_train import weights_file

OPSET = 17
#: Smaller tensors aren't worth a node of their own.
MIN_VALUES = 256


def halve(graph: onnx.GraphProto) -> None:
    """Stores large weights in 16 bits, with a cast back, which the runtime does once as it loads."""
    casts = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < MIN_VALUES:
            continue
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), f"{tensor.name}.half"))
        casts.append(helper.make_node("Cast", [f"{tensor.name}.half"], [tensor.name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, default=paths.REPO / "public" / "marks" / "sign.onnx")
    args = parser.parse_args()
    net = SignNet()
    net.load_state_dict(torch.load(weights_file(), weights_only=True))
    args.to.parent.mkdir(parents=True, exist_ok=True)
    sides = {2: "height", 3: "width"}
    torch.onnx.export(
        Shipped(net).eval(),
        (torch.zeros(1, 2, 240, 432),),
        str(args.to),
        input_names=["frames"],
        output_names=["map"],
        dynamic_axes={"frames": sides, "map": {2: "rows", 3: "columns"}},
        opset_version=OPSET,
        dynamo=False,
    )
    model = onnx.load(args.to)
    halve(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, args.to)
    content = args.to.read_bytes()
    print(f"{args.to.name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
