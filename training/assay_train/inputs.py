"""What the model takes of a window of 8 frames. `src/engine/estimate/inputs.ts` does the same; change both or none."""

import numpy as np

from . import traces
from .preprocess import FINE_SIDE, INPUT_SIDE, network_input

COARSE = (0, 2, 4, 6)  # frames of the input `frames`, and those whose traces are counted
FINE = (1, 5)  # frames of the input `fine`

SHAPES: dict[str, list[int]] = {
    "frames": [len(COARSE), 3, INPUT_SIDE, INPUT_SIDE],
    "fine": [len(FINE), 3, FINE_SIDE, FINE_SIDE],
    "traces": [1, traces.COLUMNS],
}


def feeds(frames: np.ndarray) -> dict[str, np.ndarray]:
    """uint8 [8, side, side, 3] -> float32 of `SHAPES`. @raises ValueError when a frame is smaller than a crop"""
    coarse = frames[list(COARSE)]
    return {
        "frames": network_input(coarse),
        "fine": network_input(frames[list(FINE)], FINE_SIDE),
        "traces": traces.of_frames(coarse)[None],
    }
