"""Frames from a formula, the same in every language and browser (integers only).
`src/engine/estimate/golden.ts` does the same.

Verb: `python -m assay_train.golden` writes test/fixtures/golden/expected.json with the shipped model.
"""

import hashlib
import json

import numpy as np

from . import checks, data, inputs, paths
from .preprocess import network_input

SETS = [(1, 240), (2, 331), (5, 480)]  # seed, side
SELF_TEST = SETS[:2]  # those that the extension runs at start-up
M32 = 0xFFFFFFFF


def _imul(a: np.ndarray, b: int) -> np.ndarray:
    return (a * b) & M32


def _wave(n: np.ndarray) -> np.ndarray:
    at = n & 511
    return np.where(at < 256, at, 511 - at)


def _cell(x: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    h = (_imul(x, 374761393) + _imul(y, 668265263) + _imul(np.int64(seed), 2246822519)) & M32
    h = _imul(h ^ (h >> 13), 1274126177)
    return (h ^ (h >> 16)) & 255


def golden_frames(seed: int, side: int) -> np.ndarray:
    """uint8 [8, side, side, 3]."""
    y, x = np.mgrid[0:side, 0:side].astype(np.int64)
    block = _cell(x // 5, y // 5, seed) >> 3
    frames = []
    for t in range(data.FRAMES):
        cx, cy = 40 + t * (5 + seed), (side >> 1) - t * 3
        disc = np.where((x - cx) ** 2 + (y - cy) ** 2 < 900, 60, 0)
        red = (_wave(x * (1 + seed) + t * 9) >> 1) + block + disc
        green = (_wave(y * 2 + x + t * 5) >> 1) + block
        blue = (_wave(y * (3 + seed) - x) >> 1) + (block >> 1) + disc
        frames.append(np.clip(np.stack([red, green, blue], -1), 0, 255))
    return np.array(frames, np.uint8)


def expected(session) -> list[dict]:
    """What the model and the measures say of every set."""
    out = []
    for seed, side in SETS:
        frames = golden_frames(seed, side)
        given = inputs.feeds(frames)
        logit, cues = session.run(["logit", "cues"], given)
        small, y = checks.thumbs(frames), checks.luma(frames)
        out.append(
            {
                "seed": seed,
                "side": side,
                "sha256_rgb": hashlib.sha256(frames.tobytes()).hexdigest(),
                "logit": round(float(logit[0]), 6),
                "score": round(float(1 / (1 + np.exp(-logit[0]))), 6),
                "cues": [round(float(v), 6) for v in cues],
                "input_head": [round(float(v), 6) for v in network_input(frames[:1]).ravel()[::6400]],
                "traces": [round(float(v), 6) for v in given["traces"].ravel()[::25]],
                "measures": {
                    "change": round(checks.change(small), 6),
                    "spread": round(checks.spread(y[0]), 6),
                    "blockiness": round(checks.blockiness(y[0]), 6),
                    "detail": round(checks.detail(y[0]), 6),
                    "cut_distance": round(checks.cut_distance(small[0], small[1]), 6),
                },
            }
        )
    return out


def main() -> None:
    from .model import session

    facts = json.loads((paths.MODEL_DIR / "model.json").read_text())
    found = {"model": facts["id"], "sha256": facts["sha256"], "sets": expected(session(paths.MODEL_DIR / "model.onnx"))}
    paths.GOLDEN_DIR.mkdir(parents=True, exist_ok=True)
    (paths.GOLDEN_DIR / "expected.json").write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
