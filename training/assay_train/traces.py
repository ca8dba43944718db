"""Low-level traces: which residuals of brightness follow each other, at the scale of the copy itself.
`python -m assay_train.traces [--view 0]`

Co-occurrences as in SRM (Fridrich and Kodovsky 2012): second differences, rounded to five levels, four in a row along
and across their direction; a chain counts as one with its reverse and its negative.
Writes work/features/traces<view>.npz. An experiment: the product's network does not see them.
"""

import argparse
import random
from pathlib import Path

import numpy as np

from . import checks, data, paths

CROP = 128
FRAMES = (0, 2, 4, 6)
CROPS_PER_FRAME = 2
STEP = 2.0  # grey levels per level of a residual
LIMIT = 2
CHAIN = 4
BINS = 2 * LIMIT + 1


def crops(frames: np.ndarray, per_frame: int, seed: str) -> np.ndarray:
    """uint8 [n, side, side, 3] -> [n * per_frame, 128, 128, 3] at random places, the same for the same seed."""
    rng = random.Random(seed)
    room = frames.shape[1] - CROP
    places = [(f, rng.randint(0, room), rng.randint(0, room)) for f in frames for _ in range(per_frame)]
    return np.stack([f[y : y + CROP, x : x + CROP] for f, x, y in places])


def _chains(levels: np.ndarray, axis: int) -> np.ndarray:
    """How often every chain of four levels (0-4) occurs along an axis: shares [5, 5, 5, 5]."""
    length = levels.shape[axis] - CHAIN + 1
    code = np.zeros(1, int)
    for i in range(CHAIN):
        code = code * BINS + np.take(levels, np.arange(i, i + length), axis=axis)
    return np.bincount(code.ravel(), minlength=BINS**CHAIN).reshape((BINS,) * CHAIN) / code.size


def _merged(shares: np.ndarray) -> np.ndarray:
    """Each chain together with its negative and its reverse."""
    shares = shares + shares[::-1, ::-1, ::-1, ::-1]
    return (shares + shares.transpose(3, 2, 1, 0)).ravel()


def co_occurrences(pictures: np.ndarray) -> np.ndarray:
    """uint8 [n, h, w, 3] -> logarithms of the shares of all chains, along and across: [1250]."""
    y = checks.luma(pictures)
    along, across = np.zeros((2,) + (BINS,) * CHAIN)
    for axis, other in ((1, 2), (2, 1)):
        residual = np.diff(y, n=2, axis=axis)
        levels = np.clip(np.round(residual / STEP), -LIMIT, LIMIT).astype(int) + LIMIT
        along = along + _chains(levels, axis)
        across = across + _chains(levels, other)
    return np.log(np.concatenate([_merged(along), _merged(across)]) + 1e-5)


def of_view(row: dict, view: int) -> np.ndarray | None:
    """Traces of one view; None when it has no 8 frames."""
    frames = data.read_view(row, view)
    if len(frames) < data.FRAMES:
        return None
    return co_occurrences(crops(frames[list(FRAMES)], CROPS_PER_FRAME, f"{row['id']}/{view}"))


def part_path(view: int) -> Path:
    return paths.WORK / "features" / f"traces{view}.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--view", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="only every N-th origin")
    args = parser.parse_args()
    if part_path(args.view).exists():
        return
    found = {row["id"]: of_view(row, args.view) for row in data.judged_rows(args.every)}
    kept = {name: value for name, value in found.items() if value is not None}
    part_path(args.view).parent.mkdir(parents=True, exist_ok=True)
    np.savez(part_path(args.view), row=np.array(list(kept)), traces=np.array(list(kept.values()), np.float32))
    print(f"view {args.view}: {len(kept)} of {len(found)}")


if __name__ == "__main__":
    main()
