"""How the answer changes on damaged copies, with heads that have not seen the clip's fold.

`evaluate` has it among its figures. Verb: `python -m assay_train.robust` writes results/damage.json alone, for kinds of
damage measured later, with the heads of the last `train`.
"""

import json

import numpy as np

from . import data, degrade, features, heads, metrics, paths
from .calibrate import fit_platt
from .heads import HEADS
from .train import Table, fold_path


def held_out_answers(part: dict, fold: np.ndarray) -> np.ndarray:
    """Logits (not calibrated) of a damage file's rows."""
    stacked = np.zeros((len(fold), len(HEADS)))
    for k in np.unique(fold):
        here = fold == k
        fitted = heads.unpack(dict(np.load(fold_path(int(k)))))
        for i, (name, head) in enumerate(HEADS.items()):
            x = np.concatenate([part[f][here].astype(np.float64) for f in head.features], axis=1)
            stacked[here, i] = heads.answer(fitted[name], x)
    return stacked.sum(1)


def curves(a: float) -> list[dict]:
    """AUC of every kind of damage on the same clips as the reference, and how far it moves scores (logits)."""
    by_id = {row["id"]: row for row in data.rows()}
    found: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for name in degrade.DAMAGE:
        if degrade.part_path(name).exists():
            part = dict(np.load(degrade.part_path(name)))
            fold = np.array([by_id[i]["fold"] for i in part["row"]])
            found[name] = (part["row"], held_out_answers(part, fold))
    if degrade.REFERENCE not in found:
        return []
    base = dict(zip(*found[degrade.REFERENCE], strict=True))
    out = []
    for name, (ids, score) in found.items():
        same = np.array([i in base for i in ids])
        ids, score = ids[same], score[same]
        label = np.array([by_id[i]["label"] == "generated" for i in ids]).astype(int)
        before = np.array([base[i] for i in ids])
        auc, was = metrics.auc(label, score), metrics.auc(label, before)
        moved = a * (score - before)
        out.append(
            {
                "damage": name,
                "clips": len(ids),
                "auc": round(auc, 4),
                "auc_lost": round(was - auc, 4),
                "real_moved_logit": round(float(moved[label == 0].mean()), 3),
                "generated_moved_logit": round(float(moved[label == 1].mean()), 3),
            }
        )
    return out


def main() -> None:
    oof = np.load(paths.WORK / "oof.npz")
    views = int(oof["views"])
    table = Table([features.STORED, *range(views)])
    canonical = table.view >= 0
    a, _ = fit_platt(oof["answer"][canonical], table.label[canonical], table.group[canonical])
    found = {"copies": views, "rows": curves(a)}
    (paths.RESULTS / "damage.json").write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
