"""Measures of a window's frames that decide whether it can be judged. `src/engine/estimate/checks.ts` does the
same; change both or none. All on 8-bit RGB frames [n, side, side, 3]; luma = (299 R + 587 G + 114 B) / 1000.
"""

import numpy as np

from .preprocess import area_resize

THUMB = 16
BINS = 8

# Thresholds; results/checks.json says what they do on the data.
FLAT = 4.0  # luma deviation below which a frame is flat
STILL = 0.2  # change below which a window stands still
BLOCKY = 1.5  # grid strength above which the picture is too damaged
BLURRED = 0.17  # detail below which the picture is too blurred
CUT = 0.3  # distance above which there is a cut


def whole_luma(frames: np.ndarray) -> np.ndarray:
    """uint8 [..., 3] -> int32 [...] in thousandths of a grey level."""
    return frames.astype(np.int32) @ np.array([299, 587, 114], np.int32)


def luma(frames: np.ndarray) -> np.ndarray:
    """float64 [..., side, side] in 0..255."""
    return whole_luma(frames) / 1000


def thumbs(frames: np.ndarray) -> np.ndarray:
    """Area averages, float64 [n, 16, 16, 3] in 0..255."""
    return np.stack([area_resize(frame, THUMB) for frame in frames])


def _histogram(channel: np.ndarray) -> np.ndarray:
    """Shares of 8 bins with centres 0, 256/7, ... 256; a value counts for its two neighbours by nearness."""
    at = channel.ravel() / 256 * (BINS - 1)
    low = np.floor(at).astype(int)
    part = at - low
    counts = np.bincount(low, 1 - part, BINS) + np.bincount(low + 1, part, BINS)
    return counts / channel.size


def cut_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Between two thumbnails, 0..4: (1 - correlation of their layout) times the difference of their colours.

    Layout: values minus each channel's mean; colours: mean over channels of the L1 distance of histograms.
    """
    x, y = a - a.mean((0, 1)), b - b.mean((0, 1))
    norm = np.sqrt((x * x).sum() * (y * y).sum())
    correlation = (x * y).sum() / norm if norm > 1e-6 else 0.0
    colours = np.mean([np.abs(_histogram(a[..., c]) - _histogram(b[..., c])).sum() for c in range(3)])
    return float((1 - correlation) * colours)


def change(thumbnails: np.ndarray) -> float:
    """Largest mean |difference| of any thumbnail to the first, 0..255."""
    return float(np.abs(thumbnails - thumbnails[:1]).mean((1, 2, 3)).max())


def spread(y: np.ndarray) -> float:
    """Standard deviation of one frame's luma [side, side]."""
    return float(y.std())


def blockiness(y: np.ndarray) -> float:
    """Strength of an 8-pixel grid of any phase in one frame's luma [side, side]; about 1 without a grid.

    Per axis: |steps| between neighbours, summed by position modulo 8; the largest of the eight sums over the
    mean of the others. The smaller of the two axes (edges of the scene rarely form a grid in both).
    """
    ratios = []
    for steps in (np.abs(np.diff(y, axis=1)).mean(0), np.abs(np.diff(y, axis=0)).mean(1)):
        usable = len(steps) // 8 * 8
        phases = steps[:usable].reshape(-1, 8).mean(0)
        top = phases.max()
        others = (phases.sum() - top) / 7
        ratios.append(top / max(others, 1e-3))
    return float(min(ratios))


def detail(y: np.ndarray) -> float:
    """Share of fine steps in one frame's luma: mean |2nd difference| over mean |difference at 4 pixels|; both axes."""
    fine = np.abs(y[:, 2:] - 2 * y[:, 1:-1] + y[:, :-2]).mean() + np.abs(y[2:] - 2 * y[1:-1] + y[:-2]).mean()
    coarse = np.abs(y[:, 4:] - y[:, :-4]).mean() + np.abs(y[4:] - y[:-4]).mean()
    return float(fine / max(coarse, 1e-3))
