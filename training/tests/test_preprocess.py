import numpy as np

from assay_train import checks, golden
from assay_train.preprocess import INPUT_SIDE, area_matrix, area_resize, network_input


def test_area_matrix_rows_sum_to_one():
    for source in (240, 241, 331, 480, 1080):
        assert np.allclose(area_matrix(source, INPUT_SIDE).sum(1), 1)


def test_area_resize_counts_covered_fractions():
    image = np.array([[[0], [90], [255]]] * 3, np.uint8)
    out = area_resize(image, 2)
    assert np.allclose(out[:, :, 0], [[30, 200], [30, 200]])


def test_network_input_range_and_order():
    frames = np.zeros((8, 240, 240, 3), np.uint8)
    frames[..., 1] = 255
    x = network_input(frames)
    assert x.shape == (8, 3, 160, 160)
    assert x.dtype == np.float32
    assert np.allclose(x[:, 0], -1)
    assert np.allclose(x[:, 1], 1, atol=1e-6)


def test_measures_of_flat_and_cut():
    flat = np.full((8, 240, 240, 3), 90, np.uint8)
    small = checks.thumbs(flat)
    assert checks.change(small) == 0
    assert checks.spread(checks.luma(flat)[0]) < 1e-9
    moving = checks.thumbs(golden.golden_frames(1, 240))
    assert checks.cut_distance(moving[0], moving[1]) < checks.CUT
    assert checks.cut_distance(small[0], small[0] * 0 + 250) > checks.CUT
