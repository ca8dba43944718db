import json

import numpy as np

from assay_train import features, golden, inputs, model, paths, shipped


def test_heads_read_back_answer_like_the_whole_graph():
    frames = golden.golden_frames(3, 300)
    (logit,) = model.session(paths.MODEL_DIR / "model.onnx").run(["logit"], inputs.feeds(frames))
    columns = {name: value[None] for name, value in features.window_features(frames).items()}
    found = shipped.read(paths.MODEL_DIR / "model.onnx").logits(columns)
    assert np.allclose(found, logit, atol=2e-3)


def test_the_model_takes_what_its_description_says():
    described = json.loads((paths.MODEL_DIR / "model.json").read_text())["inputs"]
    taken = model.session(paths.MODEL_DIR / "model.onnx").get_inputs()
    given = inputs.feeds(golden.golden_frames(1, 240))
    assert {i["name"]: i["shape"] for i in described} == {i.name: i.shape for i in taken} == inputs.SHAPES
    assert {name: list(value.shape) for name, value in given.items()} == inputs.SHAPES
