"""Verb: light methods of others, re-implemented, on the same folds and copies. `python -m assay_train.peers`

Needs work/features (view 0); writes results/peers.json. Per-frame features are those of the
frozen MobileNetV2 in place of each paper's own encoder, so these are their ideas at our size, not their systems.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from . import checks, data, features, metrics, paths
from .evaluate import summary
from .train import Table

SPACE = 128  # main components in which the likelihood is taken
LIMIT = 4  # of residuals, in grey levels


def residuals(frames: np.ndarray) -> np.ndarray:
    """NPR (2312.10461): differences within 2 x 2 blocks at native scale; joint histograms in place of its CNN."""
    y = checks.luma(frames)
    even = y[:, : y.shape[1] // 2 * 2, : y.shape[2] // 2 * 2]
    corner = even[:, ::2, ::2]
    parts = [even[:, dy::2, dx::2] - corner for dy, dx in ((0, 1), (1, 0), (1, 1))]
    low, right, both = [np.clip(np.round(part), -LIMIT, LIMIT).astype(int) + LIMIT for part in parts]
    bins = 2 * LIMIT + 1
    pairs = [np.bincount((p * bins + q).ravel(), minlength=bins**2) for p, q in ((low, right), (right, both))]
    return np.log(np.concatenate(pairs) / low.size + 1e-5)


def _clip_of(row: dict) -> tuple[np.ndarray, np.ndarray]:
    frames = data.read_view(row, 0)
    return features.frame_features(frames)["mean1280"], residuals(frames[[0, 4]])


def clip_features(rows: list[dict], jobs: int) -> tuple[np.ndarray, np.ndarray]:
    """Of view 0: last layer's averages of every frame [clips, 8, 1280], and residuals [clips, columns]."""
    path = paths.WORK / "features" / "peers0.npz"
    if not path.exists():
        with ProcessPoolExecutor(jobs) as pool:
            found = list(pool.map(_clip_of, rows, chunksize=8))
        np.savez(path, frames=np.array([f for f, _ in found]), residuals=np.array([r for _, r in found]))
    stored = np.load(path)
    return stored["frames"].astype(np.float64), stored["residuals"]


def second_difference(x: np.ndarray) -> np.ndarray:
    """D3 (2508.00701): deviation of the second differences' size; no training."""
    first = np.linalg.norm(np.diff(x, axis=1), axis=2)
    return np.diff(first, axis=1).std(1)


def trajectory(x: np.ndarray) -> np.ndarray:
    """ReStraV (2507.00583): 21 numbers of the path through feature space: lengths and turns of its steps."""
    steps = np.diff(x, axis=1)
    length = np.linalg.norm(steps, axis=2)
    inner = (steps[:, 1:] * steps[:, :-1]).sum(2)
    turn = np.degrees(np.arccos(np.clip(inner / np.maximum(length[:, 1:] * length[:, :-1], 1e-9), -1, 1)))
    numbers = [length, turn]  # 7 + 6
    for part in (length, turn):
        numbers.append(np.stack([part.mean(1), part.min(1), part.max(1), part.var(1)], 1))  # 4 + 4
    return np.concatenate(numbers, 1)


def fold_scores(table: Table, fit_and_score) -> np.ndarray:
    """Scores of every clip by what was fitted without its fold, origin and group."""
    out = np.zeros(len(table.label))
    for k in range(5):
        train, test = data.fold_split(table.meta, k)
        out[test] = fit_and_score(train, test)
    return out


def boosted(table: Table, x: np.ndarray) -> np.ndarray:
    def one(train: np.ndarray, test: np.ndarray) -> np.ndarray:
        weights = metrics.equal_weights(table.label[train], table.group[train])
        fit = HistGradientBoostingClassifier(max_depth=3, max_iter=60, random_state=0)
        fit.fit(x[train], table.label[train], sample_weight=weights)
        return fit.predict_proba(x[test])[:, 1]

    return fold_scores(table, one)


def linear(table: Table, x: np.ndarray, c: float) -> np.ndarray:
    def one(train: np.ndarray, test: np.ndarray) -> np.ndarray:
        mean, deviation = x[train].mean(0), x[train].std(0) + 1e-6
        weights = metrics.equal_weights(table.label[train], table.group[train])
        fit = LogisticRegression(C=c, max_iter=400)
        fit.fit((x[train] - mean) / deviation, table.label[train], sample_weight=weights)
        return fit.decision_function((x[test] - mean) / deviation)

    return fold_scores(table, one)


def surprise(x: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Squared distance from `known` in its whitened main components."""
    mean = known.mean(0)
    _, size, axes = np.linalg.svd(known - mean, full_matrices=False)
    n = min(SPACE, len(size) // 2)
    scale = size[:n] / np.sqrt(len(known)) + 1e-6
    return (((x - mean) @ axes[:n].T / scale) ** 2).sum(1)


def likelihood(table: Table, x: np.ndarray) -> np.ndarray:
    """STALL-like (2603.15026): Gaussians of real frames and of their steps; the less likely, the more generated."""

    def one(train: np.ndarray, test: np.ndarray) -> np.ndarray:
        real = train[table.label[train] == 0]
        space = surprise(x[test].mean(1), x[real].mean(1))
        time = surprise(np.diff(x[test], axis=1).mean(1), np.diff(x[real], axis=1).mean(1))
        return np.log(space) + np.log(time)

    return fold_scores(table, one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    table = Table([0])
    x, residual = clip_features(table.meta, args.jobs)
    copy = table.raw["meta"][:, :3]
    scores = {
        "frozen MobileNetV2 + linear": linear(table, x.mean(1), 1e-3),
        "D3-like: second differences": second_difference(x),
        "ReStraV-like: 21 trajectory numbers": boosted(table, trajectory(x)),
        "STALL-like: likelihood of real footage": likelihood(table, x),
        "NPR-like: residuals in 2 x 2 blocks": linear(table, residual, 1e-2),
        "metadata of the copy only": boosted(table, copy),
    }
    use = table.main
    found = [
        {"method": name, **summary(table.label[use], score[use], table.group[use])} for name, score in scores.items()
    ]
    (paths.RESULTS / "peers.json").write_text(json.dumps(found, indent=2) + "\n")
    for row in found:
        print(f"{row['method']:42} {row['auc']:.3f} {row['auc95']} {row['tpr_at_1']:.3f}")


if __name__ == "__main__":
    main()
