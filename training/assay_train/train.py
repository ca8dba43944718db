"""Verb: fit the heads, out of fold and finally on everything. `python -m assay_train.train [--views 4]`

Each head is an L2 logistic regression on some of the network's features; the answer is the mean of the heads,
each divided by the deviation of its out-of-fold logits. Writes work/heads.npz and work/oof.npz.
"""

import argparse

import numpy as np
from sklearn.linear_model import LogisticRegression

from . import data, features, metrics, paths

# cue: (features, C)
HEADS: dict[str, tuple[tuple[str, ...], float]] = {
    "scene": (("mean1280",), 1e-3),
    "texture": (("mean96",), 1e-2),
}


class Table:
    """Views with their rows. Arrays run over views of clips; `clip` says which clip a view is of."""

    def __init__(self, views: list[int]) -> None:
        self.raw = features.load(views)
        by_id = {row["id"]: row for row in data.rows()}
        self.meta = [by_id[i] for i in self.raw["row"]]
        self.view = self.raw["view"]
        self.label = np.array([row["label"] == "generated" for row in self.meta]).astype(int)
        self.group = np.array([row["group"] for row in self.meta])
        self.stratum = np.array([row["stratum"] for row in self.meta])
        self.main = self.stratum == "main"

    def columns(self, names: tuple[str, ...]) -> np.ndarray:
        return np.concatenate([self.raw[name].astype(np.float64) for name in names], axis=1)


def fit_linear(
    x: np.ndarray, label: np.ndarray, group: np.ndarray, c: float, copies: int
) -> tuple[np.ndarray, float]:
    """Weights and bias on the raw features; both classes and all groups within a class count the same.

    `copies`: views per clip; more of them do not weaken the regularisation.
    """
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    weights = metrics.equal_weights(label, group)
    fit = LogisticRegression(C=c / copies, max_iter=400).fit((x - mean) / deviation, label, sample_weight=weights)
    w = fit.coef_[0] / deviation
    return w, float(fit.intercept_[0] - w @ mean)


def out_of_fold(table: Table, x: np.ndarray, c: float, trained_on: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Logits of every view by a head that has seen nothing of its fold, origin or group."""
    scores = np.zeros(len(label))
    copies = len(np.unique(table.view[trained_on]))
    for k in range(5):
        train, test = data.fold_split(table.meta, k)
        train = train[trained_on[train]]
        w, b = fit_linear(x[train], label[train], table.group[train], c, copies)
        scores[test] = x[test] @ w + b
    return scores


def fused_out_of_fold(table: Table, trained_on: np.ndarray, label: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The answer's logits [n] (not calibrated) and the heads' [n, heads]."""
    heads = [out_of_fold(table, table.columns(f), c, trained_on, label) for f, c in HEADS.values()]
    stacked = np.stack(heads, 1)
    canonical = table.view >= 0
    return (stacked / stacked[canonical].std(0)).mean(1), stacked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, default=4)
    args = parser.parse_args()
    table = Table([features.STORED, *range(args.views)])
    canonical = table.view >= 0
    fused, heads = fused_out_of_fold(table, canonical, table.label)
    np.savez(paths.WORK / "oof.npz", fused=fused, heads=heads, views=args.views)
    final = {"scale": heads[canonical].std(0)}
    for name, (columns, c) in HEADS.items():
        x = table.columns(columns)[canonical]
        w, b = fit_linear(x, table.label[canonical], table.group[canonical], c, args.views)
        final[f"{name}_w"], final[f"{name}_b"] = w, np.array(b)
    np.savez(paths.WORK / "heads.npz", **final)
    first = (table.view == 0) & table.main
    print(f"AUC main, one canonical view: {metrics.auc(table.label[first], fused[first]):.3f}")


if __name__ == "__main__":
    main()
