"""Platt scaling at equal prior: probability = logistic(a * logit + b)."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from . import metrics


def fit_platt(scores: np.ndarray, label: np.ndarray, group: np.ndarray) -> tuple[float, float]:
    """a, b on held-out scores; both classes count the same, every group the same within its class."""
    weights = metrics.equal_weights(label, group)
    fit = LogisticRegression(C=1e6, max_iter=1000).fit(scores[:, None], label, sample_weight=weights)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def cross_fitted(scores: np.ndarray, label: np.ndarray, group: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Probabilities of every score by a scaling fitted on the other folds (whole groups apart)."""
    out = np.zeros(len(scores))
    for k in np.unique(fold):
        test = fold == k
        train = ~test & ~np.isin(group, group[test])
        a, b = fit_platt(scores[train], label[train], group[train])
        out[test] = 1 / (1 + np.exp(-(a * scores[test] + b)))
    return out


def logistic(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))
