"""Verb: write public/model/model.onnx and model.json. `python -m assay_train.export [--id assay-det-1]`

Graph: `frames` float32 [8, 3, 160, 160] in -1..1 -> `logit` [1] (calibrated, equal prior), `cues` [heads]
(calibrated logits of each head alone), `map` [5, 5] (what each cell of the picture adds to `logit`).
"""

import argparse
import datetime
import hashlib
import json
import re

import numpy as np
import onnx

from . import data, golden, model, paths
from .preprocess import INPUT_SIDE
from .train import HEADS

STRONG_PROMISE = 0.005  # at most 1 in 200 real videos


def level_of(name: str) -> str:
    """`96` of `mean96`."""
    return name.removeprefix("mean")


def pooled_frames(graph: model.Graph, taps: dict[str, str], names: tuple[str, ...]) -> str:
    """The named features, averaged over positions and frames: [1, columns]."""
    axes = {"axes": [0, 2, 3], "keepdims": 1}
    parts = [graph.op("Flatten", [graph.op("ReduceMean", [taps[level_of(n)]], **axes)], axis=1) for n in names]
    return graph.op("Concat", parts, axis=1) if len(parts) > 1 else parts[0]


def cell_maps(
    graph: model.Graph, taps: dict[str, str], names: tuple[str, ...], w: np.ndarray, gain: float
) -> list[str]:
    """What each of 5 x 5 cells adds to the answer through a head: tensors [1, 1, 5, 5].

    All cells of all heads and the biases sum to the logit.
    """
    out, at = [], 0
    for name in names:
        level = level_of(name)
        part, at = w[at : at + int(level)], at + int(level)
        key = f"map{graph.count}"
        weights = graph.const(key, (part * gain / model.GRID**2).astype(np.float32).reshape(1, -1, 1, 1))
        y = graph.op("Conv", [graph.op("ReduceMean", [taps[level]], axes=[0], keepdims=1), weights])
        k = model.MAP_SIDE[level] // model.GRID
        out.append(graph.op("AveragePool", [y], kernel_shape=[k, k], strides=[k, k]) if k > 1 else y)
    return out


def build(heads: dict, a: float, b: float, cues: list[tuple[float, float]]) -> onnx.ModelProto:
    """`a`, `b`: calibration of the answer; `cues`: of each head alone."""
    graph = model.Graph()
    taps = model.backbone(graph, model.load_weights(), "frames")
    gains = a / heads["scale"] / len(HEADS)
    logits, maps = [], []
    for i, (name, (columns, _)) in enumerate(HEADS.items()):
        w = graph.const(f"{name}_w", heads[f"{name}_w"].astype(np.float32)[:, None])
        bias = graph.const(f"{name}_b", heads[f"{name}_b"].astype(np.float32).reshape(1))
        logits.append(graph.op("Gemm", [pooled_frames(graph, taps, columns), w, bias]))
        maps += cell_maps(graph, taps, columns, heads[f"{name}_w"], gains[i])
    stacked = graph.op("Concat", logits, axis=1)  # [1, heads]
    mix = graph.const("mix_w", gains.astype(np.float32)[:, None])
    mixed = graph.op("Gemm", [stacked, mix, graph.const("mix_b", np.array([b], np.float32))])
    graph.op("Reshape", [mixed, graph.const("shape_1", np.array([1], np.int64))], "logit")
    slope = graph.const("cue_a", np.array([c[0] for c in cues], np.float32))
    shift = graph.const("cue_b", np.array([c[1] for c in cues], np.float32))
    moved = graph.op("Add", [graph.op("Mul", [stacked, slope]), shift])
    graph.op("Reshape", [moved, graph.const("shape_n", np.array([len(HEADS)], np.int64))], "cues")
    cells = graph.op("Sum", maps)
    graph.op("Reshape", [cells, graph.const("shape_map", np.array([model.GRID, model.GRID], np.int64))], "map")
    outputs = [("logit", [1]), ("cues", [len(HEADS)]), ("map", [model.GRID, model.GRID])]
    return model.finish(graph, outputs, data.FRAMES)


def facts(model_id: str, content: bytes, figures: dict, created: str) -> dict:
    band = figures["bands"]
    return {
        "id": model_id,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "created": created,
        "data_version": figures["data_version"],
        "inputs": [{"name": "frames", "type": "float32", "shape": [data.FRAMES, 3, INPUT_SIDE, INPUT_SIDE]}],
        "outputs": [
            {"name": "logit", "shape": [1]},
            {"name": "cues", "shape": [len(HEADS)]},
            {"name": "map", "shape": [model.GRID, model.GRID]},
        ],
        "preprocessing": {
            "region": "centre square, side min(width, height, 1080)",
            "frames": data.FRAMES,
            "step_s": data.STEP_S,
            "resize": "area average",
            "side": INPUT_SIDE,
            "divide": 127.5,
            "subtract": 1,
        },
        "calibration": {
            "kind": "Platt, inside the graph",
            "a": round(figures["calibration"]["a"], 6),
            "b": round(figures["calibration"]["b"], 6),
            "prior": 0.5,
            "ece": figures["calibration"]["ece_all"],
        },
        "cues": [
            {"cue": cue["cue"], "weight": round(1 / len(HEADS), 4), "auc": cue["auc"], "tpr_at_5": cue["tpr_at_5"]}
            for cue in figures["cues"]
        ],
        "thresholds": band["thresholds"],
        "disagree_logit": figures["within_video"]["quantiles_logit"]["0.99"],
        "false_alarms": {
            "sources": band["sources"],
            "at_strong": band["strong"]["real_sources_reaching"],
            "at_strong_upper95": band["strong"]["upper95"],
            "strong_promise": STRONG_PROMISE,
            "strong_promise_proved": band["strong"]["upper95"] <= STRONG_PROMISE,
            "placed_on_other_folds_at_strong": band["strong"]["reaching_when_placed_on_other_folds"],
            "at_some": band["some"]["real_sources_reaching"],
            "at_some_upper95": band["some"]["upper95"],
        },
        "figures": {
            "auc": figures["main"]["auc"],
            "auc95": figures["main"]["auc95"],
            "tpr_at_1": figures["main"]["tpr_at_1"],
            "tpr_at_5": figures["main"]["tpr_at_5"],
            "hit_rate_strong": band["strong"]["hit_rate_main"],
            "hit_rate_some": band["some"]["hit_rate_main"],
        },
        "licences": {
            "model": "MIT",
            "starting_weights": "MobileNetV2 1.0 (ImageNet), google-coral/edgetpu 5020de9, Apache-2.0",
        },
    }


def as_json(value: dict) -> str:
    """In the repository's format: arrays of plain values on one line."""
    text = json.dumps(value, indent=2)
    return re.sub(r"\[\s+([^][{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--id", default="assay-det-1")
    parser.add_argument("--created", default=datetime.date.today().isoformat())
    args = parser.parse_args()
    figures = json.loads((paths.RESULTS / "figures.json").read_text())
    heads = dict(np.load(paths.WORK / "heads.npz"))
    calibration = figures["calibration"]
    built = build(heads, calibration["a"], calibration["b"], [(c["a"], c["b"]) for c in figures["cues"]])
    content = built.SerializeToString()
    if len(content) > 5 * 1024 * 1024:
        raise SystemExit(f"{len(content)} bytes are more than 5 MiB")
    paths.MODEL_DIR.mkdir(parents=True, exist_ok=True)
    (paths.MODEL_DIR / "model.onnx").write_bytes(content)
    tests = golden.expected(model.session(built))
    described = facts(args.id, content, figures, args.created)
    described["self_test"] = [
        {"seed": t["seed"], "side": t["side"], "logit": t["logit"]}
        for t in tests
        if (t["seed"], t["side"]) in golden.SELF_TEST
    ]
    (paths.MODEL_DIR / "model.json").write_text(as_json(described))
    print(f"{args.id}: {len(content)} bytes, {described['sha256']}")


if __name__ == "__main__":
    main()
