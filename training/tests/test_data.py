from assay_train import data

CLIP = {"id": "x1", "width": 960, "height": 540, "dur_s": 2.0}


def row(i, fold, origin, group):
    return {"id": str(i), "fold": fold, "origin": origin, "group": group}


def test_train_shares_nothing_with_test():
    meta = [row(0, 0, "a", "g1"), row(1, 1, "a", "g2"), row(2, 1, "b", "g1"), row(3, 2, "c", "g3")]
    train, test = data.fold_split(meta, 0)
    assert test.tolist() == [0]
    assert train.tolist() == [3]


def test_draws_are_fixed_and_never_enlarge():
    assert data.draw_view(CLIP, 3) == data.draw_view(CLIP, 3)
    assert data.draw_view(CLIP, 3) != data.draw_view(CLIP, 4)
    small = {**CLIP, "width": 300, "height": 260}
    for view in range(50):
        draw = data.draw_view(small, view)
        assert 240 <= draw.short_side <= 260
        assert draw.short_side % 2 == 0
        assert 20 <= draw.crf <= 36


def test_region_is_the_centre_square():
    assert data.region(1920, 1080) == (420, 0, 1080)
    assert data.region(3840, 2160) == (1380, 540, 1080)
    assert data.region(361, 640) == (0, 139, 361)


def test_colour_matrix_follows_the_tag():
    assert data.browser_matrix({"height": 1080, "color_space": "smpte170m"}) == "bt601"
    assert data.browser_matrix({"height": 360, "color_space": "bt709"}) == "bt709"
    assert data.browser_matrix({"height": 360}) == "bt709"


def test_what_is_judged():
    assert data.eligible(CLIP)
    assert not data.eligible({**CLIP, "height": 238})
    assert not data.eligible({**CLIP, "dur_s": 1.75})
