"""The heads on the network's averages: what they look at, how they are fitted, how they answer.

All heads are one support vector machine: its kernel is the sum of theirs, and each head's logit is its part of the
machine's, so that the answer is their sum. A fitted head is a dict of arrays, so that it can be stored: linear `w`, `b`;
Gaussian `p`, `q` (projection and its shift), `s` (support vectors), `alpha`, `b`, `gammas`.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from . import metrics


@dataclass(frozen=True)
class Head:
    """`weight`: of its kernel in the sum. `gammas`: of Gaussian kernels whose mean it is; none: it is linear.

    `components`: of the projection that Gaussian kernels work in.
    """

    features: tuple[str, ...]
    weight: float
    gammas: tuple[float, ...] = ()
    components: int = 0


HEADS: dict[str, Head] = {
    "scene": Head(("mean1280",), 0.2),
    "texture": Head(("mean96",), 0.2),
    "likeness": Head(("mean64", "mean96", "mean160", "mean1280"), 1, (0.75, 3.0), 128),
    "detail": Head(("fine64", "fine96", "fine160", "fine1280"), 1, (0.75,), 48),
    "traces": Head(("traces",), 2),
}

C = 0.5
# What a real clip counts grows by e for each deviation that it scores above the mean real one: few false alarms matter
# more than the order of clips that nobody would suspect.
HARD_REAL = 1.0
# Clips are scored by machines that have not seen their group: of that many parts of the groups, in that many draws.
PARTS = 4
DRAWS = 3
# How much less a head sees of what changes with the conversion of colours alone.
STEADY = 100.0

Fitted = dict[str, np.ndarray]


def mean_by(keys: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Index of the first row of every key, and the mean of the rows of every key."""
    _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    sums = np.zeros((len(first), x.shape[1]))
    np.add.at(sums, inverse, x)
    return first, sums / counts[:, None]


def fit_logistic(
    x: np.ndarray, label: np.ndarray, weights: np.ndarray, c: float, typical: np.ndarray | None = None
) -> Fitted:
    """L2 logistic regression; columns are scaled by the rows `typical` (by all when None)."""
    known = x if typical is None else x[typical]
    mean, deviation = known.mean(0), known.std(0) + 1e-6
    fit = LogisticRegression(C=c, max_iter=400).fit((x - mean) / deviation, label, sample_weight=weights)
    w = fit.coef_[0] / deviation
    return {"w": w, "b": np.array(fit.intercept_[0] - w @ mean)}


def column_scale(x: np.ndarray, widths: list[int]) -> np.ndarray:
    """Divisors with which every block of columns, however wide, has the same share in a distance."""
    block = np.concatenate([np.full(width, np.sqrt(width * len(widths))) for width in widths])
    return (x.std(0) + 1e-6) * block


def squared_distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T


def gaussians(distances: np.ndarray, gammas: np.ndarray) -> np.ndarray:
    return np.mean([np.exp(-gamma * distances) for gamma in gammas], axis=0)


def unchanged(rows: np.ndarray) -> np.ndarray:
    return rows


@dataclass(frozen=True)
class Space:
    """Where a head compares clips. `z`: the clips in it; `stored`: what takes a row there (and `gammas`).

    `steady`: makes directions smaller that are not to be trusted, of rows of a linear head.
    """

    head: Head
    z: np.ndarray
    stored: Fitted
    steady: Callable[[np.ndarray], np.ndarray] = unchanged

    def kernel(self) -> np.ndarray:
        """The head's part of the machine's kernel [clips, clips]."""
        if not self.head.gammas:
            return self.head.weight * self.z @ self.z.T
        return self.head.weight * gaussians(squared_distances(self.z, self.z), self.stored["gammas"])

    def fitted(self, alpha: np.ndarray, bias: float) -> Fitted:
        """`alpha`: of each clip; `bias`: what the head adds at any row."""
        own = alpha * self.head.weight
        if not self.head.gammas:
            w = self.steady(own @ self.z) / self.stored["divisor"]
            return {"w": w, "b": np.array(bias - w @ self.stored["mean"])}
        support = alpha != 0
        return {**self.stored, "s": self.z[support], "alpha": own[support], "b": np.array(bias)}


def steadier(changes: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """Makes rows [..., columns] smaller along directions in which `changes` [n, columns] are large."""
    _, sizes, axes = np.linalg.svd(changes, full_matrices=False)
    lost = 1 - 1 / np.sqrt(1 + STEADY * sizes**2 / len(changes))
    return lambda rows: rows - (rows @ axes.T * lost) @ axes


def space_of(head: Head, x: np.ndarray, widths: list[int], changes: np.ndarray | None = None) -> Space:
    """`x`: one row a clip; `widths`: of the blocks of its columns; `changes`: differences that mean nothing."""
    if not head.gammas:
        mean, deviation = x.mean(0), x.std(0) + 1e-6
        scaled = (x - mean) / deviation
        steady = unchanged if changes is None else steadier(changes / deviation)
        scaled = steady(scaled)
        length = np.sqrt((scaled**2).sum(1).mean())  # so that kernels of all heads are alike in size
        return Space(head, scaled / length, {"mean": mean, "divisor": deviation * length}, steady)
    scale = column_scale(x, widths)
    scaled = x / scale
    centre = scaled.mean(0)
    _, _, axes = np.linalg.svd(scaled - centre, full_matrices=False)
    axes = axes[: head.components]
    p, q = (axes / scale).T, -axes @ centre
    return Space(head, x @ p + q, {"p": p, "q": q, "gammas": np.array(head.gammas)})


def class_balanced(weights: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Both classes count the same. Mean 1."""
    sums = np.array([weights[label == 0].sum(), weights[label == 1].sum()])
    return weights * len(label) / 2 / sums[label]


def fit_machine(kernel: np.ndarray, label: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """`alpha` of every row (0 where it supports nothing), and the bias."""
    fit = SVC(C=C, kernel="precomputed").fit(kernel, label, sample_weight=weights)
    alpha = np.zeros(len(label))
    alpha[fit.support_] = fit.dual_coef_[0]
    return alpha, float(fit.intercept_[0])


def scores_of_unseen(kernel: np.ndarray, label: np.ndarray, group: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Logits of every clip by machines that have not seen its group; 0 where too little is left for one."""
    scores = np.zeros(len(label))
    for draw in range(DRAWS):
        part = np.array([zlib.crc32(f"{draw} {name}".encode()) % PARTS for name in group])
        for k in range(PARTS):
            rest, here = np.flatnonzero(part != k), np.flatnonzero(part == k)
            if len(here) and len(np.unique(label[rest])) == 2:
                balanced = class_balanced(weights[rest], label[rest])
                alpha, bias = fit_machine(kernel[np.ix_(rest, rest)], label[rest], balanced)
                scores[here] += (kernel[np.ix_(here, rest)] @ alpha + bias) / DRAWS
    return scores


def hard_real_weights(kernel: np.ndarray, label: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Classes and groups count the same, but real clips the more, the more they look generated to who doesn't know them."""
    equal = metrics.equal_weights(label, group)
    scores = scores_of_unseen(kernel, label, group, equal)
    above = (scores - scores[label == 0].mean()) / (scores.std() + 1e-6)
    return class_balanced(np.where(label == 0, equal * np.exp(HARD_REAL * above), equal), label)


def fit(
    columns: dict[str, np.ndarray],
    widths: dict[str, list[int]],
    label: np.ndarray,
    group: np.ndarray,
    clip: np.ndarray,
    changes: dict[str, np.ndarray],
) -> dict[str, Fitted]:
    """All heads, on the mean of each clip's copies. `columns`, `widths`: of each head, and of the blocks in them.

    `changes`: by head, differences that mean nothing (conversions.py).
    """
    first = mean_by(clip, np.zeros((len(clip), 1)))[0]
    means = {name: mean_by(clip, columns[name])[1] for name in HEADS}
    spaces = {name: space_of(head, means[name], widths[name], changes.get(name)) for name, head in HEADS.items()}
    kernel = sum(space.kernel() for space in spaces.values())
    label, group = label[first], group[first]
    alpha, bias = fit_machine(kernel, label, hard_real_weights(kernel, label, group))
    return {name: space.fitted(alpha, bias / len(HEADS)) for name, space in spaces.items()}


def answer(fitted: Fitted, x: np.ndarray) -> np.ndarray:
    """Raw logits [n], not calibrated."""
    if "w" in fitted:
        return x @ fitted["w"] + fitted["b"]
    z = x @ fitted["p"] + fitted["q"]
    return gaussians(squared_distances(z, fitted["s"]), fitted["gammas"]) @ fitted["alpha"] + fitted["b"]


def pack(fitted: dict[str, Fitted]) -> Fitted:
    """One flat dict for a file."""
    return {f"{name}_{key}": value for name, parts in fitted.items() for key, value in parts.items()}


def unpack(stored: Fitted) -> dict[str, Fitted]:
    names = list(HEADS)
    return {n: {k.removeprefix(n + "_"): v for k, v in stored.items() if k.startswith(n + "_")} for n in names}
