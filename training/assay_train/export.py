"""Verb: write public/model/model.onnx and model.json. `python -m assay_train.export [--id assay-det-5]`

Graph: the inputs of inputs.py -> `logit` [1] (calibrated, equal prior), `cues` [heads] (calibrated logits of each
head alone), `map` [5, 5] (what each cell of the picture adds to `logit`).
"""

import argparse
import datetime
import hashlib
import json
import re

import numpy as np
import onnx

from . import data, features, golden, graph_heads, inputs, metrics, model, paths, traces
from .graph_heads import Tap
from .heads import HEADS, unpack
from .preprocess import FINE_SIDE, INPUT_SIDE

MOST_BYTES = 6_000_000
STRONG_PROMISE = 0.005  # at most 1 in 200 real videos


def is_proved(placed_on_others: int, sources: int) -> bool:
    """Whether the promise holds for other videos: counted with thresholds that were placed on other sources."""
    return metrics.upper95(placed_on_others, sources) <= STRONG_PROMISE


def taps(graph: model.Graph) -> dict[str, Tap]:
    """All that heads can look at, by the names of features.py; the network runs once for each size of frames."""
    weights = model.load_weights()
    found = {"traces": Tap("traces", traces.COLUMNS, 0)}
    for prefix, name, side, levels in (
        ("mean", "frames", INPUT_SIDE, features.LEVELS),
        ("fine", "fine", FINE_SIDE, features.FINE_LEVELS),
    ):
        maps = model.backbone(graph, weights, name)
        found |= {
            prefix + level: Tap(maps[level], int(level), model.MAP_SIDE[level] * side // INPUT_SIDE) for level in levels
        }
    return found


def build(stored: dict, a: float, b: float, cues: list[tuple[float, float]]) -> onnx.ModelProto:
    """`stored`: work/heads.npz; `a`, `b`: calibration of the answer; `cues`: of each head alone."""
    graph = model.Graph()
    pools = graph_heads.Pools(graph, taps(graph))
    fitted = unpack(stored)
    logits, maps = [], []
    for name, head in HEADS.items():
        logit, cells = graph_heads.add(pools, name, head, fitted[name], a)
        logits.append(logit)
        maps += cells
    stacked = graph.op("Concat", logits, axis=1)  # [1, heads]
    mix = graph.const("mix_w", np.full((len(HEADS), 1), a, np.float32))
    mixed = graph.op("Gemm", [stacked, mix, graph.const("mix_b", np.array([b], np.float32))])
    graph.op("Reshape", [mixed, graph.shape([1])], "logit")
    slope = graph.const("cue_a", np.array([c[0] for c in cues], np.float32))
    shift = graph.const("cue_b", np.array([c[1] for c in cues], np.float32))
    moved = graph.op("Add", [graph.op("Mul", [stacked, slope]), shift])
    graph.op("Reshape", [moved, graph.shape([len(HEADS)])], "cues")
    graph.op("Sum", maps, "map")
    outputs = [("logit", [1]), ("cues", [len(HEADS)]), ("map", [model.GRID, model.GRID])]
    return model.finish(graph, outputs, list(inputs.SHAPES.items()))


def facts(model_id: str, content: bytes, figures: dict, created: str) -> dict:
    band = figures["bands"]
    return {
        "id": model_id,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "created": created,
        "data_version": figures["data_version"],
        "inputs": [{"name": name, "type": "float32", "shape": shape} for name, shape in inputs.SHAPES.items()],
        "outputs": [
            {"name": "logit", "shape": [1]},
            {"name": "cues", "shape": [len(HEADS)]},
            {"name": "map", "shape": [model.GRID, model.GRID]},
        ],
        "preprocessing": {
            "region": "centre square, side min(width, height, 1080)",
            "frames": data.FRAMES,
            "step_s": data.STEP_S,
            "of_frames": list(inputs.COARSE),
            "of_fine": list(inputs.FINE),
            "resize": "area average",
            "divide": 127.5,
            "subtract": 1,
            "traces": f"co-occurrences in 4 crops of {traces.CROP} px of `of_frames`",
        },
        "calibration": {
            "kind": "Platt, inside the graph",
            "a": round(figures["calibration"]["a"], 6),
            "b": round(figures["calibration"]["b"], 6),
            "prior": 0.5,
            "ece": figures["calibration"]["ece_all"],
        },
        "cues": [
            {"cue": c["cue"], "weight": c["share"], "auc": c["auc"], "tpr_at_5": c["tpr_at_5"]}
            for c in figures["cues"]
        ],
        "thresholds": band["thresholds"],
        "disagree_logit": figures["within_video"]["quantiles_logit"]["0.99"],
        "false_alarms": {
            "sources": band["sources"],
            "at_strong": band["strong"]["real_sources_reaching"],
            "at_strong_upper95": band["strong"]["upper95"],
            "strong_promise": STRONG_PROMISE,
            "strong_promise_proved": is_proved(band["strong"]["reaching_when_placed_on_other_folds"], band["sources"]),
            "placed_on_others_at_strong": band["strong"]["reaching_when_placed_on_other_folds"],
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
    parser.add_argument("--id", default="assay-det-5")
    parser.add_argument("--created", default=datetime.date.today().isoformat())
    args = parser.parse_args()
    figures = json.loads((paths.RESULTS / "figures.json").read_text())
    stored = dict(np.load(paths.WORK / "heads.npz"))
    calibration = figures["calibration"]
    built = build(stored, calibration["a"], calibration["b"], [(c["a"], c["b"]) for c in figures["cues"]])
    content = built.SerializeToString()
    if len(content) > MOST_BYTES:
        raise SystemExit(f"{len(content)} bytes are more than {MOST_BYTES}")
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
