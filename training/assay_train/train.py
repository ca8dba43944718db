"""Verb: fit the heads, out of fold and finally on everything. `python -m assay_train.train [--views 4]`

The answer is the sum of the heads' logits.
Writes work/heads.npz, work/heads-fold<k>.npz and work/oof.npz.
"""

import argparse
from pathlib import Path

import numpy as np

from . import conversions, data, features, heads, metrics, paths
from .heads import HEADS, Head


class Table:
    """Views with their rows. Arrays run over views of clips; `clip` says which clip a view is of.

    `main`: plain footage and photorealistic output of the shared windows, the set of the headline figures.
    `rows`: all that train when None.
    """

    def __init__(self, views: list[int], rows: list[dict] | None = None) -> None:
        rows = data.rows() if rows is None else rows
        self.raw = features.load(views, rows)
        by_id = {row["id"]: row for row in rows}
        self.clip = self.raw["row"]
        self.meta = [by_id[i] for i in self.clip]
        self.view = self.raw["view"]
        self.changes = conversions.differences()
        self.label = np.array([row["label"] == "generated" for row in self.meta]).astype(int)
        self.group = np.array([row["group"] for row in self.meta])
        self.stratum = np.array([row["stratum"] for row in self.meta])
        self.shared = ~np.array([data.is_extra(row) for row in self.meta])
        self.main = (self.stratum == "main") & self.shared

    def columns(self, head: Head) -> np.ndarray:
        return np.concatenate([self.raw[name].astype(np.float64) for name in head.features], axis=1)

    def fit(self, rows: np.ndarray, label: np.ndarray) -> dict[str, heads.Fitted]:
        columns = {name: self.columns(head)[rows] for name, head in HEADS.items()}
        widths = {name: [self.raw[f].shape[1] for f in head.features] for name, head in HEADS.items()}
        return heads.fit(columns, widths, label[rows], self.group[rows], self.clip[rows], self.changes)


def fold_path(k: int) -> Path:
    return paths.WORK / f"heads-fold{k}.npz"


def fold_heads(table: Table, k: int, trained_on: np.ndarray, label: np.ndarray) -> tuple[dict, np.ndarray]:
    """Heads that have seen nothing of fold k, its origins or groups, and the rows that they may be tested on."""
    train, test = data.fold_split(table.meta, k)
    train = train[trained_on[train]]
    return table.fit(train, label), test


def out_of_fold(table: Table, trained_on: np.ndarray, label: np.ndarray, store: bool = False) -> np.ndarray:
    """The heads' logits [n, heads] of every view by heads that have seen nothing of its fold, origin or group."""
    stacked = np.zeros((len(label), len(HEADS)))
    for k in range(5):
        fitted, test = fold_heads(table, k, trained_on, label)
        for i, (name, head) in enumerate(HEADS.items()):
            stacked[test, i] = heads.answer(fitted[name], table.columns(head)[test])
        if store:
            np.savez(fold_path(k), **heads.pack(fitted))
    return stacked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, default=4)
    args = parser.parse_args()
    table = Table([features.STORED, *range(args.views)])
    canonical = table.view >= 0
    stacked = out_of_fold(table, canonical, table.label, store=True)
    answer = stacked.sum(1)
    np.savez(paths.WORK / "oof.npz", answer=answer, heads=stacked, views=args.views)
    np.savez(paths.WORK / "heads.npz", **heads.pack(table.fit(np.flatnonzero(canonical), table.label)))
    first = (table.view == 0) & table.main
    print(f"AUC main, one canonical view: {metrics.auc(table.label[first], answer[first]):.3f}")


if __name__ == "__main__":
    main()
