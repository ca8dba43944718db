"""Verb: network features and measures of every view.
`python -m assay_train.features [--views 4] [--every N] [--jobs 2]`

Writes work/features/view<n>.npz; what is there already is kept, clips that are new are added.
View -1 is the stored clip itself, as the extension would meet it.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np

from . import checks, data, inputs, model, paths
from .preprocess import FINE_SIDE, INPUT_SIDE, network_input

LEVELS = tuple(model.MAP_SIDE)
FINE_LEVELS = ("64", "96", "160", "1280")
STORED = -1


@cache
def _session(fine: bool):
    levels, side = (FINE_LEVELS, FINE_SIDE) if fine else (LEVELS, INPUT_SIDE)
    return model.session(model.feature_model(levels, side))


def _averages(values: np.ndarray, fine: bool) -> dict[str, np.ndarray]:
    """Network input [n, 3, side, side] -> averages over the positions by level, [n, level]."""
    found = _session(fine).run(None, {"frames": values})
    return {out.name: value for out, value in zip(_session(fine).get_outputs(), found, strict=True)}


def frame_features(frames: np.ndarray) -> dict[str, np.ndarray]:
    """uint8 [n, side, side, 3] -> `mean<level>`: averages over the positions of every frame at 160 px, [n, level]."""
    return {f"mean{level}": value for level, value in _averages(network_input(frames), False).items()}


def network_features(frames: np.ndarray) -> dict[str, np.ndarray]:
    """The same averaged over the frames too: [level]."""
    return {name: value.mean(0) for name, value in frame_features(frames).items()}


def window_features(frames: np.ndarray) -> dict[str, np.ndarray]:
    """What the heads look at, of a window's 8 frames: `mean<level>`, `fine<level>` [level] and `traces` [1250]."""
    given = inputs.feeds(frames)
    named = (("mean", given["frames"], False), ("fine", given["fine"], True))
    found = {name + level: v.mean(0) for name, x, fine in named for level, v in _averages(x, fine).items()}
    return {**found, "traces": given["traces"][0]}


def measure(row: dict, view: int) -> dict | None:
    """Everything later steps need of one view; None when it has no 8 frames."""
    frames = data.read_view(row, view)
    canonical = view != STORED
    size, crf = (data.view_path(row, view).stat().st_size, data.draw_view(row, view).crf) if canonical else (0, 0)
    if len(frames) < data.FRAMES:
        return None
    out = {"row": row["id"], "view": view, **window_features(frames)}
    y = checks.luma(frames[[0, 4]])
    small = checks.thumbs(frames)
    out["thumbs"] = small.astype(np.float32)
    out["measures"] = np.array(
        [
            checks.change(small),
            max(checks.spread(f) for f in y),
            float(np.mean([checks.blockiness(f) for f in y])),
            float(np.mean([checks.detail(f) for f in y])),
            float(y.mean()),
            float(np.abs(np.diff(small, axis=0)).mean()),
        ],
        np.float64,
    )
    out["meta"] = np.array([frames.shape[1], crf, size, row["width"], row["height"]], np.float64)
    return out


MEASURES = ("change", "spread", "blockiness", "detail", "brightness", "motion")
META = ("side", "crf", "bytes", "clip_width", "clip_height")


def _one(job: tuple[dict, int]) -> dict | None:
    return measure(*job)


def part_path(view: int) -> Path:
    return paths.WORK / "features" / f"view{view}.npz"


def load(views: list[int], rows: list[dict]) -> dict[str, np.ndarray]:
    """Features of the given views of these clips, one view after the other."""
    parts = [dict(np.load(part_path(view))) for view in views]
    joined = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    listed = np.isin(joined["row"], [row["id"] for row in rows])
    return {key: value[listed] for key, value in joined.items()}


def add(view: int, rows: list[dict], pool: ProcessPoolExecutor) -> None:
    """Measures what a view's file lacks of `rows` and says so."""
    path = part_path(view)
    stored = dict(np.load(path)) if path.exists() else {}
    todo = [(row, view) for row in rows if row["id"] not in set(stored.get("row", []))]
    found = [f for f in pool.map(_one, todo, chunksize=8) if f is not None]
    if found:
        new = {key: np.array([item[key] for item in found]) for key in found[0]}
        np.savez(path, **{key: np.concatenate([stored[key], new[key]]) if stored else new[key] for key in new})
    print(f"view {view}: {len(found)} of {len(todo)} have 8 frames", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, default=4)
    parser.add_argument("--every", type=int, default=1, help="only every N-th origin")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    unseen = data.unseen_rows()[:: args.every]
    part_path(0).parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(args.jobs) as pool:
        for view in [0, STORED, *range(1, args.views)]:
            add(view, data.copied_rows(view, args.every) + (unseen if view < 1 else []), pool)


if __name__ == "__main__":
    main()
