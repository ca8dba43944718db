"""Verb: score video files as the extension's own decoder does. `python -m assay_train.score FILE...`

Frames at 0, 0.25, ... 1.75 s (the last one with pts <= t), first window, shipped model.
JSON lines: file, score, from_s, to_s; with `error` in their place when there is no score.
"""

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np

from . import data, inputs, model, paths


def score_file(session, path: Path) -> dict:
    try:
        frames = data.read_frames(path)
    except (subprocess.CalledProcessError, IndexError, KeyError, ValueError) as error:
        return {"file": str(path), "error": f"can't be decoded: {type(error).__name__}"}
    if len(frames) < data.FRAMES:
        return {"file": str(path), "error": "too-short"}
    (logit,) = session.run(["logit"], inputs.feeds(frames))
    score = 1 / (1 + np.exp(-float(logit[0])))
    return {"file": str(path), "score": round(score, 5), "logit": round(float(logit[0]), 4), "from_s": 0.0, "to_s": 2.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, default=paths.MODEL_DIR / "model.onnx")
    args = parser.parse_args()
    session = model.session(args.model)
    for path in args.files:
        print(json.dumps(score_file(session, path)), flush=True)


if __name__ == "__main__":
    main()
