import numpy as np
import pytest

from assay_train import traces


def some_pictures(n: int = 2, side: int = 40) -> np.ndarray:
    return np.random.default_rng(0).integers(90, 110, (n, side, side, 3)).astype(np.uint8)


def test_crops_lie_midway_between_centre_and_corners():
    frames = some_pictures(3, 201)
    found = traces.crops(frames)
    assert found.shape == (12, 128, 128, 3)
    assert np.array_equal(found[1], frames[1, 18:146, 18:146])
    assert np.array_equal(found[11], frames[2, 55:183, 55:183])


def test_frames_smaller_than_a_crop_are_refused():
    with pytest.raises(ValueError, match="128"):
        traces.crops(some_pictures(1, 127))


def test_half_a_level_goes_to_the_even_one():
    residual = np.array([0, 1000, 1001, 2999, 3000, 9000], np.int32)
    assert traces.levels(residual).tolist() == [2, 2, 3, 3, 4, 4]
    assert traces.levels(-residual).tolist() == [2, 2, 1, 1, 0, 0]


@pytest.mark.parametrize("turn", [lambda x: x[:, ::-1], lambda x: x[:, :, ::-1], lambda x: x.transpose(0, 2, 1, 3)])
def test_mirrored_and_turned_pictures_have_the_same_traces(turn):
    pictures = some_pictures()
    assert np.allclose(traces.co_occurrences(pictures), traces.co_occurrences(turn(pictures)), atol=1e-5)


def test_noise_is_told_from_a_slope():
    slope = np.broadcast_to(np.arange(40, dtype=np.uint8)[None, None, :, None], (1, 40, 40, 3))
    flat = np.exp(traces.co_occurrences(slope))
    middle = (5**4 - 1) // 2  # the chain of four residuals that are 0
    assert flat[middle] > 0.99 * flat[:625].sum()
    noisy = np.exp(traces.co_occurrences(some_pictures()))
    assert noisy[middle] < 0.1 * noisy[:625].sum()
