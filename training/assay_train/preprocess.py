"""Frames to network input. `src/engine/estimate/preprocess.ts` does the same; change both or none.

Area average: output pixel i of n covers the source interval [i*s/n, (i+1)*s/n); source pixels count by
the covered fraction, divided by s/n. Columns first, then rows, in float64; then x/127.5 - 1 in float32.
"""

from functools import cache

import numpy as np

INPUT_SIDE = 160
FINE_SIDE = 224


@cache
def area_matrix(source: int, target: int) -> np.ndarray:
    """float64 [target, source]; rows sum to 1."""
    scale = source / target
    edges = np.arange(target + 1) * scale
    pixels = np.arange(source)
    low = np.maximum(edges[:-1, None], pixels[None])
    high = np.minimum(edges[1:, None], pixels[None] + 1)
    return np.maximum(high - low, 0) / scale


def area_resize(image: np.ndarray, target: int) -> np.ndarray:
    """uint8 or float [s, s, c] -> float64 [target, target, c] in the same units."""
    matrix = area_matrix(image.shape[0], target)
    columns = np.tensordot(image.astype(np.float64), matrix, axes=(1, 1))  # [s, c, target]
    return np.tensordot(matrix, columns, axes=(1, 0)).transpose(0, 2, 1)


def network_input(frames: np.ndarray, target: int = INPUT_SIDE) -> np.ndarray:
    """uint8 [n, side, side, 3] -> float32 [n, 3, target, target] in -1..1."""
    small = np.stack([area_resize(frame, target) for frame in frames])
    return (small / 127.5 - 1).astype(np.float32).transpose(0, 3, 1, 2)
