"""Verb: what aligned pairs and low-level traces add to the product's heads. `python -m assay_train.ablate`

Needs view 0's features, and the pairs. Linear heads are fitted with and without pairs as further rows of the
training folds (never those of a clip whose fold, origin or group is tested), alone and added to the product's answer.
`original` against `original` is the control: it has the pairs' rows, but nothing to tell apart in them.
Writes results/pairs.json. Network averages and traces of one coded copy per clip; nothing here ships.
"""

import json
from dataclasses import dataclass

import numpy as np

from . import data, heads, metrics, paths
from .evaluate import r
from .pairs import COPIES, ORIGINAL, part_path
from .train import Table, out_of_fold

SHARE_OF_TRACES = 1 / 3  # of their logits, next to the product's, both divided by their deviations


@dataclass(frozen=True)
class Trial:
    """`weight`: of the pairs' rows of a class, as a share of the clips' rows of that class."""

    features: str
    c: float
    copies: tuple[str, ...]
    weight: float


TRIALS = (
    Trial("mean1280", 1e-3, (), 0),
    Trial("mean1280", 1e-3, ("copy",), 0.2),
    Trial("mean96", 1e-2, (), 0),
    Trial("mean96", 1e-2, ("copy",), 0.2),
    Trial("traces", 1e-3, (), 0),
    Trial("traces", 1e-3, (ORIGINAL,), 1),
    Trial("traces", 1e-3, (ORIGINAL,), 3),
    *(Trial("traces", 1e-3, (kind,), 1) for kind in COPIES),
    Trial("traces", 1e-3, COPIES, 1),
    Trial("traces", 1e-3, COPIES, 3),
)


def kept_apart(ids: np.ndarray, by_id: dict[str, dict], tested: list[dict]) -> np.ndarray:
    """Which pairs may be trained on: those whose clip shares no fold, origin or group with a tested row."""
    taken = {key: {row[key] for row in tested} for key in ("fold", "origin", "group")}
    return np.array([all(by_id[i][key] not in known for key, known in taken.items()) for i in ids])


def pair_rows(trial: Trial, tested: list[dict]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Columns, labels (1: copy) and weights (those of a class sum to 1)."""
    by_id = {row["id"]: row for row in data.rows()}
    x, label, weights = [], [], []
    for kind, of_class in ((ORIGINAL, 0), *((kind, 1) for kind in trial.copies)):
        stored = np.load(part_path(kind))
        rows = stored[trial.features][kept_apart(stored["row"], by_id, tested)]
        x.append(rows)
        label.append(np.full(len(rows), of_class))
        weights.append(np.full(len(rows), 1 / len(rows) / (len(trial.copies) if of_class else 1)))
    return np.concatenate(x), np.concatenate(label), np.concatenate(weights)


def held_out(table: Table, x: np.ndarray, trial: Trial) -> np.ndarray:
    """Logits of every clip by a head that has seen nothing of its fold, origin or group."""
    out = np.zeros(len(x))
    for k in range(5):
        train, test = data.fold_split(table.meta, k)
        seen, label = x[train], table.label[train]
        weights = metrics.equal_weights(label, table.group[train])
        if trial.copies:
            extra, extra_label, extra_weights = pair_rows(trial, [table.meta[i] for i in test])
            seen, label = np.concatenate([seen, extra]), np.concatenate([label, extra_label])
            weights = np.concatenate([weights, extra_weights * weights.sum() / 2 * trial.weight])
        fitted = heads.fit_logistic(seen, label, weights, trial.c, typical=np.arange(len(train)))
        out[test] = heads.answer(fitted, x[test])
    return out


def figures(table: Table, score: np.ndarray) -> dict:
    label, score = table.label[table.main], score[table.main]
    return {
        "auc": r(metrics.auc(label, score)),
        "tpr_at_1": r(metrics.tpr_at(label, score, 0.01)),
        "tpr_at_5": r(metrics.tpr_at(label, score, 0.05)),
    }


def gain(table: Table, before: np.ndarray, after: np.ndarray) -> dict:
    """AUC gained on main, with a 95 % interval from drawing whole groups."""
    use = table.main
    label, group = table.label[use], table.group[use]
    return {
        "gain": r(metrics.auc(label, after[use]) - metrics.auc(label, before[use])),
        "gain95": [r(v) for v in metrics.bootstrap_gain(label, before[use], after[use], group)],
    }


def main() -> None:
    table = Table([0])
    product = out_of_fold(table, np.ones(len(table.label), bool), table.label).sum(1)
    product /= product.std()
    found = {"product_one_copy": figures(table, product), "trials": []}
    for trial in TRIALS:
        score = held_out(table, table.raw[trial.features].astype(np.float64), trial)
        entry = {"features": trial.features, "copies": list(trial.copies), "weight": trial.weight}
        entry["alone"] = figures(table, score)
        if trial.features == "traces":
            both = product + SHARE_OF_TRACES * score / score.std()
            entry["with_product"] = {**figures(table, both), **gain(table, product, both)}
        found["trials"].append(entry)
        print(json.dumps(entry), flush=True)
    paths.RESULTS.mkdir(parents=True, exist_ok=True)
    (paths.RESULTS / "pairs.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
