import hashlib
import json

import numpy as np
import pytest

from assay_train import data, extra, gather

SHARED = [
    {"id": "g1", "label": "generated", "family": "wan-2.1", "group": "a/a", "fold": 3},
    {"id": "r1", "label": "real", "family": "webcam", "group": "b/b", "fold": 1},
]


def row(label="real", family="webcam", group="c/c", **more):
    return {"id": "x", "label": label, "family": family, "group": group, "origin": group, **more}


def test_folds_follow_the_shared_generator_or_source():
    further = [row("generated", "Wan2.1", "d/d"), row(group="b/b"), row(), row(family="other")]
    found = extra.with_folds(further, SHARED)
    assert [r["fold"] for r in found[:2]] == [3, 1]
    assert found[2]["fold"] == found[3]["fold"]  # real footage goes by its source, not by its kind
    assert all(data.is_extra(r) and 0 <= r["fold"] < extra.FOLDS for r in found)


@pytest.fixture
def listed(tmp_path, monkeypatch):
    path = tmp_path / "extra.jsonl"
    path.write_text(json.dumps(row(file="clips/x.mp4")) + "\n")
    monkeypatch.setattr(extra, "list_path", lambda unseen=False: path)
    return tmp_path


def test_without_the_folder_there_are_none_and_it_says_so(listed, monkeypatch, capsys):
    monkeypatch.delenv("ASSAY_EXTRA", raising=False)
    assert extra.rows(SHARED) == []
    assert "WITHOUT the 1 windows of extra.jsonl" in capsys.readouterr().err


def test_a_folder_that_lacks_a_clip_ends_the_program(listed, monkeypatch):
    monkeypatch.setenv("ASSAY_EXTRA", str(listed))
    with pytest.raises(SystemExit, match="1 of 1"):
        extra.rows(SHARED)
    (listed / "clips").mkdir()
    (listed / "clips" / "x.mp4").touch()
    assert [r["id"] for r in extra.rows(SHARED)] == ["x"]


def picture(seed, side=256):
    """A picture of random patches."""
    coarse = np.random.default_rng(seed).integers(0, 256, (8, 8))
    return np.kron(coarse, np.ones((side // 8, side // 8))).astype(np.uint8)


def test_a_smaller_darker_copy_is_found_and_another_picture_is_not():
    frame = picture(1)
    known = {"a": gather.signature(frame)}
    assert gather.twin(gather.signature((frame[::2, ::2] * 0.8).astype(np.uint8)), known) == "a"
    assert gather.twin(gather.signature(picture(2)), known) is None


def test_what_is_not_taken_over(tmp_path, monkeypatch):
    pictures = {"a": picture(1), "b": picture(2), "c": picture(1), "d": picture(2), "e": picture(3)}
    monkeypatch.setattr(gather, "middle", lambda clip: gather.signature(pictures[clip.name]))
    offered = []
    for name, origin in (("a", "o/1"), ("b", "o/2"), ("c", "o/1"), ("d", "o/3"), ("e", "o/4")):
        clip = tmp_path / name
        clip.write_text(name)
        fields = {"id": name, "file": name, "sha256": hashlib.sha256(name.encode()).hexdigest(), "path": "p", "start_s": 0}
        fields |= {"commit": "c", "src_sha256": "s"}
        size = {"width": 640, "height": 360, "dur_s": 2.0, "stratum": "main"}
        offered.append(({**row(group=origin), **fields, **size}, clip))
    taken, reasons = gather.take(offered, {"shared": gather.signature(picture(3))})
    assert [r["id"] for r, _ in taken] == ["a", "b", "c"]  # c: another window of a's own source
    assert dict(reasons) == {"like another origin's window": 1, "like a listed window": 1}
    small = {**offered[0][0], "height": 200}
    assert gather.fault(small, offered[0][1]) == "too small or too short"
    assert gather.fault({**offered[0][0], "sha256": "0"}, offered[0][1]) == "clip has another hash"
