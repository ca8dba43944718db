"""The heads as parts of the ONNX graph: each adds its raw logit [1, 1] and, per 5 x 5 cell, what the cell adds.

A linear head's cells and its bias sum to its logit. A Gaussian head is not a sum over cells: its cells share the logit
equally, plus what the head's slope at this window makes of each cell's difference from the average. What has no place
in the picture (traces) is shared equally too.
"""

from dataclasses import dataclass

import numpy as np

from . import model
from .heads import Fitted, Head
from .preprocess import area_matrix


@dataclass(frozen=True)
class Tap:
    """A tensor that heads look at. `side`: of its maps [frames, channels, side, side]; 0: it is [1, channels]."""

    tensor: str
    channels: int
    side: int


@dataclass
class Pools:
    """Averages over frames, and over positions too, of the taps by feature; each computed once."""

    graph: model.Graph
    taps: dict[str, Tap]

    def __post_init__(self) -> None:
        self.known: dict[tuple[str, bool], str] = {}

    def _pooled(self, name: str, flat: bool) -> str:
        tap = self.taps[name]
        if tap.side == 0:
            return tap.tensor
        if not flat:
            return self.graph.op("ReduceMean", [tap.tensor], axes=[0], keepdims=1)
        return self.graph.op("Flatten", [self.graph.op("ReduceMean", [tap.tensor], axes=[0, 2, 3], keepdims=1)], axis=1)

    def _get(self, name: str, flat: bool) -> str:
        if (name, flat) not in self.known:
            self.known[name, flat] = self._pooled(name, flat)
        return self.known[name, flat]

    def blocks(self, head: Head) -> list[tuple[str, slice]]:
        """The head's features with their columns."""
        widths = [self.taps[name].channels for name in head.features]
        ends = np.cumsum(widths)
        return [(name, slice(end - n, end)) for name, end, n in zip(head.features, ends, widths, strict=True)]

    def columns(self, head: Head) -> str:
        """[1, columns]"""
        parts = [self._get(name, True) for name in head.features]
        return self.graph.op("Concat", parts, axis=1) if len(parts) > 1 else parts[0]

    def cells(self, name: str, weights: str) -> str:
        """What `weights` [1, channels] make of a feature, on 5 x 5 cells whose mean it is: [5, 5]."""
        g, tap = self.graph, self.taps[name]
        if tap.side == 0:
            column = g.op("Transpose", [tap.tensor], perm=[1, 0])
            total = g.op("MatMul", [weights, column])
            return g.op("Expand", [total, g.shape([model.GRID, model.GRID])])
        rows = g.op("Reshape", [self._get(name, False), g.shape([tap.channels, tap.side**2])])
        y = g.op("Reshape", [g.op("MatMul", [weights, rows]), g.shape([tap.side, tap.side])])
        if tap.side == model.GRID:
            return y
        shares = area_matrix(tap.side, model.GRID).astype(np.float32)
        down = g.op("MatMul", [g.const(f"down{tap.side}", shares), y])
        return g.op("MatMul", [down, g.const(f"across{tap.side}", shares.T.copy())])


def linear(pools: Pools, name: str, head: Head, fitted: Fitted, gain: float) -> tuple[str, list[str]]:
    g = pools.graph
    w = g.const(f"{name}_w", fitted["w"].astype(np.float32)[:, None])
    logit = g.op("Gemm", [pools.columns(head), w, g.const(f"{name}_b", fitted["b"].astype(np.float32).reshape(1))])
    maps = []
    for feature, part in pools.blocks(head):
        weights = g.const(f"{name}_map_{feature}", (fitted["w"][part] * gain / model.GRID**2).astype(np.float32)[None])
        maps.append(pools.cells(feature, weights))
    return logit, maps


def pulls(graph: model.Graph, name: str, distance: str, fitted: Fitted) -> tuple[str, str]:
    """What every support vector adds to the logit [vectors], and how much that falls for each unit of distance."""
    alpha = graph.const(f"{name}_alpha", (fitted["alpha"] / len(fitted["gammas"])).astype(np.float32))
    parts, falls = [], []
    for i, gamma in enumerate(fitted["gammas"]):
        away = graph.op("Mul", [distance, graph.const(f"{name}_gamma{i}", np.float32(-gamma))])
        parts.append(graph.op("Mul", [graph.op("Exp", [away]), alpha]))
        falls.append(graph.op("Mul", [parts[-1], graph.const(f"{name}_fall{i}", np.float32(gamma))]))
    return graph.op("Sum", parts), graph.op("Sum", falls)


def gaussian(pools: Pools, name: str, head: Head, fitted: Fitted, gain: float) -> tuple[str, list[str]]:
    g = pools.graph
    x = pools.columns(head)
    p = g.half(f"{name}_p", fitted["p"])
    z = g.op("Gemm", [x, p, g.const(f"{name}_q", fitted["q"].astype(np.float32))])  # [1, components]
    away = g.op("Sub", [g.half(f"{name}_s", fitted["s"]), z])  # [vectors, components]
    distance = g.op("ReduceSum", [g.op("Mul", [away, away]), g.shape([1])], keepdims=0)
    pull, fall = pulls(g, name, distance, fitted)
    logit = g.op("Add", [
        g.op("Reshape", [g.op("ReduceSum", [pull, g.shape([0])], keepdims=1), g.shape([1, 1])]),
        g.const(f"{name}_b", fitted["b"].astype(np.float32).reshape(1, 1)),
    ])
    twice = g.const(f"{name}_slope", np.float32(2 * gain / model.GRID**2))
    row = g.op("Reshape", [fall, g.shape([1, len(fitted["alpha"])])])
    slope = g.op("MatMul", [g.op("Mul", [g.op("MatMul", [row, away]), twice]), g.op("Transpose", [p], perm=[1, 0])])
    maps = []
    for feature, part in pools.blocks(head):
        weights = g.op("Slice", [slope, g.shape([part.start]), g.shape([part.stop]), g.shape([1])])
        maps.append(pools.cells(feature, weights))
    share = g.op("Mul", [logit, g.const(f"{name}_share", np.float32(gain / model.GRID**2))])
    average = g.op("ReduceSum", [g.op("Mul", [slope, x]), g.shape([1])], keepdims=1)
    return logit, [*maps, g.op("Sub", [share, average])]


def add(pools: Pools, name: str, head: Head, fitted: Fitted, gain: float) -> tuple[str, list[str]]:
    """`gain`: what one unit of the head's logit adds to the answer."""
    return (gaussian if head.gammas else linear)(pools, name, head, fitted, gain)
