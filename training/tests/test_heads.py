import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from assay_train import graph_heads, heads, metrics, model
from assay_train.heads import HEADS

SIDES = {"mean64": 10, "mean96": 10, "mean160": 5, "mean1280": 5}
SIDES |= {"fine64": 14, "fine96": 14, "fine160": 7, "fine1280": 7, "traces": 0}


def channels(name: str) -> int:
    return 50 if name == "traces" else int(name.removeprefix("mean").removeprefix("fine"))


def some_clips(n: int = 40, copies: int = 2):
    """Columns of all features, with labels, groups and clips; the classes differ in level 96."""
    rng = np.random.default_rng(0)
    label = np.repeat(np.arange(n) % 2, copies)
    raw = {name: rng.normal(size=(n * copies, channels(name))) for name in SIDES}
    raw["mean96"] += label[:, None]
    return raw, label, np.repeat(np.arange(n) // 2, copies), np.repeat(np.arange(n), copies)


def columns(raw: dict, head: heads.Head) -> np.ndarray:
    return np.concatenate([raw[name] for name in head.features], axis=1)


def fit_all(raw: dict, label: np.ndarray, group: np.ndarray, clip: np.ndarray) -> dict:
    widths = {name: [raw[f].shape[1] for f in head.features] for name, head in HEADS.items()}
    return heads.fit({name: columns(raw, head) for name, head in HEADS.items()}, widths, label, group, clip, {})


def fitted_heads() -> tuple[dict, dict]:
    raw, label, group, clip = some_clips()
    return raw, fit_all(raw, label, group, clip)


def test_heads_sum_to_the_machine():
    raw, label, group, clip = some_clips()
    fit = fit_all(raw, label, group, clip)
    answer = sum(heads.answer(fit[name], columns(raw, head)) for name, head in HEADS.items())
    means = {name: heads.mean_by(clip, columns(raw, head))[1] for name, head in HEADS.items()}
    widths = {name: [raw[f].shape[1] for f in head.features] for name, head in HEADS.items()}
    kernel = sum(heads.space_of(head, means[name], widths[name]).kernel() for name, head in HEADS.items())
    weights = heads.hard_real_weights(kernel, label[::2], group[::2])
    alpha, bias = heads.fit_machine(kernel, label[::2], weights)
    of_means = sum(heads.answer(fit[name], means[name]) for name in HEADS)
    assert np.allclose(of_means, kernel @ alpha + bias)
    assert metrics.auc(label, answer) > 0.9


def test_hard_real_clips_count_more_and_classes_the_same():
    rng = np.random.default_rng(3)
    label = np.arange(80) % 2
    x = rng.normal(size=(80, 3)) + 2 * label[:, None]
    x[0] += 3  # a real clip that looks generated
    weights = heads.hard_real_weights(x @ x.T, label, np.arange(80))
    assert weights[0] == weights[label == 0].max() > 2 * np.median(weights[label == 0])
    assert np.ptp(weights[label == 1]) == pytest.approx(0)
    assert weights[label == 0].sum() == pytest.approx(weights[label == 1].sum())
    assert weights.mean() == pytest.approx(1)


def test_clips_are_scored_by_who_has_not_seen_their_group():
    """Labels that only the group tells: a machine that had seen it would know them."""
    rng = np.random.default_rng(4)
    group = np.repeat(np.arange(60), 4)
    label = rng.integers(0, 2, 60)[group]
    x = rng.normal(size=(60, 40))[group]
    weights = metrics.equal_weights(label, group)
    alpha, bias = heads.fit_machine(x @ x.T, label, weights)
    assert metrics.auc(label, x @ x.T @ alpha + bias) > 0.95
    assert metrics.auc(label, heads.scores_of_unseen(x @ x.T, label, group, weights)) < 0.7


def test_a_head_is_blind_to_what_only_the_conversion_changes():
    raw, label, group, clip = some_clips()
    along = np.random.default_rng(5).normal(size=50)
    raw["traces"] += np.outer(np.where(label == 1, 1, -1), along)  # all that the traces tell lies along it
    widths = {name: [raw[f].shape[1] for f in head.features] for name, head in HEADS.items()}
    given = {name: columns(raw, head) for name, head in HEADS.items()}
    plain = heads.fit(given, widths, label, group, clip, {})["traces"]
    steady = heads.fit(given, widths, label, group, clip, {"traces": np.outer([3.0, -3.0], along)})["traces"]
    assert abs(steady["w"] @ along) < 0.1 * abs(plain["w"] @ along)


def test_mean_by_key():
    first, means = heads.mean_by(np.array(["b", "a", "b"]), np.array([[1.0], [5.0], [3.0]]))
    assert first.tolist() == [1, 0]
    assert means.tolist() == [[5.0], [2.0]]


def test_blocks_count_the_same_however_wide():
    rng = np.random.default_rng(1)
    x = np.concatenate([rng.normal(0, 1, (4000, 4)), rng.normal(0, 9, (4000, 100))], 1)
    scaled = x / heads.column_scale(x, [4, 100])
    narrow, wide = (scaled[:, :4] ** 2).sum(1).mean(), (scaled[:, 4:] ** 2).sum(1).mean()
    assert narrow == pytest.approx(wide, rel=0.05)
    assert narrow + wide == pytest.approx(1, rel=0.05)


def test_heads_find_a_difference_and_survive_storage():
    raw, fit = fitted_heads()
    label = some_clips()[1]
    for name, parts in heads.unpack(heads.pack(fit)).items():
        score = heads.answer(parts, columns(raw, HEADS[name]))
        assert np.allclose(score, heads.answer(fit[name], columns(raw, HEADS[name])))
        if "mean96" in HEADS[name].features:
            assert score[label == 1].mean() > score[label == 0].mean() + 0.1


@pytest.mark.parametrize("name", HEADS)
def test_graph_gives_the_same_answer_and_cells_sum_to_it(name):
    _, fit = fitted_heads()
    rng = np.random.default_rng(2)
    shapes = {f: (4, channels(f), s, s) if s else (1, channels(f)) for f, s in SIDES.items()}
    maps = {f: rng.normal(size=shape).astype(np.float32) for f, shape in shapes.items()}
    graph = model.Graph()
    pools = graph_heads.Pools(graph, {f: graph_heads.Tap(f"in{f}", channels(f), s) for f, s in SIDES.items()})
    logit, cells = graph_heads.add(pools, name, HEADS[name], fit[name], 0.7)
    graph.op("Identity", [logit], "logit")
    graph.op("Sum", cells, "map")
    built = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "head",
            [helper.make_tensor_value_info(f"in{k}", TensorProto.FLOAT, v.shape) for k, v in maps.items()],
            [
                helper.make_tensor_value_info("logit", TensorProto.FLOAT, [1, 1]),
                helper.make_tensor_value_info("map", TensorProto.FLOAT, [5, 5]),
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", model.OPSET)],
        ir_version=model.IR_VERSION,
    )
    onnx.checker.check_model(built)
    session = onnxruntime.InferenceSession(built.SerializeToString(), providers=["CPUExecutionProvider"])
    found, cells = session.run(["logit", "map"], {f"in{k}": v for k, v in maps.items()})
    means = {k: (v.mean((0, 2, 3))[None] if SIDES[k] else v).astype(np.float64) for k, v in maps.items()}
    expected = heads.answer(fit[name], columns(means, HEADS[name]))[0]
    assert float(found[0, 0]) == pytest.approx(expected, abs=5e-3)
    bias = fit[name]["b"] if not HEADS[name].gammas else 0
    assert cells.sum() == pytest.approx(0.7 * (float(found[0, 0]) - float(bias)), abs=1e-3)
    assert cells.shape == (5, 5)
