"""Verb: cut the further windows again from their sources. `python -m assay_train.cut FOLDER`

FOLDER holds the sources as `<origin>/<path>`, every repository at the row's `commit`. Clips that ASSAY_EXTRA has are
kept. By the rule of the shared windows: 2 s, short side at most 540, at most 30 frames a second, H.264 CRF 21, and in
two passes where that gave more than 170 kB. Another build of x264 gives other bytes, which is counted, not refused.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from . import extra

LENGTH_S = 2.0
SHORT_SIDE = 540
MAX_FPS = 30
CRF = 21
MAX_BYTES = 170_000
AIM_BYTES = 165_000  # of the second way: what two passes aim at


def even(value: float) -> int:
    return int(round(value / 2)) * 2


def filters(row: dict) -> str:
    """The row's crop (x0, y0, x1, y1 in source pixels), then its size and frame rate."""
    x0, y0, x1, y1 = row.get("crop") or (0, 0, row["src_width"], row["src_height"])
    width, height = x1 - x0, y1 - y0
    chain = [f"crop={width}:{height}:{x0}:{y0}"]
    scale = min(1, SHORT_SIDE / min(width, height))
    smaller = f"scale={even(width * scale)}:{even(height * scale)}:flags=bicubic"
    chain.append(smaller if scale < 1 else "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0")
    if row["src_fps"] > MAX_FPS + 0.5:
        chain.append(f"fps={MAX_FPS}")
    return ",".join([*chain, "format=yuv420p"])


def cut(source: Path, row: dict, out: Path) -> None:
    """@raises CalledProcessError when ffmpeg fails"""
    length = min(LENGTH_S, row.get("src_dur_s") or LENGTH_S)
    command = ["ffmpeg", "-v", "error", "-y", "-threads", "1", "-ss", f"{row['start_s']:.3f}", "-t", f"{length:.3f}"]
    command += ["-i", str(source), "-an", "-sn", "-map", "0:v:0", "-map_metadata", "-1", "-vf", filters(row)]
    command += ["-c:v", "libx264", "-preset", "medium", "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
    command += ["-movflags", "+faststart", "-f", "mp4"]
    subprocess.run([*command, "-crf", str(CRF), str(out)], check=True)
    if out.stat().st_size <= MAX_BYTES:
        return
    with tempfile.TemporaryDirectory() as folder:
        rate = ["-b:v", str(int(AIM_BYTES * 8 / length)), "-passlogfile", f"{folder}/log", "-pass"]
        for number, target in (("1", "/dev/null"), ("2", str(out))):
            subprocess.run([*command, *rate, number, target], check=True)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def from_source(row: dict, source: Path, out: Path) -> str:
    """What became of one row: `kept`, `no source`, `another source`, `cut` or `cut, other bytes`."""
    if out.exists():
        return "kept"
    if not source.exists():
        return "no source"
    if sha256(source) != row["src_sha256"]:
        return "another source"
    cut(source, row, out)
    return "cut" if sha256(out) == row["sha256"] else "cut, other bytes"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    args = parser.parse_args()
    where = extra.folder()
    if where is None:
        sys.exit("set ASSAY_EXTRA to the folder that the clips go to")
    (where / "clips").mkdir(parents=True, exist_ok=True)
    lists = [path for path in map(extra.list_path, (False, True)) if path.exists()]
    for row in (row for path in lists for row in extra.read(path)):
        print(row["id"], from_source(row, args.sources / row["origin"] / row["path"], where / row["file"]), flush=True)


if __name__ == "__main__":
    main()
