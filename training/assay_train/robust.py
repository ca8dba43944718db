"""How the answer changes on damaged copies, with heads that have not seen the clip's fold."""

import numpy as np

from . import data, degrade, heads, metrics
from .heads import HEADS
from .train import fold_path, fused


def held_out_answers(part: dict, fold: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Logits (not calibrated) of a damage file's rows."""
    stacked = np.zeros((len(fold), len(HEADS)))
    for k in np.unique(fold):
        here = fold == k
        fitted = heads.unpack(dict(np.load(fold_path(int(k)))))
        for i, (name, head) in enumerate(HEADS.items()):
            x = np.concatenate([part[f][here].astype(np.float64) for f in head.features], axis=1)
            stacked[here, i] = heads.answer(fitted[name], x)
    return fused(stacked, scale)


def curves(scale: np.ndarray, a: float) -> list[dict]:
    """AUC of every kind of damage on the same clips as the reference, and how far it moves scores (logits)."""
    by_id = {row["id"]: row for row in data.rows()}
    found: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for name in degrade.DAMAGE:
        if degrade.part_path(name).exists():
            part = dict(np.load(degrade.part_path(name)))
            fold = np.array([by_id[i]["fold"] for i in part["row"]])
            found[name] = (part["row"], held_out_answers(part, fold, scale))
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
