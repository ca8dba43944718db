"""Verb: take over windows from folders with `manifest.jsonl` and `clips/`. `python -m assay_train.gather [--unseen] FOLDER...`

Writes training/data/extra.jsonl, or with `--unseen` unseen.jsonl, puts the clips in ASSAY_EXTRA, and leaves out what is
not fit (says which and why).
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from . import data, extra, paths
from .preprocess import area_matrix

NEAR = 8  # of 64 bits by which two windows may differ and still be taken for one
NEEDED = ("id", "file", "sha256", "width", "height", "dur_s", "origin", "commit", "path", "start_s", "src_sha256")
NEEDED += ("label", "family", "stratum", "group")

Signatures = dict[str, np.ndarray]


def signature(grey: np.ndarray) -> np.ndarray:
    """Difference hash of a frame [height, width]: 64 bits, each whether a cell of 9 x 8 is brighter than its left."""
    cells = area_matrix(grey.shape[0], 8) @ grey.astype(np.float64) @ area_matrix(grey.shape[1], 9).T
    return (cells[:, 1:] > cells[:, :-1]).ravel()


def twin(found: np.ndarray, known: Signatures) -> str | None:
    """The id of the known window that a signature is too near to."""
    return next((name for name, bits in known.items() if int((bits != found).sum()) <= NEAR), None)


def fault(row: dict, clip: Path) -> str | None:
    """Why a row can't be taken, looking at the row and its file alone."""
    lacking = [name for name in NEEDED if name not in row]
    if lacking:
        return f"no field {lacking[0]}"
    if row["label"] not in ("real", "generated"):
        return "unknown label"
    if not clip.exists():
        return "no clip"
    if hashlib.sha256(clip.read_bytes()).hexdigest() != row["sha256"]:
        return "clip has another hash"
    return None if data.eligible(row) else "too small or too short"


def middle(clip: Path) -> np.ndarray:
    """Signature of the whole frame at 1 s. @raises CalledProcessError; ValueError when there is none"""
    command = ["ffmpeg", "-v", "error", "-threads", "1", "-ss", "1", "-i", str(clip), "-frames:v", "1"]
    command += ["-vf", "scale=72:64:flags=area,format=gray", "-f", "rawvideo", "-"]
    out = subprocess.run(command, check=True, capture_output=True)
    return signature(np.frombuffer(out.stdout, np.uint8).reshape(64, 72))


def signatures(rows: list[dict]) -> Signatures:
    """Of the windows that are judged; kept in work/."""
    stored = paths.WORK / "features" / "signatures.npz"
    known = dict(np.load(stored)) if stored.exists() else {}
    judged = [row for row in rows if data.eligible(row)]
    found = {row["id"]: known[row["id"]] if row["id"] in known else middle(data.clip_path(row)) for row in judged}
    stored.parent.mkdir(parents=True, exist_ok=True)
    np.savez(stored, **{**known, **found})
    return found


def take(offered: list[tuple[dict, Path]], known: Signatures) -> tuple[list[tuple[dict, Path]], Counter]:
    """Rows that may be taken, and how often each reason left one out. `known`: signatures of the windows that are listed.

    A window too near to a listed one, or to one already taken of another origin, is left out.
    """
    taken: list[tuple[dict, Path]] = []
    reasons: Counter = Counter()
    seen: dict[str, Signatures] = {}
    for row, clip in offered:
        reason = fault(row, clip) or ("id twice" if any(row["id"] == other["id"] for other, _ in taken) else None)
        if reason is None:
            bits = middle(clip)
            others = {i: s for origin, part in seen.items() if origin != row["origin"] for i, s in part.items()}
            near = twin(bits, known), twin(bits, others)
            reason = "like a listed window" if near[0] else "like another origin's window" if near[1] else None
        if reason:
            reasons[reason] += 1
            print(f"left out {row.get('id')}: {reason}", flush=True)
            continue
        seen.setdefault(row["origin"], {})[row["id"]] = bits
        taken.append((row, clip))
    return taken, reasons


def without_fold(row: dict) -> dict:
    """Folds are given when the list is read, by `extra.with_folds`."""
    return {name: value for name, value in row.items() if name != "fold"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--unseen", action="store_true", help="for measuring only: nothing like a window that trains")
    args = parser.parse_args()
    where = extra.folder()
    if where is None:
        sys.exit("set ASSAY_EXTRA to the folder that the clips go to")
    # What trains and what only measures may not look alike, whichever of them is gathered last.
    listed = data.rows() if args.unseen else extra.read(data.manifest_path()) + data.unseen_rows()
    offered = [(row, f / row["file"]) for f in args.folders for row in extra.read(f / "manifest.jsonl")]
    taken, reasons = take(offered, signatures(listed))
    (where / "clips").mkdir(parents=True, exist_ok=True)
    for row, clip in taken:
        if not (where / row["file"]).exists():
            shutil.copyfile(clip, where / row["file"])
    extra.list_path(args.unseen).write_text("".join(json.dumps(without_fold(row)) + "\n" for row, _ in taken))
    print(f"{len(taken)} of {len(offered)} taken; left out: {dict(reasons)}")


if __name__ == "__main__":
    main()
