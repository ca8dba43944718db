"""Verb: aligned pairs: frames of real clips and their copies through an autoencoder. `python -m assay_train.pairs`

Needs requirements-pairs.txt. Of every real clip one frame, sized by the draw of view 0, centre 192 px, and three copies:
`copy` (taef2), `noise` (taef2 with noise on the latents), `swap` (the original's low and the copy's high frequencies).
All four are coded by the same draw, so that nothing but the autoencoder tells them apart.
Writes work/pairs/pictures.npz and one file of features for each kind; what is there already is kept.
"""

import argparse
import io
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import torch

from . import data, features, paths, taef2, traces

ORIGINAL = "original"
COPIES = ("copy", "noise", "swap")
SIDE = 192
AT_S = 0.5
NOISE = 0.25  # of the latents' deviation
LOW = 0.125  # cycles a pixel below which a swapped copy keeps the original


def folder() -> Path:
    return paths.WORK / "pairs"


def part_path(kind: str) -> Path:
    return folder() / f"{kind}.npz"


def original(row: dict) -> np.ndarray:
    """One frame of the stored clip, sized as in view 0, not coded again: uint8 [192, 192, 3]. @raises CalledProcessError"""
    draw = data.draw_view(row, 0)
    scale = draw.short_side / min(row["width"], row["height"])
    width, height = (round(row[side] * scale / 2) * 2 for side in ("width", "height"))
    chain = (
        f"setpts=PTS-STARTPTS,select='gte(t,{AT_S})',"
        f"scale={width}:{height}:flags={draw.kernel}:in_color_matrix={draw.matrix}:out_range=full,"
        f"format=rgb24,crop={SIDE}:{SIDE}"
    )
    out = subprocess.run(
        ["ffmpeg", "-v", "error", "-threads", "1", "-i", str(data.clip_path(row)), "-an", "-vf", chain]
        + ["-frames:v", "1", "-f", "rawvideo", "-"],
        check=True,
        capture_output=True,
    )
    return np.frombuffer(out.stdout, np.uint8).reshape(SIDE, SIDE, 3)


def _picture(values: torch.Tensor) -> np.ndarray:
    """[1, 3, h, w] in 0..1 -> uint8 [h, w, 3]"""
    return (values.float().clamp(0, 1) * 255).round().to(torch.uint8)[0].permute(1, 2, 0).numpy()


@torch.no_grad()
def copies(frame: np.ndarray, encoder: torch.nn.Module, decoder: torch.nn.Module, seed: int) -> dict[str, np.ndarray]:
    """`copy` and `noise` of a frame, uint8 of the same shape."""
    values = torch.from_numpy(frame.copy()).permute(2, 0, 1)[None].to(torch.bfloat16) / 255
    latents = encoder(values.contiguous(memory_format=torch.channels_last))
    noise = torch.randn(latents.shape, generator=torch.Generator().manual_seed(seed))
    moved = latents + (NOISE * latents.float().std() * noise).to(latents.dtype)
    return {"copy": _picture(decoder(latents)), "noise": _picture(decoder(moved))}


def swapped(frame: np.ndarray, copy: np.ndarray) -> np.ndarray:
    """The frame's frequencies below `LOW`, the copy's above."""
    low, high = (np.fft.fft2(picture.astype(np.float64), axes=(0, 1)) for picture in (frame, copy))
    along = [np.fft.fftfreq(n) for n in frame.shape[:2]]
    keep = np.hypot(along[0][:, None], along[1][None]) < LOW
    mixed = np.fft.ifft2(np.where(keep[..., None], low, high), axes=(0, 1)).real
    return np.clip(np.round(mixed), 0, 255).astype(np.uint8)


def coded(picture: np.ndarray, draw: data.ViewDraw) -> np.ndarray:
    """The picture after H.264 by the draw's CRF and preset."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=Fraction(4), options={"crf": str(draw.crf), "preset": draw.preset})
        stream.height, stream.width = picture.shape[:2]
        stream.pix_fmt, stream.thread_count = "yuv420p", 1
        for frame in (av.VideoFrame.from_ndarray(picture, format="rgb24"), None):
            out.mux(stream.encode(frame))
    file.seek(0)
    with av.open(file) as stored:
        return next(stored.decode(video=0)).to_ndarray(format="rgb24")


def make_pictures(rows: list[dict]) -> None:
    """work/pairs/pictures.npz: `row`, and uint8 [rows, 192, 192, 3] of every kind."""
    torch.set_num_threads(1)
    encoder, decoder = taef2.load()
    found: dict[str, list] = {kind: [] for kind in (ORIGINAL, *COPIES)}
    for n, row in enumerate(rows):
        frame = original(row)
        made = {ORIGINAL: frame, **copies(frame, encoder, decoder, seed=n)}
        made["swap"] = swapped(frame, made["copy"])
        for kind, picture in made.items():
            found[kind].append(picture)
        if n % 50 == 0:
            print(f"{n} of {len(rows)} frames copied", flush=True)
    np.savez(part_path("pictures"), row=np.array([row["id"] for row in rows]), **found)


def make_features(kind: str) -> None:
    """Network averages and traces of one kind's coded pictures."""
    stored = np.load(part_path("pictures"))
    by_id = {row["id"]: row for row in data.rows()}
    found = []
    for name, picture in zip(stored["row"], stored[kind], strict=True):
        seen = coded(picture, data.draw_view(by_id[name], 0))[None]
        found.append({**features.network_features(seen), "traces": traces.of_frames(seen)})
    stacked = {key: np.array([f[key] for f in found], np.float32) for key in found[0]}
    np.savez(part_path(kind), row=stored["row"], **stacked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every N-th origin")
    args = parser.parse_args()
    folder().mkdir(parents=True, exist_ok=True)
    if not part_path("pictures").exists():
        make_pictures([row for row in data.judged_rows(args.every) if row["label"] == "real"])
    for kind in (ORIGINAL, *COPIES):
        if not part_path(kind).exists():
            make_features(kind)
            print(kind, flush=True)


if __name__ == "__main__":
    main()
