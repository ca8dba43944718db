import numpy as np
import pytest

from assay_train import metrics
from assay_train.calibrate import cross_fitted, fit_platt


def test_upper95_is_clopper_pearson():
    assert metrics.upper95(0, 213) == pytest.approx(1 - 0.05 ** (1 / 213))
    assert metrics.upper95(0, 1) == pytest.approx(0.95)
    assert metrics.upper95(3, 3) == 1


def test_tpr_at_counts_only_allowed_false_alarms():
    label = np.array([0] * 100 + [1] * 4)
    score = np.concatenate([np.arange(100), [50, 98.5, 99.5, 100]])
    assert metrics.tpr_at(label, score, 0.0) == 0.5
    assert metrics.tpr_at(label, score, 0.01) == 0.75


def test_equal_weights():
    label = np.array([0, 0, 0, 1])
    weights = metrics.equal_weights(label, np.array(["a", "a", "b", "c"]))
    assert weights[:3].sum() == pytest.approx(weights[3])
    assert weights[2] == pytest.approx(weights[:2].sum())


def test_platt_recovers_a_known_scale():
    rng = np.random.default_rng(1)
    logit = rng.normal(0, 2, 20000)
    label = (rng.random(20000) < 1 / (1 + np.exp(-logit))).astype(int)
    a, b = fit_platt(logit / 3, label, np.arange(20000))
    assert a == pytest.approx(3, rel=0.1)
    assert b == pytest.approx(0, abs=0.1)


def test_cross_fitting_never_uses_the_own_fold():
    fold = np.array([0, 0, 1, 1] * 10)
    label = np.array([0, 1, 0, 1] * 10)
    score = np.where(fold == 0, label, 1 - label) * 4.0 - 2
    held = cross_fitted(score, label, np.arange(40), fold)
    assert ((held > 0.5) != (label == 1)).all()


def test_gain_of_the_same_scores_is_nothing_and_of_better_ones_is_positive():
    rng = np.random.default_rng(0)
    label, group = np.arange(80) % 2, np.arange(80) // 4
    weak = rng.normal(size=80)
    assert metrics.bootstrap_gain(label, weak, weak, group, 50) == [0, 0]
    assert metrics.bootstrap_gain(label, weak, weak + 3 * label, group, 50)[0] > 0
