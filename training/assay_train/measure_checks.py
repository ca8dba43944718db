"""Verb: what the thresholds of checks.py / checks.ts do on the data. `python -m assay_train.measure_checks`

Writes results/checks.json: measures on canonical views, on damaged copies, and cuts. Needs features of view 0.
"""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from . import checks, data, features, paths
from .train import Table

DAMAGED = 60
DAMAGE = {
    "h264 crf 46, 360p": ["-vf", "scale=-2:360", "-c:v", "libx264", "-preset", "veryfast", "-crf", "46"],
    "mpeg4 q 31, 360p": ["-vf", "scale=-2:360", "-c:v", "mpeg4", "-q:v", "31"],
    "from 120p": ["-vf", "scale=-2:120,scale=-2:360:flags=bicubic", "-c:v", "libx264", "-crf", "23"],
}
QUANTILES = (0, 0.005, 0.01, 0.5, 0.99, 0.995, 1)


def quantiles(values: np.ndarray) -> dict[str, float]:
    return {str(q): round(float(np.quantile(values, q)), 4) for q in QUANTILES}


def quality(frames: np.ndarray) -> tuple[float, float]:
    y = checks.luma(frames[[0, 4]])
    return float(np.mean([checks.blockiness(f) for f in y])), float(np.mean([checks.detail(f) for f in y]))


def damaged(rows: list[dict]) -> dict:
    out = {}
    for name, arguments in DAMAGE.items():
        found = []
        for row in rows:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "copy.mp4"
                source = str(data.clip_path(row))
                command = ["ffmpeg", "-v", "error", "-threads", "1", "-i", source, "-an", *arguments]
                subprocess.run([*command, "-threads", "1", str(copy)], check=True)
                found.append(quality(data.read_frames(copy)))
        block, fine = np.array(found).T
        out[name] = {
            "blockiness": quantiles(block),
            "detail": quantiles(fine),
            "refused": round(float(((block > checks.BLOCKY) | (fine < checks.BLURRED)).mean()), 4),
        }
    return out


def cuts(table: Table) -> dict:
    """Frame pairs 0.25 s apart in windows without a cut, against first frames of videos of different groups."""
    thumbs = table.raw["thumbs"].astype(np.float64)
    within = np.array([[checks.cut_distance(t[i], t[i + 1]) for i in range(data.FRAMES - 1)] for t in thumbs])
    rng = np.random.default_rng(0)
    pairs = rng.integers(0, len(thumbs), (6000, 2))
    pairs = pairs[table.group[pairs[:, 0]] != table.group[pairs[:, 1]]]
    across = np.array([checks.cut_distance(thumbs[i, 0], thumbs[j, 0]) for i, j in pairs])
    return {
        "windows_split_wrongly": round(float((within.max(1) > checks.CUT).mean()), 4),
        "cuts_between_videos_found": round(float((across > checks.CUT).mean()), 4),
        "across_quantiles": {str(q): round(float(np.quantile(across, q)), 4) for q in (0.01, 0.02, 0.05, 0.5)},
    }


def main() -> None:
    table = Table([0])
    columns = {name: table.raw["measures"][:, i] for i, name in enumerate(features.MEASURES)}
    parts = {
        "real main": table.main & (table.label == 0),
        "real other": ~table.main & (table.label == 0),
        "generated": table.label == 1,
    }
    refused = {
        "black": columns["spread"] < checks.FLAT,
        "static": columns["change"] < checks.STILL,
        "low-quality": (columns["blockiness"] > checks.BLOCKY) | (columns["detail"] < checks.BLURRED),
    }
    found = {
        "thresholds": {
            "flat": checks.FLAT,
            "still": checks.STILL,
            "blockiness": checks.BLOCKY,
            "detail": checks.BLURRED,
            "cut": checks.CUT,
        },
        "canonical": {
            name: {m: quantiles(columns[m][part]) for m in ("change", "spread", "blockiness", "detail")}
            | {"refused": {reason: round(float(hit[part].mean()), 4) for reason, hit in refused.items()}}
            for name, part in parts.items()
        },
        "cuts": cuts(table),
    }
    sample = [row for row in table.meta if row["height"] >= 360 and row["height"] <= row["width"]]
    found["damaged"] = damaged(sample[:: max(1, len(sample) // DAMAGED)][:DAMAGED])
    paths.RESULTS.mkdir(parents=True, exist_ok=True)
    (paths.RESULTS / "checks.json").write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
