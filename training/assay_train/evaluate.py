"""Verb: all figures of the model, on held-out scores. `python -m assay_train.evaluate`

Reads work/oof.npz; writes results/figures.json with calibration and bands.
"""

import argparse
import json

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from . import data, features, metrics, paths, robust
from .calibrate import cross_fitted, fit_platt, logistic
from .heads import HEADS
from .train import Table, out_of_fold

MIN_FAMILY = 4


def r(value: float, digits: int = 4) -> float:
    return round(float(value), digits)


def summary(label: np.ndarray, score: np.ndarray, group: np.ndarray) -> dict:
    return {
        "generated": int(label.sum()),
        "real": int((1 - label).sum()),
        "auc": r(metrics.auc(label, score)),
        "auc95": [r(v) for v in metrics.bootstrap_auc(label, score, group)],
        "tpr_at_1": r(metrics.tpr_at(label, score, 0.01)),
        "tpr_at_5": r(metrics.tpr_at(label, score, 0.05)),
    }


def relabelled(table: Table, rng: np.random.Generator, real_only: bool) -> float:
    """AUC of the whole procedure when whole groups get random labels."""
    use = (table.view == 0) & table.main & ((table.label == 0) | (not real_only))
    names = np.unique(table.group[use])
    if real_only:
        ones = set(rng.permutation(names)[: len(names) // 2])
        label = np.array([g in ones for g in table.group]).astype(int)
    else:
        share = table.label[use].mean()
        ones = {g for g in names if rng.random() < share}
        label = np.array([g in ones for g in table.group]).astype(int)
    stacked = out_of_fold(table, use, label)
    return metrics.auc(label[use], stacked.sum(1)[use])


def boosted(table: Table, x: np.ndarray, use: np.ndarray) -> float:
    """AUC of boosted trees on a few properties, same folds."""
    score = np.zeros(len(table.label))
    for k in range(5):
        train, test = data.fold_split(table.meta, k)
        train = train[use[train]]
        fit = HistGradientBoostingClassifier(max_depth=3, max_iter=60, random_state=0)
        fit.fit(x[train], table.label[train])
        score[test] = fit.predict_proba(x[test])[:, 1]
    return metrics.auc(table.label[use], score[use])


def controls(table: Table, times: int) -> dict:
    rng = np.random.default_rng(3)
    use = (table.view == 0) & table.main
    measure = {name: table.raw["measures"][:, [i]] for i, name in enumerate(features.MEASURES)}
    look = np.concatenate([measure["detail"], measure["brightness"], measure["spread"], measure["blockiness"]], 1)
    shuffled = [relabelled(table, rng, False) for _ in range(times)]
    halves = [relabelled(table, rng, True) for _ in range(times)]
    return {
        "label_shuffle_mean": r(np.mean(shuffled)),
        "label_shuffle_worst": r(max(shuffled, key=lambda v: abs(v - 0.5))),
        "real_vs_real_mean": r(np.mean(halves)),
        "real_vs_real_worst": r(max(halves, key=lambda v: abs(v - 0.5))),
        "view_properties_auc": r(boosted(table, table.raw["meta"][:, :3], use)),
        "clip_shape_auc": r(boosted(table, table.raw["meta"][:, 3:], use)),
        "motion_auc": r(boosted(table, np.concatenate([measure["motion"], measure["change"]], 1), use)),
        "sharpness_brightness_contrast_auc": r(boosted(table, look, use)),
    }


def worst_by_source(table: Table, logit: np.ndarray, use: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Real sources and the logit of their worst window among the views in `use`."""
    real = use & (table.label == 0)
    names = np.unique(table.group[real])
    return names, np.array([logit[real & (table.group == g)].max() for g in names])


def place_bands(worst: np.ndarray, noise: float) -> tuple[float, float]:
    """Where `strong` and `some` begin: above every source plus `noise`; at the score that 1 in 20 reach."""
    ordered = np.sort(worst)[::-1]
    allowed = len(worst) // 20
    return float(ordered[0] + noise), float((ordered[allowed] + ordered[allowed - 1]) / 2)


def reached_unseen(names: np.ndarray, worst: np.ndarray, fold_of: dict, noise: float) -> tuple[int, int]:
    """How many sources reach `strong` and `some` when the bands are placed on the other folds' sources."""
    fold = np.array([fold_of[name] for name in names])
    strong = some = 0
    for k in np.unique(fold):
        at_strong, at_some = place_bands(worst[fold != k], noise)
        strong += int((worst[fold == k] >= at_strong).sum())
        some += int((worst[fold == k] >= at_some).sum())
    return strong, some


def bands(table: Table, logit: np.ndarray, noise: float) -> dict:
    """Thresholds on the calibrated logit from real sources of all strata.

    Each source counts once, with its worst window among all canonical copies and the stored clip itself.
    `strong`: above every source, plus one deviation between copies of one window; `some`: 1 in 20 sources.
    """
    names, worst = worst_by_source(table, logit, np.ones(len(logit), bool))
    n = len(worst)
    strong, some = place_bands(worst, noise)
    fold_of = {row["group"]: row["fold"] for row in table.meta if row["label"] == "real"}
    unseen = reached_unseen(names, worst, fold_of, noise)
    first = (table.view == 0) & (table.label == 1) & table.shared
    out = {"strong_logit": float(strong), "some_logit": float(some), "margin_logit": float(noise)}
    out["thresholds"] = {"strong": r(logistic(strong), 5), "some": r(logistic(some), 5)}
    out["sources"] = n
    out["worst_logits"] = [r(v) for v in sorted(worst)]
    out["further_sources"] = len(set(names) - set(table.group[table.shared]))
    for i, (name, threshold) in enumerate((("strong", strong), ("some", some))):
        reached = int((worst >= threshold).sum())
        out[name] = {
            "real_sources_reaching": reached,
            "upper95": r(metrics.upper95(reached, n)),
            "reaching_when_placed_on_other_folds": unseen[i],
            "hit_rate_main": r((logit[first & table.main] >= threshold).mean()),
            "hit_rate_all_generated": r((logit[first] >= threshold).mean()),
        }
    return out


def by_part(table: Table, logit: np.ndarray, band: dict, first: np.ndarray) -> tuple[list, list]:
    """Per generated family against shared main real, and per stratum of real ones. `first`: the windows, first view."""
    real_main = (table.view == 0) & table.main & (table.label == 0)
    family = np.array([row["family"] for row in table.meta])
    families = []
    for name in np.unique(family[first & (table.label == 1)]):
        here = first & (table.label == 1) & (family == name)
        if here.sum() < MIN_FAMILY:
            continue
        both = here | real_main
        families.append(
            {
                "family": str(name),
                "windows": int(here.sum()),
                "main_windows": int((here & (table.stratum == "main")).sum()),
                "auc": r(metrics.auc(table.label[both], logit[both]), 3),
                "some_or_strong": r((logit[here] >= band["some_logit"]).mean(), 3),
            }
        )
    strata = []
    for name in np.unique(table.stratum[first & (table.label == 0)]):
        here = first & (table.label == 0) & (table.stratum == name)
        strata.append(
            {
                "stratum": str(name),
                "windows": int(here.sum()),
                "sources": len(np.unique(table.group[here])),
                "mean_score": r(logistic(logit[here]).mean(), 3),
                "windows_some_or_strong": int((logit[here] >= band["some_logit"]).sum()),
                "windows_strong": int((logit[here] >= band["strong_logit"]).sum()),
            }
        )
    return families, strata


def further_part(table: Table, logit: np.ndarray, band: dict) -> dict | None:
    """The further windows, held out like the shared ones; None without them."""
    first = (table.view == 0) & ~table.shared
    if not first.any():
        return None
    families, strata = by_part(table, logit, band, first)
    plain = first & (table.stratum == "main")
    both = len(np.unique(table.label[plain])) == 2
    return {
        "real": int((table.label[first] == 0).sum()),
        "real_sources": len(np.unique(table.group[first & (table.label == 0)])),
        "generated": int(table.label[first].sum()),
        "generated_families": len({row["family"] for row, here in zip(table.meta, first & (table.label == 1)) if here}),
        "main": summary(table.label[plain], logit[plain], table.group[plain]) if both else None,
        "families": families,
        "real_strata": strata,
    }


def calibration_error(table: Table, held: np.ndarray, use: np.ndarray) -> float:
    return r(metrics.ece(table.label[use], held[use], metrics.equal_weights(table.label[use], table.group[use])))


def calibration_curve(table: Table, held: np.ndarray, use: np.ndarray) -> list[dict]:
    """Said and true share of generated windows per fifth of the scale, both classes and all groups equal."""
    weights = metrics.equal_weights(table.label[use], table.group[use])
    at = np.minimum((held[use] * 5).astype(int), 4)
    return [
        {
            "said": r(np.average(held[use][at == b], weights=weights[at == b]), 3),
            "true": r(np.average(table.label[use][at == b], weights=weights[at == b]), 3),
            "windows": int((at == b).sum()),
        }
        for b in range(5)
        if weights[at == b].sum() > 0
    ]


def worst_family(families: list[dict], least: int, kind: str) -> dict:
    """Of the families with at least so many windows (`windows`: of all strata, `main_windows`: plain ones only)."""
    enough = [f for f in families if f[kind] >= least]
    found = min(enough, key=lambda f: f["auc"], default=None)
    return found and {"family": found["family"], "windows": found[kind], "auc": found["auc"], "of": len(enough)}


def risk_coverage(label: np.ndarray, logit: np.ndarray) -> list[dict]:
    """Share of wrong answers when only the surest windows are answered (main, both classes weigh the same)."""
    weight = np.where(label == 1, 0.5 / label.sum(), 0.5 / (1 - label).sum())
    order = np.argsort(-np.abs(logit))
    wrong = ((logit > 0).astype(int) != label)[order] * weight[order]
    covered, errors = np.cumsum(weight[order]), np.cumsum(wrong)
    at = [int(np.searchsorted(covered, share - 1e-9)) for share in (0.1, 0.25, 0.5, 0.75, 1.0)]
    at = [min(i, len(order) - 1) for i in at]
    return [{"coverage": r(covered[i], 2), "wrong": r(errors[i] / covered[i], 3)} for i in at]


def spread_within_video(table: Table, logit: np.ndarray) -> np.ndarray:
    """Standard deviation of the logits of one file's windows, first view."""
    first = np.flatnonzero(table.view == 0)
    files: dict[tuple, list[int]] = {}
    for i in first:
        files.setdefault((table.meta[i]["origin"], table.meta[i]["path"]), []).append(i)
    return np.array([logit[same].std(ddof=1) for same in files.values() if len(same) > 1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shuffles", type=int, default=10, help="draws of each control with random labels")
    args = parser.parse_args()
    oof = np.load(paths.WORK / "oof.npz")
    table = Table([features.STORED, *range(int(oof["views"]))])
    answer, heads = oof["answer"], oof["heads"]
    canonical, stored = table.view >= 0, table.view == features.STORED
    first = (table.view == 0) & table.shared
    fold = np.array([row["fold"] for row in table.meta])
    # Further windows train, and many are hard ones on purpose: what a score means is told by the shared ones.
    known = canonical & table.shared
    a, b = fit_platt(answer[known], table.label[known], table.group[known])
    logit = a * answer + b
    cues = [fit_platt(heads[known, i], table.label[known], table.group[known]) for i in range(len(HEADS))]
    held = np.zeros(len(logit))
    held[known] = cross_fitted(*(v[known] for v in (answer, table.label, table.group, fold)))
    if int(oof["views"]) < 2:
        raise SystemExit("two canonical views at least are needed to measure how scores differ between copies")
    per_clip = np.array([logit[canonical & (table.raw["row"] == i)] for i in np.unique(table.raw["row"][first])])
    noise = float(np.sqrt(per_clip.var(1, ddof=1).mean()))
    band = bands(table, logit, noise)
    families, strata = by_part(table, logit, band, first)
    within = spread_within_video(table, logit)
    use = first & table.main
    figures = {
        "data_version": data.manifest_sha256(),
        "rows": {"listed": sum(not data.is_extra(row) for row in data.rows()), "judged": int(first.sum())},
        "main": summary(table.label[use], logit[use], table.group[use]),
        "all_strata": summary(table.label[first], logit[first], table.group[first]),
        "stored_clips_main": summary(*(v[stored & table.main] for v in (table.label, logit, table.group))),
        "cues": [
            {
                "cue": name,
                "share": r(heads[canonical, i].std() / heads[canonical].std(0).sum()),
                "auc": r(metrics.auc(table.label[use], heads[use, i])),
                "tpr_at_5": r(metrics.tpr_at(table.label[use], heads[use, i], 0.05)),
                "a": cues[i][0],
                "b": cues[i][1],
            }
            for i, name in enumerate(HEADS)
        ],
        "calibration": {
            "a": a,
            "b": b,
            "ece_all": calibration_error(table, held, canonical & table.shared),
            "ece_main": calibration_error(table, held, canonical & table.main),
            "ece_main_single_copies": [
                calibration_error(table, held, (table.view == v) & table.main) for v in range(int(oof["views"]))
            ],
            "curve_main": calibration_curve(table, held, canonical & table.main),
        },
        "bands": band,
        "view_noise_logit": r(noise),
        "stored_minus_canonical_logit": r(logit[stored & table.shared].mean() - logit[first].mean()),
        "within_video": {
            "videos": len(within),
            "quantiles_logit": {str(q): r(np.quantile(within, q), 3) for q in (0.5, 0.9, 0.95, 0.99)},
        },
        "worst_family": worst_family(families, 8, "windows"),
        "worst_main_family": worst_family(families, 8, "main_windows"),
        "risk_coverage_main": risk_coverage(table.label[use], logit[use]),
        "damage": robust.curves(a),
        "families": families,
        "real_strata": strata,
        "further": further_part(table, logit, band),
        "controls": controls(table, args.shuffles),
    }
    paths.RESULTS.mkdir(parents=True, exist_ok=True)
    (paths.RESULTS / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps({k: v for k, v in figures.items() if k != "families"}, indent=1))


if __name__ == "__main__":
    main()
