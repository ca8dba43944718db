import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("av")

from assay_train import ablate, data, pairs, taef2  # noqa: E402


def some_picture(side: int = 64) -> np.ndarray:
    coarse = np.random.default_rng(0).integers(0, 255, (side // 8, side // 8, 3))
    return np.repeat(np.repeat(coarse, 8, 0), 8, 1).astype(np.uint8)


def test_swapped_keeps_the_originals_brightness_and_the_copys_detail():
    original = some_picture()
    copy = np.full_like(original, 30)
    assert np.array_equal(pairs.swapped(original, original), original)
    assert pairs.swapped(original, copy).mean() == pytest.approx(original.mean(), abs=8)
    assert pairs.swapped(copy, original).std() > 5


def test_a_coded_picture_is_near_and_worse_at_a_higher_crf():
    picture = some_picture()
    lost = []
    for crf in (20, 36):
        draw = data.ViewDraw(short_side=64, kernel="area", crf=crf, preset="veryfast", matrix="bt601")
        seen = pairs.coded(picture, draw)
        assert seen.shape == picture.shape
        lost.append(np.abs(seen.astype(int) - picture).mean())
    assert 0 < lost[0] < lost[1] < 40


def test_copies_have_the_frames_shape_and_a_seeded_noise():
    torch.manual_seed(0)
    encoder, decoder = (part.to(torch.bfloat16).eval() for part in (taef2._encoder(), taef2._decoder()))
    first, again, other = (pairs.copies(some_picture(), encoder, decoder, seed) for seed in (1, 1, 2))
    assert first["copy"].shape == (64, 64, 3)
    assert np.array_equal(first["noise"], again["noise"])
    assert np.array_equal(first["copy"], other["copy"])
    assert not np.array_equal(first["noise"], other["noise"])


def test_pairs_of_tested_folds_origins_and_groups_are_left_out():
    by_id = {
        "fold": {"fold": 0, "origin": "x", "group": "x"},
        "origin": {"fold": 1, "origin": "a", "group": "x"},
        "group": {"fold": 1, "origin": "x", "group": "g"},
        "free": {"fold": 1, "origin": "x", "group": "x"},
    }
    tested = [{"fold": 0, "origin": "a", "group": "g"}]
    kept = ablate.kept_apart(np.array(list(by_id)), by_id, tested)
    assert kept.tolist() == [False, False, False, True]
