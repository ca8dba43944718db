"""Figures. Scores are higher for generated; labels are 1 for generated, 0 for real."""

from collections.abc import Iterator

import numpy as np
from scipy.stats import beta
from sklearn.metrics import roc_auc_score, roc_curve


def auc(labels: np.ndarray, scores: np.ndarray) -> float:
    return float(roc_auc_score(labels, scores))


def tpr_at(labels: np.ndarray, scores: np.ndarray, fpr: float) -> float:
    """Hit rate at the threshold that at most `fpr` of the real ones reach."""
    found_fpr, found_tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    return float(found_tpr[found_fpr <= fpr + 1e-12].max())


def _redrawn(labels: np.ndarray, groups: np.ndarray, times: int) -> Iterator[np.ndarray]:
    """Indices of `times` draws of whole groups with replacement; only draws that have both classes."""
    rng = np.random.default_rng(7)
    members = [np.flatnonzero(groups == g) for g in np.unique(groups)]
    found = 0
    while found < times:
        take = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        if 0 < labels[take].sum() < len(take):
            found += 1
            yield take


def _middle95(values: list[float]) -> list[float]:
    return [float(v) for v in np.percentile(values, [2.5, 97.5])]


def bootstrap_auc(labels: np.ndarray, scores: np.ndarray, groups: np.ndarray, times: int = 1000) -> list[float]:
    """95 % interval of the AUC, drawing whole groups with replacement."""
    return _middle95([auc(labels[take], scores[take]) for take in _redrawn(labels, groups, times)])


def bootstrap_gain(
    labels: np.ndarray, before: np.ndarray, after: np.ndarray, groups: np.ndarray, times: int = 1000
) -> list[float]:
    """95 % interval of how much higher the AUC of `after` is, both on the same draws."""
    draws = _redrawn(labels, groups, times)
    return _middle95([auc(labels[t], after[t]) - auc(labels[t], before[t]) for t in draws])


def ece(labels: np.ndarray, probabilities: np.ndarray, weights: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: bins of equal width, weighted."""
    at = np.minimum((probabilities * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = at == b
        w = weights[inside]
        if w.sum() > 0:
            gap = np.average(labels[inside], weights=w) - np.average(probabilities[inside], weights=w)
            total += abs(gap) * w.sum() / weights.sum()
    return float(total)


def equal_weights(labels: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Weights with which both classes count the same, and every group the same within its class. Mean 1."""
    weights = np.zeros(len(labels))
    for label in (0, 1):
        here = labels == label
        names, inverse, counts = np.unique(groups[here], return_inverse=True, return_counts=True)
        weights[here] = 1 / counts[inverse] / len(names)
    return weights * len(labels) / weights.sum()


def upper95(errors: int, n: int) -> float:
    """Upper end of the one-sided 95 % Clopper-Pearson interval of errors/n."""
    return 1.0 if errors >= n else float(beta.ppf(0.95, errors + 1, n - errors))
