"""The finder of signs: what is drawn, what it is told, and that it runs at the sizes of the reader."""

import random

import numpy as np
import torch

from assay_train.sign_marks import other_mark, paint, sora_mark
from assay_train.sign_net import CELL, Shipped, SignNet
from assay_train.sign_train import CROP, targets


def test_the_word_starts_where_it_is_said():
    mask, (x, y) = sora_mark(30, random.Random(3))
    assert mask[:, : round(x) - 8].max() == 1, "the cloud"
    assert mask[round(y) - 12 : round(y) + 12, round(x) : round(x) + 60].max() > 0.9, "the word"
    assert mask[round(y) - 12 : round(y) + 12, round(x) - 4 : round(x)].max() < 0.1, "the gap"


def test_a_faint_mark_brightens_what_is_dark_and_leaves_the_rest():
    frame = np.full((100, 300, 3), 50, np.float32)
    paint(frame, other_mark(20, random.Random(1)), 10, 10, opacity=0.4, shadow=0, blur=2)
    assert frame.max() <= 50 + 0.4 * 205 + 1
    assert frame.max() > 100
    assert (frame[80:] == 50).all()


def test_cells_are_told_the_place_and_size_of_their_mark():
    kind, told = targets(np.array([[42.0, 70.0, 16.0]], np.float32))
    assert kind.shape == (CROP // CELL, CROP // CELL)
    row, column = 70 // CELL, 42 // CELL
    assert kind[row, column] == 1
    assert kind[row + 4, column] == -1
    dx, dy, size = told[:, row, column]
    assert (column + 0.5 + dx) * CELL == 42
    assert (row + 0.5 + dy) * CELL == 70
    assert abs(size) < 1e-6


def test_the_map_has_one_cell_for_eight_pixels():
    with torch.no_grad():
        out = Shipped(SignNet()).eval()(torch.zeros(1, 2, 240, 432))
    assert out.shape == (1, 4, 30, 54)
    assert 0 <= out[:, 0].min() and out[:, 0].max() <= 1
