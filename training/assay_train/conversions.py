"""Verb: what the conversion of colours alone does to traces. `python -m assay_train.conversions [--every 6] [--jobs 2]`

Browsers convert by whole numbers, graphics cards by fractions and with colour between samples, ffmpeg otherwise again;
which one a user's browser has can't be chosen, and must not decide. Further windows where there are any, so that
none of the headline's is looked at; labels are not. Writes work/conversions.npz: `traces` [windows x 3, columns].
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations

import numpy as np

from . import data, inputs, paths

PATH = paths.WORK / "conversions.npz"


def _ways(row: dict) -> np.ndarray | None:
    """Traces of one stored clip, [3, columns]; None when it has no 8 frames."""
    path = data.clip_path(row)
    matrix = data.browser_matrix(data.probe(path))
    ways = (data.read_frames(path), data.read_frames(path, exact=True), data.read_frames(path, matrix))
    if any(len(frames) < data.FRAMES for frames in ways):
        return None
    return np.stack([inputs.feeds(frames)["traces"][0] for frames in ways])


def differences() -> dict[str, np.ndarray]:
    """By feature: what the way of conversion changes, one row for each pair of ways and window.

    @raises FileNotFoundError before the verb has run
    """
    ways = np.load(PATH)["traces"].astype(np.float64)
    return {"traces": np.concatenate([ways[:, a] - ways[:, b] for a, b in combinations(range(3), 2)])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=6, help="of every N-th window")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    rows = data.judged_rows()
    rows = [row for row in rows if data.is_extra(row)] or rows
    with ProcessPoolExecutor(args.jobs) as pool:
        found = [ways for ways in pool.map(_ways, rows[:: args.every], chunksize=4) if ways is not None]
    PATH.parent.mkdir(parents=True, exist_ok=True)
    np.savez(PATH, traces=np.array(found))
    print(f"{len(found)} windows in 3 conversions")


if __name__ == "__main__":
    main()
