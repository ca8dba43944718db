import subprocess

from assay_train import cut, data, gather


def source(folder, size="1300x902", rate=50):
    path = folder / "source.mp4"
    test = f"testsrc2=size={size}:rate={rate}:duration=3,noise=alls=60:allf=t"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", test, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", str(path)],
        check=True,
    )
    return path


def test_a_window_is_cut_by_the_rule(tmp_path):
    path = source(tmp_path)
    row = {"start_s": 0.5, "crop": [0, 2, 1300, 902], "src_width": 1300, "src_height": 902, "src_fps": 50.0}
    row |= {"src_dur_s": 3.0, "src_sha256": cut.sha256(path), "sha256": "not this one"}
    out = tmp_path / "out.mp4"
    assert cut.from_source({**row, "src_sha256": "0"}, path, out) == "another source"
    assert cut.from_source(row, path, out) == "cut, other bytes"
    facts = data.probe(out)
    assert (facts["width"], facts["height"]) == (780, 540)
    assert out.stat().st_size < 200_000  # noise: CRF 21 alone gives megabytes
    assert len(data.read_frames(out)) == data.FRAMES
    assert cut.from_source(row, path, out) == "kept"


def test_small_sources_are_not_enlarged():
    row = {"src_width": 401, "src_height": 301, "src_fps": 25.0}
    assert cut.filters(row) == "crop=401:301:0:0,crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,format=yuv420p"


def test_a_window_looks_like_itself_after_coding(tmp_path):
    path = source(tmp_path)
    row = {"start_s": 0, "src_width": 1300, "src_height": 902, "src_fps": 50.0}
    out = tmp_path / "out.mp4"
    cut.cut(path, row, out)
    assert gather.twin(gather.middle(out), {"source": gather.middle(path)}) == "source"
