"""The heads as they ship, read back from the model file, so that stored features can be scored without the network."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from . import heads
from .heads import HEADS, Fitted


@dataclass(frozen=True)
class Shipped:
    """`mix`, `shift`: from the heads' raw logits to the calibrated one."""

    fitted: dict[str, Fitted]
    mix: np.ndarray
    shift: float

    def logits(self, columns: dict[str, np.ndarray]) -> np.ndarray:
        """Calibrated logits [n] from columns by the names of features.py."""
        parts = [
            heads.answer(self.fitted[name], np.concatenate([columns[f].astype(np.float64) for f in head.features], 1))
            for name, head in HEADS.items()
        ]
        return np.stack(parts, 1) @ self.mix + self.shift


def _head(name: str, head: heads.Head, arrays: dict[str, np.ndarray]) -> Fitted:
    if not head.gammas:
        return {"w": arrays[f"{name}_w"][:, 0], "b": arrays[f"{name}_b"][0]}
    gammas = np.array([-arrays[f"{name}_gamma{i}"] for i in range(len(head.gammas))])
    found = {"p": arrays[f"{name}_p_h"], "q": arrays[f"{name}_q"], "s": arrays[f"{name}_s_h"]}
    alpha = arrays[f"{name}_alpha"] * len(gammas)
    return {**found, "alpha": alpha, "b": arrays[f"{name}_b"][0, 0], "gammas": gammas}


def read(model: onnx.ModelProto | Path) -> Shipped:
    """@raises KeyError when the graph's heads are not those of heads.py"""
    graph = (onnx.load(model) if isinstance(model, Path) else model).graph
    arrays = {w.name: numpy_helper.to_array(w).astype(np.float64) for w in graph.initializer}
    fitted = {name: _head(name, head, arrays) for name, head in HEADS.items()}
    return Shipped(fitted, arrays["mix_w"][:, 0], float(arrays["mix_b"][0]))
