"""Low-level traces: which residuals of brightness follow each other, at the scale of the copy itself.
`src/engine/estimate/traces.ts` does the same; change both or none.

Co-occurrences as in SRM (Fridrich and Kodovsky 2012): second differences, rounded to five levels, four in a row along
and across their direction; a chain counts as one with its reverse and its negative. In whole numbers up to the
logarithm, so that they are the same everywhere.
"""

import numpy as np

from . import checks

CROP = 128
LIMIT = 2
CHAIN = 4
BINS = 2 * LIMIT + 1
COLUMNS = 2 * BINS**CHAIN
# Steps between levels, in thousandths of a grey level. Half a step goes to the even level.
STEP = 2000
LEAST = 1e-5  # added to every share before its logarithm is taken


def levels(residual: np.ndarray) -> np.ndarray:
    """int32 in thousandths -> 0..4, 2 is none."""
    size = np.abs(residual)
    return np.sign(residual) * ((2 * size > STEP).astype(np.int32) + (2 * size >= 3 * STEP)) + LIMIT


def _chains(level: np.ndarray, axis: int) -> np.ndarray:
    """How often every chain of four levels occurs along an axis: [625]."""
    length = level.shape[axis] - CHAIN + 1
    code = np.zeros(1, np.int32)
    for i in range(CHAIN):
        code = code * BINS + np.take(level, np.arange(i, i + length), axis=axis)
    return np.bincount(code.ravel(), minlength=BINS**CHAIN)


def _merged(counts: np.ndarray) -> np.ndarray:
    """Shares of each chain together with its negative and its reverse: [625]."""
    shares = (counts / counts.sum()).reshape((BINS,) * CHAIN)
    shares = shares + shares[::-1, ::-1, ::-1, ::-1]
    return (shares + shares.transpose(3, 2, 1, 0)).ravel()


def co_occurrences(pictures: np.ndarray) -> np.ndarray:
    """uint8 [n, h, w, 3] -> logarithms of the shares of all chains, along and across: float32 [1250]."""
    y = checks.whole_luma(pictures)
    counts = np.zeros((2, BINS**CHAIN), np.int64)
    for axis, other in ((1, 2), (2, 1)):
        level = levels(np.diff(y, n=2, axis=axis))
        counts += np.stack([_chains(level, axis), _chains(level, other)])
    return np.log(np.concatenate([_merged(part) for part in counts]) + LEAST).astype(np.float32)


def crops(frames: np.ndarray) -> np.ndarray:
    """uint8 [n, side, side, 3] -> [4 n, 128, 128, 3]: midway between the centre and the corners.

    @raises ValueError when a frame is smaller than a crop
    """
    room = frames.shape[1] - CROP
    if room < 0:
        raise ValueError(f"frames have to be {CROP} pixels wide at least")
    low = room // 4
    places = [(y, x) for y in (low, room - low) for x in (low, room - low)]
    return np.concatenate([frames[:, y : y + CROP, x : x + CROP] for y, x in places])


def of_frames(frames: np.ndarray) -> np.ndarray:
    """uint8 [n, side, side, 3] -> float32 [1250]"""
    return co_occurrences(crops(frames))
