"""The heads on the network's averages: what they look at, how they are fitted, how they answer.

A fitted head is a dict of arrays, so that it can be stored: linear `w`, `b`; kernel `p`, `q` (projection and its
shift), `s` (support vectors), `alpha`, `b`, `gamma`.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from . import metrics


@dataclass(frozen=True)
class Head:
    """`share`: of the answer; all shares sum to 1. `gamma`: width of the kernel, None for a linear head.

    `components`: of the projection that a kernel head works in.
    """

    features: tuple[str, ...]
    share: float
    c: float
    gamma: float | None = None
    components: int = 0


HEADS: dict[str, Head] = {
    "scene": Head(("mean1280",), 0.16, 1e-3),
    "texture": Head(("mean96",), 0.16, 1e-2),
    "likeness": Head(("mean64", "mean96", "mean160", "mean1280"), 0.32, 4.0, 1.5, 128),
    "detail": Head(("fine64", "fine96", "fine160", "fine1280"), 0.18, 4.0, 1.5, 48),
    "traces": Head(("traces",), 0.18, 1e-3),
}

SHARES = np.array([head.share for head in HEADS.values()])

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


def fit_linear(head: Head, x: np.ndarray, label: np.ndarray, group: np.ndarray, clip: np.ndarray) -> Fitted:
    """Logistic regression on all copies; more copies of a clip do not weaken the regularisation."""
    copies = len(clip) / len(np.unique(clip))
    return fit_logistic(x, label, metrics.equal_weights(label, group), head.c / copies)


def column_scale(x: np.ndarray, widths: list[int]) -> np.ndarray:
    """Divisors with which every block of columns, however wide, has the same share in a distance."""
    block = np.concatenate([np.full(width, np.sqrt(width * len(widths))) for width in widths])
    return (x.std(0) + 1e-6) * block


def fit_kernel(
    head: Head, x: np.ndarray, label: np.ndarray, group: np.ndarray, clip: np.ndarray, widths: list[int]
) -> Fitted:
    """Support vectors with a Gaussian kernel on the main components of the mean of each clip's copies."""
    scale = column_scale(x, widths)
    first, means = mean_by(clip, x)
    scaled = means / scale
    centre = scaled.mean(0)
    _, _, axes = np.linalg.svd(scaled - centre, full_matrices=False)
    axes = axes[: head.components]
    p, q = (axes / scale).T, -axes @ centre
    weights = metrics.equal_weights(label[first], group[first])
    fit = SVC(C=head.c, gamma=head.gamma).fit(means @ p + q, label[first], sample_weight=weights)
    found = {"p": p, "q": q, "s": fit.support_vectors_, "alpha": fit.dual_coef_[0]}
    return {**found, "b": np.array(fit.intercept_[0]), "gamma": np.array(head.gamma)}


def fit(
    head: Head, x: np.ndarray, label: np.ndarray, group: np.ndarray, clip: np.ndarray, widths: list[int]
) -> Fitted:
    """Both classes and all groups within a class count the same. `widths`: of the blocks of columns."""
    if head.gamma is None:
        return fit_linear(head, x, label, group, clip)
    return fit_kernel(head, x, label, group, clip, widths)


def answer(fitted: Fitted, x: np.ndarray) -> np.ndarray:
    """Raw logits [n], not calibrated."""
    if "w" in fitted:
        return x @ fitted["w"] + fitted["b"]
    z = x @ fitted["p"] + fitted["q"]
    s = fitted["s"]
    distance = (z**2).sum(1)[:, None] + (s**2).sum(1)[None] - 2 * z @ s.T
    return np.exp(-fitted["gamma"] * distance) @ fitted["alpha"] + fitted["b"]


def pack(fitted: dict[str, Fitted]) -> Fitted:
    """One flat dict for a file."""
    return {f"{name}_{key}": value for name, parts in fitted.items() for key, value in parts.items()}


def unpack(stored: Fitted) -> dict[str, Fitted]:
    names = list(HEADS)
    return {n: {k.removeprefix(n + "_"): v for k, v in stored.items() if k.startswith(n + "_")} for n in names}
