"""Verb: features of damaged copies of some clips. `python -m assay_train.degrade [--every 3] [--only NAME ...]`

Every copy comes from the stored clip and differs from the reference (360 lines, CRF 28) in one thing.
Writes work/features/damage-<name>.npz; copies that are there already are kept.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from . import data, features, paths

REFERENCE = "reference"
# name: (short side, CRF, share of the picture that is kept, passes)
DAMAGE: dict[str, tuple[int, int, float, int]] = {
    REFERENCE: (360, 28, 1.0, 1),
    "crf40": (360, 40, 1.0, 1),
    "side256": (256, 28, 1.0, 1),
    "crf20": (360, 20, 1.0, 1),
    "crf34": (360, 34, 1.0, 1),
    "twice": (360, 28, 1.0, 2),
    "crop": (360, 28, 0.8, 1),
    "side480": (480, 28, 1.0, 1),
}


def chosen_rows(every: int) -> list[dict]:
    """The judged shared rows of every N-th origin in the main strata."""
    return [row for row in data.judged_rows(every, further=False) if row["stratum"] == "main"]


def encode(source: Path, out: Path, row: dict, damage: tuple[int, int, float, int]) -> None:
    """@raises CalledProcessError when ffmpeg fails"""
    side, crf, kept, _ = damage
    short = min(side, row["width"], row["height"])
    size = f"-2:{short - short % 2}" if row["width"] >= row["height"] else f"{short - short % 2}:-2"
    chain = f"setpts=PTS-STARTPTS,crop=iw*{kept}:ih*{kept},scale={size}:flags=bicubic"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-threads", "1", "-i", str(source), "-an", "-vf", chain]
        + ["-fps_mode", "passthrough", "-c:v", "libx264", "-threads", "1", "-preset", "superfast", "-crf", str(crf)]
        + ["-pix_fmt", "yuv420p", str(out)],
        check=True,
    )


def damaged_features(row: dict, damage: tuple[int, int, float, int], folder: Path) -> dict | None:
    """Network features of one damaged copy; None when it has no 8 frames."""
    source = data.clip_path(row)
    for n in range(damage[3]):
        out = folder / f"{n}.mp4"
        encode(source, out, row, damage)
        source = out
    frames = data.read_frames(source)
    return {"row": row["id"], **features.window_features(frames)} if len(frames) == data.FRAMES else None


def part_path(name: str) -> Path:
    return paths.WORK / "features" / f"damage-{name}.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=3, help="only every N-th origin")
    parser.add_argument("--only", nargs="+", default=list(DAMAGE))
    args = parser.parse_args()
    rows = chosen_rows(args.every)
    for name in args.only:
        if part_path(name).exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = [damaged_features(row, DAMAGE[name], Path(folder)) for row in rows]
        kept = [f for f in found if f is not None]
        part_path(name).parent.mkdir(parents=True, exist_ok=True)
        np.savez(part_path(name), **{key: np.array([f[key] for f in kept]) for key in kept[0]})
        print(f"{name}: {len(kept)} of {len(rows)}", flush=True)


if __name__ == "__main__":
    main()
