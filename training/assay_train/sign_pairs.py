"""What the sign finder is trained on: marks drawn over clips, encoded once, and read back small and grey.

    python -m assay_train.sign_pairs [--draws N] [--from N]

Writes `work/signs/N.npz`: `grey` (frames, height, width; short side 240), `marks` (rows of x and y where a word starts,
and size of print; pixels of `grey`). Canvases are the generated clips and the real ones of every second group; the other
groups are left for measuring (`is_held_out`).
"""

import argparse
import hashlib
import random
from pathlib import Path

import av
import numpy as np
from PIL import Image

from . import data, paths
from .sign_marks import other_mark, paint, sora_mark

RATE = 8
STEPS = (1, 7, 10, 15)
SHORT_SIDE = 240
SHORT_SIDES = (240, 360, 360, 480)
MARKS = 5
#: Clips with Sora's own mark: never a canvas.
SORA = ("Sora",)


def folder() -> Path:
    return paths.WORK / "signs"


def is_held_out(row: dict) -> bool:
    """Real clips of every second source: none of them is a canvas (`test/marks/held-out.ts` is the same)."""
    return row["label"] == "real" and hashlib.sha256(row["group"].encode()).digest()[0] % 2 == 1


def canvases() -> list[dict]:
    return [
        row
        for row in data.rows()
        if not is_held_out(row) and not any(word in (row.get("overlay") or "") for word in SORA) and row["dur_s"] >= 1
    ]


def frames_of(file: Path, short_side: int) -> list[np.ndarray]:
    """Frames of the first two seconds, at a size."""
    found: list[np.ndarray] = []
    with av.open(str(file)) as container:
        for frame in container.decode(video=0):
            if frame.time * RATE < len(found):
                continue
            scale = short_side / min(frame.width, frame.height)
            width, height = (round(side * scale / 2) * 2 for side in (frame.width, frame.height))
            found.append(frame.reformat(width=width, height=height, format="rgb24").to_ndarray())
            if len(found) > STEPS[-1]:
                break
    return found


def encoded(frames: list[np.ndarray], crf: int) -> list[np.ndarray]:
    """The frames that are looked at after one H.264 pass, grey and small."""
    height, width = frames[0].shape[:2]
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.framerate = RATE
    codec.thread_count = 1
    codec.options = {"crf": str(crf), "preset": "veryfast"}
    packets = []
    for i, frame in enumerate(frames):
        picture = av.VideoFrame.from_ndarray(frame, format="rgb24").reformat(format="yuv420p")
        picture.pts = i
        packets += codec.encode(picture)
    packets += codec.encode(None)
    decoder = av.CodecContext.create("h264", "r")
    decoder.extradata = codec.extradata
    pictures = [p for packet in packets for p in decoder.decode(packet)] + list(decoder.decode(None))
    scale = SHORT_SIDE / min(width, height)
    size = (round(width * scale), round(height * scale))
    kept = [pictures[step] for step in STEPS if step < len(pictures)]
    return [np.asarray(Image.fromarray(p.to_ndarray(format="rgb24")).convert("L").resize(size, Image.BILINEAR)) for p in kept]


def draw(n: int, rows: list[dict]) -> dict[str, np.ndarray] | None:
    """One clip with marks; the same on every run."""
    rng = random.Random(f"sign {n}")
    row = rng.choice(rows)
    short_side = rng.choice(SHORT_SIDES)
    frames = [f.astype(np.float32) for f in frames_of(data.manifest_path().parent / row["file"], short_side)]
    if len(frames) < 2:
        return None
    height, width = frames[0].shape[:2]
    taken: list[tuple[int, int, int, int]] = []
    marks = []
    for _ in range(MARKS * 3):
        if len(taken) == MARKS:
            break
        size = max(5, round(short_side * 0.03 * 4 ** rng.random()))
        is_sora = rng.random() < 0.7
        mask, start = sora_mark(size, rng) if is_sora else (other_mark(size, rng), None)
        free = (width - mask.shape[1], height - mask.shape[0])
        if min(free) < 0:
            continue
        x, y = rng.randint(0, free[0]), rng.randint(0, free[1])
        box = (x, y, x + mask.shape[1], y + mask.shape[0])
        if any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in taken):
            continue
        taken.append(box)
        opacity = rng.uniform(0.28, 0.55) if rng.random() < 0.6 else rng.uniform(0.5, 1)
        shadow, blur = rng.uniform(0.2, 0.6), size / rng.uniform(8, 16)
        for frame in frames:
            paint(frame, mask, x, y, opacity, shadow, blur)
        if start is not None:
            marks.append((x + start[0], y + start[1], size))
    crf = rng.randint(20, 34)
    grey = np.stack(encoded([f.clip(0, 255).astype(np.uint8) for f in frames], crf))
    return {"grey": grey, "marks": np.array(marks, np.float32).reshape(-1, 3) * (SHORT_SIDE / short_side)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=900)
    parser.add_argument("--from", dest="first", type=int, default=0)
    args = parser.parse_args()
    rows = canvases()
    folder().mkdir(parents=True, exist_ok=True)
    for n in range(args.first, args.draws):
        file = folder() / f"{n}.npz"
        if file.exists():
            continue
        drawn = draw(n, rows)
        if drawn is not None:
            np.savez(file, **drawn)


if __name__ == "__main__":
    main()
