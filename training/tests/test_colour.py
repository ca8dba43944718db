"""Colour as browsers compute it: known values, and planes of odd sizes."""

import numpy as np
import pytest

from assay_train import colour


@pytest.mark.parametrize("matrix", colour.FACTORS)
def test_grey_is_grey(matrix):
    y = np.array([0, 16, 126, 235, 255])
    grey = np.full(5, 128)
    found = colour.rgb(y, grey, grey, matrix)
    assert (found == found[:, :1]).all()
    assert found[:, 0].tolist() == [0, 0, 128, 255, 255]


@pytest.mark.parametrize(("matrix", "expected"), [("bt601", [255, 0, 0]), ("bt709", [255, 24, 0])])
def test_red_of_the_older_matrix(matrix, expected):
    found = colour.rgb(np.array([81]), np.array([90]), np.array([240]), matrix)[0]
    assert np.abs(found.astype(int) - expected).max() <= 3


def test_planes_of_odd_sizes():
    raw = bytes(range(3 * 3)) + bytes([1, 2, 3, 4]) + bytes([5, 6, 7, 8])
    y, u, v = colour.planes(raw * 2, 3, 3)
    assert (y.shape, u.shape, v.shape) == ((2, 3, 3), (2, 2, 2), (2, 2, 2))
    assert y[1].tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert colour.doubled(u, 3, 3)[0].tolist() == [[1, 1, 2], [1, 1, 2], [3, 3, 4]]
    assert v[1].tolist() == [[5, 6], [7, 8]]
