"""Verb: the model on the further windows, when it was trained without them. `python -m assay_train.unseen [--place]`

Needs ASSAY_EXTRA and features of view 0, and of the stored clips where real footage is to count with them. Bands are
counted at the thresholds that `evaluate` placed without these windows. Writes results/unseen.json.

`--place`: further real sources then have their say in the shipped thresholds: `strong` goes above every one of them by
the rule of `evaluate`, if it is not yet; what model.json says of false alarms and hits is brought up to date.
"""

import argparse
import json

import numpy as np

from . import data, extra, features, metrics, paths, shipped
from .evaluate import r, summary
from .export import as_json
from .train import Table

MIN_FAMILY = 4


def scored(view: int, model: shipped.Shipped) -> tuple[Table, np.ndarray, np.ndarray]:
    """Features of one view, which rows are further ones of origins and groups that the shared list lacks, all logits."""
    table = Table([view])
    known = {row[key] for row in data.rows() if not data.is_extra(row) for key in ("origin", "group")}
    fresh = [data.is_extra(row) and not {row["origin"], row["group"]} & known for row in table.meta]
    return table, np.array(fresh), model.logits(table.raw)


def worst_of_sources(model: shipped.Shipped) -> dict[str, float]:
    """Logit of the worst window of every further real source, over the copy of view 0 and the stored clip."""
    worst: dict[str, float] = {}
    for view in (0, features.STORED):
        table, further, logit = scored(view, model)
        for i in np.flatnonzero(further & (table.label == 0)):
            worst[table.group[i]] = max(worst.get(table.group[i], -np.inf), float(logit[i]))
    return worst


def logit_of(score: float) -> float:
    return float(np.log(score / (1 - score)))


def band(worst: np.ndarray, generated: np.ndarray, threshold: float, before: int, sources: int) -> dict:
    """Further real sources and generated windows (logits) at a threshold, and all real sources together.

    `before`: how many of the `sources` real ones that the threshold was placed on reach it.
    """
    reached = int((worst >= logit_of(threshold)).sum())
    n = len(worst)
    return {
        "threshold": threshold,
        "reaching": reached,
        "upper95": r(metrics.upper95(reached, n)),
        "all_reaching": reached + before,
        "all_upper95": r(metrics.upper95(reached + before, n + sources)),
        "hit_rate_main": r((generated >= logit_of(threshold)).mean()),
    }


def bands(worst: np.ndarray, generated: np.ndarray, known: dict) -> dict:
    """At the thresholds of `known` (bands of figures.json), and where `strong` belongs when these sources count too."""
    n, at = known["sources"], known["thresholds"]
    highest = float(1 / (1 + np.exp(-(worst.max() + known["margin_logit"]))))
    found = {
        name: band(worst, generated, at[name], known[name]["real_sources_reaching"], n) for name in ("strong", "some")
    }
    raised = band(worst, generated, max(at["strong"], r(highest, 5)), 0, n)
    return {"sources": len(worst), "all_sources": len(worst) + n, **found, "strong_with_these": raised}


def place(facts: dict, found: dict, known: dict) -> dict:
    """model.json with `strong` above all real sources, and what that makes of its figures."""
    strong, some = found["strong_with_these"], found["some"]
    alarms = {
        "sources": found["all_sources"],
        "at_strong": strong["all_reaching"],
        "at_strong_upper95": strong["all_upper95"],
        "strong_promise_proved": strong["all_upper95"] <= facts["false_alarms"]["strong_promise"],
        "placed_on_others_at_strong": known["strong"]["reaching_when_placed_on_other_folds"] + found["strong"]["reaching"],
        "at_some": some["all_reaching"],
        "at_some_upper95": some["all_upper95"],
    }
    kept = {k: v for k, v in facts["false_alarms"].items() if not k.startswith("placed_on")}
    hits = {"hit_rate_strong": strong["hit_rate_main"], "hit_rate_some": some["hit_rate_main"]}
    return {
        **facts,
        "thresholds": {**facts["thresholds"], "strong": strong["threshold"]},
        "false_alarms": {**kept, **alarms},
        "figures": {**facts["figures"], **hits},
    }


def families(table: Table, logit: np.ndarray, generated: np.ndarray, real: np.ndarray, known: set[str]) -> list[dict]:
    """AUC of every family with enough windows against further plain real footage."""
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
    if facts["data_version"] != data.shared_sha256():
        raise SystemExit("the shipped model was trained with further windows: they are not unseen")
    model = shipped.read(paths.MODEL_DIR / "model.onnx")
    table, further, logit = scored(0, model)
    if not further.any():
        raise SystemExit("no further windows: set ASSAY_EXTRA and run features")
    known = {extra.plain(row["family"]) for row in data.rows() if not data.is_extra(row) and row["label"] == "generated"}
    new = np.array([extra.plain(row["family"]) not in known for row in table.meta])
    plain = further & (table.stratum == "main")
    real, generated = plain & (table.label == 0), plain & (table.label == 1)

    def figures(use: np.ndarray) -> dict:
        return summary(table.label[use], logit[use], table.group[use])

    found = {
        "model": facts["id"],
        "windows": {"real": int((further & (table.label == 0)).sum()), "generated": int((further & (table.label == 1)).sum())},
        "main": figures(plain),
        "new_families": {"families": len({table.meta[i]["family"] for i in np.flatnonzero(generated & new)})}
        | figures(real | generated & new),
        "known_families": figures(real | generated & ~new),
        "real_above_0.5": r((logit[real] > 0).mean()),
        "generated_above_0.5": r((logit[generated] > 0).mean()),
        "bands": bands(np.array(list(worst_of_sources(model).values())), logit[generated], evaluated),
        "families": families(table, logit, further & (table.label == 1), real, known),
    }
    (paths.RESULTS / "unseen.json").write_text(json.dumps(found, indent=2) + "\n")
    if args.place:
        (paths.MODEL_DIR / "model.json").write_text(as_json(place(facts, found["bands"], evaluated)))
    print(json.dumps({k: v for k, v in found.items() if k != "families"}, indent=1))


if __name__ == "__main__":
    main()
