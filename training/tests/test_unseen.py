import numpy as np

from assay_train import unseen
from assay_train.export import is_proved

KNOWN = {
    "worst_logits": [-2.0] * 191 + [1.41 + n / 100 for n in range(9)],
    "thresholds": {"strong": 0.95, "some": 0.8},
    "margin_logit": 0.2,
    "strong": {"reaching_when_placed_on_other_folds": 1},
}
GENERATED = np.array([0.0, 2.0, 3.1, 4.0])


def test_a_new_source_above_strong_is_counted_and_moves_it():
    found = unseen.bands(np.array([3.0, 1.5, -1.0]), GENERATED, KNOWN)
    assert found["strong"]["reaching"] == found["strong"]["all_reaching"] == 1
    assert found["some"]["reaching"] == 2 and found["some"]["all_reaching"] == 11
    raised = found["strong_with_these"]
    assert unseen.logit_of(raised["threshold"]) > 3.19 and raised["all_reaching"] == 0
    assert (found["strong"]["hit_rate_main"], raised["hit_rate_main"]) == (0.5, 0.25)


def test_no_band_is_lowered():
    found = unseen.bands(np.array([-1.0]), GENERATED, KNOWN)
    assert found["strong_with_these"]["threshold"] == 0.95
    assert found["some_with_these"]["threshold"] == 0.8


def test_some_moves_when_more_than_1_in_20_of_all_reach_it():
    found = unseen.bands(np.array([2.0, 2.1, 2.2, 2.3]), GENERATED, KNOWN)
    assert (found["some"]["all_reaching"], found["all_sources"]) == (13, 204)
    assert found["some_with_these"]["all_reaching"] == 10


def test_what_ships_says_what_was_counted():
    facts = {"id": "m", "thresholds": {"strong": 0.95, "some": 0.8}, "figures": {"auc": 0.8, "hit_rate_strong": 0.9}}
    facts["false_alarms"] = {"strong_promise": 0.005, "placed_on_others_at_strong": 1, "sources": 200}
    found = unseen.place(facts, unseen.bands(np.array([3.0, 1.5, -1.0]), GENERATED, KNOWN), KNOWN)
    assert found["id"] == "m" and found["figures"] == {"auc": 0.8, "hit_rate_strong": 0.25, "hit_rate_some": 0.75}
    assert found["thresholds"]["strong"] > 0.95 and found["thresholds"]["some"] > 0.8
    alarms = found["false_alarms"]
    assert (alarms["sources"], alarms["at_strong"], alarms["at_some"]) == (203, 0, 10)
    assert alarms["placed_on_others_at_strong"] == 2 and alarms["strong_promise_proved"] is False


def test_the_promise_is_proved_by_sources_the_threshold_was_not_placed_on():
    assert is_proved(0, 598)
    assert not is_proved(0, 597)
    assert not is_proved(1, 732)
