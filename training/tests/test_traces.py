import numpy as np
import pytest

from assay_train import traces


def some_pictures(n: int = 2, side: int = 40) -> np.ndarray:
    return np.random.default_rng(0).integers(90, 110, (n, side, side, 3)).astype(np.uint8)


def test_places_depend_on_the_seed_only():
    frames = some_pictures(3, 200)
    assert np.array_equal(traces.crops(frames, 2, "a"), traces.crops(frames, 2, "a"))
    assert not np.array_equal(traces.crops(frames, 2, "a"), traces.crops(frames, 2, "b"))
    assert traces.crops(frames, 2, "a").shape == (6, 128, 128, 3)


@pytest.mark.parametrize("turn", [lambda x: x[:, ::-1], lambda x: x[:, :, ::-1], lambda x: x.transpose(0, 2, 1, 3)])
def test_mirrored_and_turned_pictures_have_the_same_traces(turn):
    pictures = some_pictures()
    assert np.allclose(traces.co_occurrences(pictures), traces.co_occurrences(turn(pictures)))


def test_noise_is_told_from_a_slope():
    slope = np.broadcast_to(np.arange(40, dtype=np.uint8)[None, None, :, None], (1, 40, 40, 3))
    flat = np.exp(traces.co_occurrences(slope))
    middle = (5**4 - 1) // 2  # the chain of four residuals that are 0
    assert flat[middle] > 0.99 * flat[:625].sum()
    noisy = np.exp(traces.co_occurrences(some_pictures()))
    assert noisy[middle] < 0.1 * noisy[:625].sum()
