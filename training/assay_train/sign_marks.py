"""Sora's mark (a cloud with two eyes, the word, sometimes a user's name below) and marks that are none, as masks.

The shapes are those of `test/marks/signs.ts`. A mask holds how much of each pixel is painted, 0..1.
"""

import math
import random
import subprocess
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SORA_FONTS = ("Inter:semibold", "Inter:semibold", "Inter:bold", "Inter:medium", "Lato:bold", "Open Sans:semibold")
OTHER_FONTS = ("Inter", "Inter:bold", "Lato", "Open Sans", "DejaVu Sans", "DejaVu Serif:bold")
USERS = ("@nightowl", "@maria.k", "@studio_77", "@j", "@longer.username_9", "@tom", "@Ana")
OTHER_WORDS = (
    *("Veo", "KlingAI", "Runway", "Pika", "LIVE", "CNN", "TikTok", "iStock", "NEWS 24", "Soda", "Song", "Flora", "Aurora"),
    *("CapCut", "@user_12", "Score 2:1", "Sonos", "Solar", "12:45", "Sofia", "Mora", "REC", "Luma", "HeyGen", "Bora Bora"),
)
OTHER_SIGNS = ("none", "none", "disc", "ring", "square", "cloud without eyes", "face", "gear", "two dots")
FINE = 4
LOBES = 6


@cache
def font_file(name: str) -> str:
    """The file of a font, as fontconfig has it."""
    return subprocess.run(["fc-match", "-f", "%{file}", name], capture_output=True, text=True, check=True).stdout


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(name), size)


def _ellipse(x, y, cx, cy, rx, ry, lean=0.0):
    cos, sin = math.cos(lean), math.sin(lean)
    dx, dy = x - cx, y - cy
    return ((dx * cos + dy * sin) / rx) ** 2 + ((dy * cos - dx * sin) / ry) ** 2 <= 1


def _cloud(x, y):
    angles = [-1.4 + i * 2 * math.pi / LOBES for i in range(LOBES)]
    body = _ellipse(x, y, 0, 0, 0.74, 0.74)
    for a in angles:
        body |= _ellipse(x, y, 0.59 * math.cos(a), 0.59 * math.sin(a), 0.41, 0.41)
    return body


def _sora(x, y):
    eyes = _ellipse(x, y, -0.33, -0.02, 0.2, 0.31, -0.2) | _ellipse(x, y, 0.27, -0.19, 0.2, 0.31, -0.2)
    glints = _ellipse(x, y, -0.37, -0.13, 0.1, 0.12) | _ellipse(x, y, 0.24, -0.31, 0.1, 0.12)
    return glints | (_cloud(x, y) & ~eyes)


def _other(name: str, x, y):
    disc = _ellipse(x, y, 0, 0, 0.9, 0.9)
    dots = _ellipse(x, y, -0.35, -0.1, 0.16, 0.16) | _ellipse(x, y, 0.35, -0.1, 0.16, 0.16)
    if name == "disc":
        return disc
    if name == "ring":
        return disc & ~_ellipse(x, y, 0, 0, 0.6, 0.6)
    if name == "square":
        return (abs(x) < 0.8) & (abs(y) < 0.8)
    if name == "cloud without eyes":
        return _cloud(x, y)
    if name == "face":
        return disc & ~dots & ~((abs(y - 0.4) < 0.1) & (abs(x) < 0.4))
    if name == "gear":
        return _cloud(x, y) & ~_ellipse(x, y, 0, 0, 0.35, 0.35)
    if name == "two dots":
        return dots
    return np.zeros_like(x, dtype=bool)


def _shape(inside, side: int) -> np.ndarray:
    """A shape of -1..1 in a square of so many pixels."""
    line = (np.arange(side * FINE) + 0.5) * 2 / (side * FINE) - 1
    x, y = np.meshgrid(line, line)
    return inside(x, y).reshape(side, FINE, side, FINE).mean(axis=(1, 3)).astype(np.float32)


def _write(mask: np.ndarray, text: str, name: str, size: int, x: float, middle: float) -> float:
    """Writes a line into a mask. @returns its width in pixels."""
    face = font(name, max(4, size))
    image = Image.fromarray((mask * 255).astype(np.uint8))
    ImageDraw.Draw(image).text((x, middle), text, font=face, fill=255, anchor="lm")
    mask[:] = np.asarray(image, np.float32) / 255
    return face.getlength(text)


def sora_mark(size: int, rng: random.Random) -> tuple[np.ndarray, tuple[float, float]]:
    """The mark with print of so many pixels. @returns the mask, and the place in it where the word starts."""
    sign, gap = rng.uniform(1.16, 1.36), rng.uniform(0.35, 0.6)
    side, left = round(sign * size), round((sign + gap) * size)
    user = rng.choice(USERS) if rng.random() < 0.3 else None
    height = max(side, 2 * size) + size // 2
    mask = np.zeros((height, round(left + size * max(2.6, 0.4 * len(user or "")) + size // 2)), np.float32)
    top = (height - side) // 2
    mask[top : top + side, :side] = _shape(_sora, side)
    off = 0.44 * size if user else 0.0
    name = rng.choice(SORA_FONTS)
    _write(mask, "Sora", name, size, left, height / 2 - off)
    if user:
        _write(mask, user, name, round(size * 0.62), left, height / 2 + off)
    return mask, (left, height / 2 - off)


def other_mark(size: int, rng: random.Random) -> np.ndarray:
    """A word with or without a sign that is not Sora's."""
    kind = rng.choice(OTHER_SIGNS)
    side = 0 if kind == "none" else round(size * rng.uniform(0.9, 1.5))
    left = side + round(size * 0.4)
    mask = np.zeros((max(side, 2 * size), left + size * 7), np.float32)
    top = (mask.shape[0] - side) // 2
    if side:
        mask[top : top + side, :side] = _shape(lambda x, y: _other(kind, x, y), side)
    width = _write(mask, rng.choice(OTHER_WORDS), rng.choice(OTHER_FONTS), size, left, mask.shape[0] / 2)
    return mask[:, : math.ceil(left + width)]


def paint(frame: np.ndarray, mask: np.ndarray, x: int, y: int, opacity: float, shadow: float, blur: float) -> None:
    """Lays a mask, white over its own blurred shadow, over an RGB frame (float, 0..255), in place."""
    height, width = mask.shape
    dark = np.asarray(Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur)), np.float32)
    part = frame[y : y + height, x : x + width]
    part *= 1 - opacity * shadow * dark[: part.shape[0], : part.shape[1], None] / 255
    cover = opacity * mask[: part.shape[0], : part.shape[1], None]
    part *= 1 - cover
    part += 255 * cover
