"""Verb: write public/model/model.onnx and model.json. `python -m assay_train.export [--id assay-det-2]`

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

from . import data, golden, graph_heads, model, paths
from .preprocess import INPUT_SIDE
from .heads import HEADS, SHARES, unpack

STRONG_PROMISE = 0.005  # at most 1 in 200 real videos


def build(stored: dict, a: float, b: float, cues: list[tuple[float, float]]) -> onnx.ModelProto:
    """`stored`: work/heads.npz; `a`, `b`: calibration of the answer; `cues`: of each head alone."""
    graph = model.Graph()
    pools = graph_heads.Pools(graph, model.backbone(graph, model.load_weights(), "frames"))
    gains = a * SHARES / stored["scale"]
    fitted = unpack(stored)
    logits, maps = [], []
    for (name, head), gain in zip(HEADS.items(), gains, strict=True):
        logit, cells = graph_heads.add(pools, name, head, fitted[name], float(gain))
        logits.append(logit)
        maps += cells
    stacked = graph.op("Concat", logits, axis=1)  # [1, heads]
    mix = graph.const("mix_w", gains.astype(np.float32)[:, None])
    mixed = graph.op("Gemm", [stacked, mix, graph.const("mix_b", np.array([b], np.float32))])
    graph.op("Reshape", [mixed, graph.shape([1])], "logit")
    slope = graph.const("cue_a", np.array([c[0] for c in cues], np.float32))
    shift = graph.const("cue_b", np.array([c[1] for c in cues], np.float32))
    moved = graph.op("Add", [graph.op("Mul", [stacked, slope]), shift])
    graph.op("Reshape", [moved, graph.shape([len(HEADS)])], "cues")
    graph.op("Reshape", [graph.op("Sum", maps), graph.shape([model.GRID, model.GRID])], "map")
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
            {"cue": c["cue"], "weight": HEADS[c["cue"]].share, "auc": c["auc"], "tpr_at_5": c["tpr_at_5"]}
            for c in figures["cues"]
        ],
        "thresholds": band["thresholds"],
        "disagree_logit": figures["within_video"]["quantiles_logit"]["0.99"],
        "false_alarms": {
            "sources": band["sources"],
            "at_strong": band["strong"]["real_sources_reaching"],
            "at_strong_upper95": band["strong"]["upper95"],
            "strong_promise": STRONG_PROMISE,
            "strong_promise_proved": band["strong"]["upper95"] <= STRONG_PROMISE,
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
    parser.add_argument("--id", default="assay-det-2")
    parser.add_argument("--created", default=datetime.date.today().isoformat())
    args = parser.parse_args()
    figures = json.loads((paths.RESULTS / "figures.json").read_text())
    stored = dict(np.load(paths.WORK / "heads.npz"))
    calibration = figures["calibration"]
    built = build(stored, calibration["a"], calibration["b"], [(c["a"], c["b"]) for c in figures["cues"]])
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
