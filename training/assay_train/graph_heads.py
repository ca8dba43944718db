"""The heads as parts of the ONNX graph: each adds its raw logit [1, 1] and, per 5 x 5 cell, what the cell adds.

A linear head's cells and its bias sum to its logit. The kernel head is not a sum over cells: its cells share the logit
equally, plus what the head's slope at this window makes of each cell's difference from the average.
"""

from dataclasses import dataclass

import numpy as np

from . import model
from .heads import Fitted, Head


def level_of(name: str) -> str:
    """`96` of `mean96`."""
    return name.removeprefix("mean")


def blocks(head: Head) -> list[tuple[str, slice]]:
    """The head's levels with their columns."""
    levels = [level_of(name) for name in head.features]
    ends = np.cumsum([int(level) for level in levels])
    return [(level, slice(end - int(level), end)) for level, end in zip(levels, ends, strict=True)]


@dataclass
class Pools:
    """Averages over frames, and over positions too, of the network's levels; each computed once."""

    graph: model.Graph
    taps: dict[str, str]

    def __post_init__(self) -> None:
        self.known: dict[tuple[str, bool], str] = {}

    def _get(self, level: str, flat: bool) -> str:
        if (level, flat) not in self.known:
            if flat:
                pooled = self.graph.op("ReduceMean", [self.taps[level]], axes=[0, 2, 3], keepdims=1)
                self.known[level, flat] = self.graph.op("Flatten", [pooled], axis=1)
            else:
                self.known[level, flat] = self.graph.op("ReduceMean", [self.taps[level]], axes=[0], keepdims=1)
        return self.known[level, flat]

    def columns(self, head: Head) -> str:
        """[1, columns]"""
        parts = [self._get(level, True) for level, _ in blocks(head)]
        return self.graph.op("Concat", parts, axis=1) if len(parts) > 1 else parts[0]

    def cells(self, level: str, weights: str) -> str:
        """Weighted sum of the level's channels by `weights` [1, channels], on 5 x 5 cells: [1, 1, 5, 5]."""
        g, side = self.graph, model.MAP_SIDE[level]
        rows = g.op("Reshape", [self._get(level, False), g.shape([int(level), side * side])])
        y = g.op("Reshape", [g.op("MatMul", [weights, rows]), g.shape([1, 1, side, side])])
        k = side // model.GRID
        return g.op("AveragePool", [y], kernel_shape=[k, k], strides=[k, k]) if k > 1 else y


def linear(pools: Pools, name: str, head: Head, fitted: Fitted, gain: float) -> tuple[str, list[str]]:
    g = pools.graph
    w = g.const(f"{name}_w", fitted["w"].astype(np.float32)[:, None])
    logit = g.op("Gemm", [pools.columns(head), w, g.const(f"{name}_b", fitted["b"].astype(np.float32).reshape(1))])
    maps = []
    for level, part in blocks(head):
        weights = g.const(f"{name}_map{level}", (fitted["w"][part] * gain / model.GRID**2).astype(np.float32)[None])
        maps.append(pools.cells(level, weights))
    return logit, maps


def kernel(pools: Pools, name: str, head: Head, fitted: Fitted, gain: float) -> tuple[str, list[str]]:
    g = pools.graph
    x = pools.columns(head)
    p = g.half(f"{name}_p", fitted["p"])
    z = g.op("Gemm", [x, p, g.const(f"{name}_q", fitted["q"].astype(np.float32))])  # [1, components]
    away = g.op("Sub", [g.half(f"{name}_s", fitted["s"]), z])  # [vectors, components]
    distance = g.op("ReduceSum", [g.op("Mul", [away, away]), g.shape([1])], keepdims=0)
    near = g.op("Exp", [g.op("Mul", [distance, g.const(f"{name}_gamma", np.float32(-fitted["gamma"]))])])
    pull = g.op("Mul", [near, g.const(f"{name}_alpha", fitted["alpha"].astype(np.float32))])  # [vectors]
    row = g.op("Reshape", [pull, g.shape([1, len(fitted["alpha"])])])
    total = g.op("ReduceSum", [row, g.shape([1])], keepdims=1)
    logit = g.op("Add", [total, g.const(f"{name}_b", fitted["b"].astype(np.float32).reshape(1, 1))])
    twice = g.const(f"{name}_slope", np.float32(2 * fitted["gamma"] * gain / model.GRID**2))
    slope = g.op("MatMul", [g.op("Mul", [g.op("MatMul", [row, away]), twice]), g.op("Transpose", [p], perm=[1, 0])])
    maps = []
    for level, part in blocks(head):
        weights = g.op("Slice", [slope, g.shape([part.start]), g.shape([part.stop]), g.shape([1])])
        maps.append(pools.cells(level, weights))
    share = g.op("Mul", [logit, g.const(f"{name}_share", np.float32(gain / model.GRID**2))])
    average = g.op("ReduceSum", [g.op("Mul", [slope, x]), g.shape([1])], keepdims=1)
    rest = g.op("Reshape", [g.op("Sub", [share, average]), g.shape([1, 1, 1, 1])])
    return logit, [*maps, rest]


def add(pools: Pools, name: str, head: Head, fitted: Fitted, gain: float) -> tuple[str, list[str]]:
    """`gain`: what one unit of the head's logit adds to the answer."""
    return (linear if head.gamma is None else kernel)(pools, name, head, fitted, gain)
