import numpy as np
import onnx
from onnx import TensorProto, helper

from assay_train import model, paths, shipped


def test_heads_read_back_answer_like_the_whole_graph():
    graph = onnx.load(paths.MODEL_DIR / "model.onnx")
    pooled = [node.output[0] for node in graph.graph.node if node.op_type == "Flatten"]
    graph.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in pooled)
    frames = np.random.default_rng(0).uniform(-1, 1, (8, 3, 160, 160)).astype(np.float32)
    logit, *averages = model.session(graph).run(["logit", *pooled], {"frames": frames})
    columns = {f"mean{value.shape[1]}": value for value in averages}
    assert len(columns) == len(pooled)
    found = shipped.read(paths.MODEL_DIR / "model.onnx").logits(columns)
    assert np.allclose(found, logit, atol=1e-3)
