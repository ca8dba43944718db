"""Verb: the model on windows that it has never met (data/unseen.jsonl). `python -m assay_train.unseen [--place]`

Needs ASSAY_EXTRA and features of view 0 and of the stored clips. Bands are counted at the thresholds that `evaluate`
placed without these windows. Writes results/unseen.json.

`--place`: their real sources then have their say in the shipped thresholds, by the rules of `evaluate` over all sources;
none is lowered. What model.json says of false alarms and hits is brought up to date.
"""

import argparse
import json

import numpy as np

from . import data, extra, features, metrics, paths, shipped
from .evaluate import place_bands, r, summary
from .export import as_json, is_proved
from .train import Table

MIN_FAMILY = 4


def scored(view: int, model: shipped.Shipped) -> tuple[Table, np.ndarray, np.ndarray]:
    """Features of one view, which rows are of origins and groups that the training lists lack, all logits."""
    table = Table([view], data.unseen_rows())
    known = {row[key] for row in data.rows() for key in ("origin", "group")}
    fresh = [not {row["origin"], row["group"]} & known for row in table.meta]
    return table, np.array(fresh), model.logits(table.raw)


def worst_of_sources(model: shipped.Shipped) -> dict[str, float]:
    """Logit of the worst window of every unseen real source, over the copy of view 0 and the stored clip."""
    worst: dict[str, float] = {}
    for view in (0, features.STORED):
        table, fresh, logit = scored(view, model)
        for i in np.flatnonzero(fresh & (table.label == 0)):
            worst[table.group[i]] = max(worst.get(table.group[i], -np.inf), float(logit[i]))
    return worst


def logit_of(score: float) -> float:
    return float(np.log(score / (1 - score)))


def band(worst: np.ndarray, known: np.ndarray, generated: np.ndarray, threshold: float) -> dict:
    """Unseen real sources and generated windows (logits) at a threshold, and all real sources together.

    `known`: logits of the sources that the threshold was placed on.
    """
    reached, before = (int((logits >= logit_of(threshold)).sum()) for logits in (worst, known))
    n, sources = len(worst), len(known)
    return {
        "threshold": threshold,
        "reaching": reached,
        "upper95": r(metrics.upper95(reached, n)),
        "all_reaching": reached + before,
        "all_upper95": r(metrics.upper95(reached + before, n + sources)),
        "hit_rate_main": r((generated >= logit_of(threshold)).mean()),
    }


def bands(worst: np.ndarray, generated: np.ndarray, known: dict) -> dict:
    """At the thresholds of `known` (bands of figures.json), and where they belong when these sources count too."""
    before, at = np.array(known["worst_logits"]), known["thresholds"]
    found = {"sources": len(worst), "all_sources": len(worst) + len(before)}
    placed = place_bands(np.concatenate([before, worst]), known["margin_logit"])
    for name, logit in zip(("strong", "some"), placed, strict=True):
        raised = max(at[name], r(1 / (1 + np.exp(-logit)), 5))
        found[name] = band(worst, before, generated, at[name])
        found[f"{name}_with_these"] = band(worst, before, generated, raised)
    return found


def place(facts: dict, found: dict, known: dict) -> dict:
    """model.json with thresholds placed on all real sources, and what that makes of its figures."""
    strong, some = found["strong_with_these"], found["some_with_these"]
    placed_on_others = known["strong"]["reaching_when_placed_on_other_folds"] + found["strong"]["reaching"]
    alarms = {
        "sources": found["all_sources"],
        "at_strong": strong["all_reaching"],
        "at_strong_upper95": strong["all_upper95"],
        "strong_promise_proved": is_proved(placed_on_others, found["all_sources"]),
        "placed_on_others_at_strong": placed_on_others,
        "at_some": some["all_reaching"],
        "at_some_upper95": some["all_upper95"],
    }
    kept = {k: v for k, v in facts["false_alarms"].items() if not k.startswith("placed_on")}
    hits = {"hit_rate_strong": strong["hit_rate_main"], "hit_rate_some": some["hit_rate_main"]}
    return {
        **facts,
        "thresholds": {"strong": strong["threshold"], "some": some["threshold"]},
        "false_alarms": {**kept, **alarms},
        "figures": {**facts["figures"], **hits},
    }


def families(table: Table, logit: np.ndarray, generated: np.ndarray, real: np.ndarray, known: set[str]) -> list[dict]:
    """AUC of every family with enough windows against unseen plain real footage."""
    names = np.array([row["family"] for row in table.meta])
    found = []
    for name in np.unique(names[generated]):
        here = generated & (names == name)
        if here.sum() >= MIN_FAMILY:
            score = metrics.auc(table.label[here | real], logit[here | real])
            new = extra.plain(name) not in known
            found.append({"family": str(name), "windows": int(here.sum()), "new": new, "auc": r(score, 3)})
    return sorted(found, key=lambda f: f["auc"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--place", action="store_true")
    args = parser.parse_args()
    facts = json.loads((paths.MODEL_DIR / "model.json").read_text())
    evaluated = json.loads((paths.RESULTS / "figures.json").read_text())["bands"]
    if facts["data_version"] != data.manifest_sha256():
        raise SystemExit("the shipped model was trained on other lists than these: what is unseen can't be told")
    if not data.unseen_rows():
        raise SystemExit("no unseen windows: set ASSAY_EXTRA and run features")
    model = shipped.read(paths.MODEL_DIR / "model.onnx")
    table, fresh, logit = scored(0, model)
    known = {extra.plain(row["family"]) for row in data.rows() if row["label"] == "generated"}
    new = np.array([extra.plain(row["family"]) not in known for row in table.meta])
    plain = fresh & (table.stratum == "main")
    real, generated = plain & (table.label == 0), plain & (table.label == 1)

    def figures(use: np.ndarray) -> dict:
        return summary(table.label[use], logit[use], table.group[use])

    found = {
        "model": facts["id"],
        "windows": {"real": int((fresh & (table.label == 0)).sum()), "generated": int((fresh & (table.label == 1)).sum())},
        "main": figures(plain),
        "new_families": {"families": len({table.meta[i]["family"] for i in np.flatnonzero(generated & new)})}
        | figures(real | generated & new),
        "known_families": figures(real | generated & ~new),
        "real_above_0.5": r((logit[real] > 0).mean()),
        "generated_above_0.5": r((logit[generated] > 0).mean()),
        "bands": bands(np.array(list(worst_of_sources(model).values())), logit[generated], evaluated),
        "families": families(table, logit, fresh & (table.label == 1), real, known),
    }
    (paths.RESULTS / "unseen.json").write_text(json.dumps(found, indent=2) + "\n")
    if args.place:
        (paths.MODEL_DIR / "model.json").write_text(as_json(place(facts, found["bands"], evaluated)))
    print(json.dumps({k: v for k, v in found.items() if k != "families"}, indent=1))


if __name__ == "__main__":
    main()
