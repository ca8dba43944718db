"""The windows: manifest, folds, the canonical pipeline, and reading frames.

A *view* is one canonical copy of a stored clip: random resize (never up), random kernel, one H.264 pass
of random CRF. Draws depend on the clip's id and the view's number only, never on the label.
Views are files, so that every later step sees the same bytes.
"""

import hashlib
import json
import random
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from . import colour, extra, paths

FRAMES = 8
STEP_S = 0.25
MIN_SHORT_SIDE = 240
MAX_REGION = 1080
VIEW_SHORT_SIDES = (240, 480)
VIEW_CRF = (20, 36)
FURTHER_VIEWS = 2  # canonical copies of further windows, at most
KERNELS = ("bilinear", "bicubic", "lanczos", "area", "spline")
PRESETS = ("superfast", "veryfast", "faster")


def manifest_path() -> Path:
    return paths.data_dir() / "manifest.jsonl"


@cache
def rows() -> list[dict]:
    """All rows that train: the shared manifest's, and the further ones (`extra` is True) when their clips are there."""
    shared = extra.read(manifest_path())
    return shared + extra.rows(shared)


@cache
def unseen_rows() -> list[dict]:
    """The eligible rows of the list that never trains."""
    return [row for row in extra.rows(rows(), unseen=True) if eligible(row)]


def manifest_sha256() -> str:
    """Of the shared list, followed by the further one when it is in use."""
    used = [manifest_path(), *([extra.list_path()] if any(is_extra(row) for row in rows()) else [])]
    return hashlib.sha256(b"".join(path.read_bytes() for path in used)).hexdigest()


def is_extra(row: dict) -> bool:
    return row.get("extra", False)


def clip_path(row: dict) -> Path:
    """The stored clip."""
    return (extra.folder() if is_extra(row) else paths.data_dir()) / row["file"]


def eligible(row: dict) -> bool:
    """What the product would score at all: 8 frames at 4 a second, short side of at least 240."""
    return row["dur_s"] > (FRAMES - 1) * STEP_S and min(row["width"], row["height"]) >= MIN_SHORT_SIDE


def judged_rows(every: int = 1, further: bool = True) -> list[dict]:
    """The eligible rows; with `every`, only those of every N-th origin; without `further`, only shared ones."""
    found = [row for row in rows() if eligible(row) and (further or not is_extra(row))]
    origins = set(sorted({row["origin"] for row in found})[::every])
    return [row for row in found if row["origin"] in origins]


def copied_rows(view: int, every: int = 1) -> list[dict]:
    """The rows that have a canonical copy of this number: figures are on the shared windows, which have more of them."""
    return judged_rows(every, further=view < FURTHER_VIEWS)


def fold_split(meta: list[dict], k: int) -> tuple[np.ndarray, np.ndarray]:
    """Indices (train, test) of fold k: the other folds minus every row that shares origin or group with a test row."""
    test = [i for i, row in enumerate(meta) if row["fold"] == k]
    origins = {meta[i]["origin"] for i in test}
    groups = {meta[i]["group"] for i in test}
    train = [
        i
        for i, row in enumerate(meta)
        if row["fold"] != k and row["origin"] not in origins and row["group"] not in groups
    ]
    return np.array(train), np.array(test)


@dataclass(frozen=True)
class ViewDraw:
    """The random draw of one view. `matrix` is the colour matrix assumed when the view is read."""

    short_side: int
    kernel: str
    crf: int
    preset: str
    matrix: str


def draw_view(row: dict, view: int) -> ViewDraw:
    """Draw number `view` for a clip; the same for ever."""
    rng = random.Random(f"{row['id']}/{view}")
    low, high = VIEW_SHORT_SIDES
    short = rng.randint(low, min(high, min(row["width"], row["height"])))
    return ViewDraw(
        short_side=short - short % 2,
        kernel=rng.choice(KERNELS),
        crf=rng.randint(*VIEW_CRF),
        preset=rng.choice(PRESETS),
        matrix=rng.choice(("bt601", "bt709")),
    )


def view_path(row: dict, view: int) -> Path:
    return paths.WORK / "views" / f"{row['id']}-{view}.mp4"


def make_view(row: dict, view: int) -> Path:
    """Writes the view if it isn't there yet. @raises CalledProcessError when ffmpeg fails"""
    out = view_path(row, view)
    if out.exists():
        return out
    out.parent.mkdir(parents=True, exist_ok=True)
    draw = draw_view(row, view)
    size = f"-2:{draw.short_side}" if row["width"] >= row["height"] else f"{draw.short_side}:-2"
    partial = out.with_suffix(".partial.mp4")
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-threads", "1", "-i", str(clip_path(row)), "-an"]
        + ["-vf", f"setpts=PTS-STARTPTS,scale={size}:flags={draw.kernel}", "-fps_mode", "passthrough"]
        + ["-c:v", "libx264", "-threads", "1", "-preset", draw.preset, "-crf", str(draw.crf), "-pix_fmt", "yuv420p"]
        + ["-map_metadata", "-1", "-fflags", "+bitexact", str(partial)],
        check=True,
    )
    partial.rename(out)
    return out


def region(width: int, height: int) -> tuple[int, int, int]:
    """x, y, side of the square that the estimate looks at (src/contract/frames.ts)."""
    side = min(width, height, MAX_REGION)
    return (width - side) // 2, (height - side) // 2, side


def probe(path: Path) -> dict:
    """Width, height and colour tag of a file's video. @raises CalledProcessError when it can't be opened"""
    out = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json"]
        + ["-show_entries", "stream=width,height,color_space,color_range", str(path)],
        check=True,
        capture_output=True,
    )
    return json.loads(out.stdout)["streams"][0]


def browser_matrix(info: dict) -> str:
    """The colour matrix that WebCodecs uses in Chromium and Firefox: the tag's when there is one, else BT.709."""
    return "bt601" if info.get("color_space") in ("smpte170m", "bt470bg") else "bt709"


def _decoded(path: Path, chain: str, form: str) -> bytes:
    """8 frames, 4 a second. @raises CalledProcessError"""
    chain = f"setpts=PTS-STARTPTS,fps=4:round=up:start_time=0,{chain}"
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-threads", "1", "-t", "2", "-i", str(path), "-an", "-vf", chain]
        + ["-frames:v", str(FRAMES), "-fps_mode", "passthrough", "-pix_fmt", form, "-f", "rawvideo", "-"],
        check=True,
        capture_output=True,
    ).stdout


def read_frames(path: Path, matrix: str | None = None, exact: bool = False) -> np.ndarray:
    """Frames at 0, 0.25, ... 1.75 s (the last frame with pts <= t): uint8 [n, side, side, 3], n <= 8.

    `matrix`: bt601 or bt709, with interpolated colour, as graphics cards do it. None reads as a browser does without
    one: its matrix, colour of the nearest sample, and its arithmetic, or with `exact` the right one.
    @raises CalledProcessError
    """
    info = probe(path)
    x, y, side = region(info["width"], info["height"])
    if matrix is None and not exact:
        limited = "scale=out_range=tv" if info.get("color_range") == "pc" else "null"
        luma, u, v = colour.planes(_decoded(path, limited, "yuv420p"), info["width"], info["height"])
        u, v = (colour.doubled(plane, *luma.shape[1:]) for plane in (u, v))
        square = np.s_[:, y : y + side, x : x + side]
        return colour.rgb(luma[square], u[square], v[square], browser_matrix(info))
    chain = (
        f"scale=in_color_matrix={matrix or browser_matrix(info)}:out_range=full"
        f":flags={'bilinear' if matrix else 'neighbor'}+accurate_rnd+full_chroma_int+full_chroma_inp,"
        f"format=rgb24,crop={side}:{side}:{x}:{y}"
    )
    return np.frombuffer(_decoded(path, chain, "rgb24"), np.uint8).reshape(-1, side, side, 3)


def read_view(row: dict, view: int) -> np.ndarray:
    """Frames of a canonical copy, with the colour matrix of its draw, or of the stored clip (view -1)."""
    if view < 0:
        return read_frames(clip_path(row))
    return read_frames(make_view(row, view), draw_view(row, view).matrix)
