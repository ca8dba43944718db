import hashlib
import subprocess

from assay_train import sources


def run(folder, *words):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", *who, "-C", str(folder), *words], check=True, capture_output=True, text=True).stdout.strip()


def repository(folder):
    """Two commits; the second one changes the file. @returns the first one"""
    folder.mkdir(parents=True)
    run(folder, "init", "-q")
    run(folder, "config", "uploadpack.allowFilter", "true")
    run(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    (folder / "clips").mkdir()
    for text in ("first", "second"):
        (folder / "clips" / "a.mp4").write_text(text)
        (folder / "large.bin").write_bytes(text.encode() * 10_000)
        run(folder, "add", ".")
        run(folder, "commit", "-qm", text)
    return run(folder, "rev-parse", "HEAD^")


def row(commit, path="clips/a.mp4", text=b"first", origin="some/thing"):
    return {"origin": origin, "commit": commit, "path": path, "src_sha256": hashlib.sha256(text).hexdigest()}


def test_sources_come_from_their_commit(tmp_path):
    commit = repository(tmp_path / "some+thing")
    pattern = (tmp_path / "{owner}+{name}").as_uri().replace("%7B", "{").replace("%7D", "}")
    out = tmp_path / "out"
    rows = [row(commit), row(commit), row(commit, path="none.mp4"), row(commit, path="large.bin", text=b"x")]
    rows.append(row(commit, origin="nobody/nothing"))
    assert list(sources.fetch(out, rows, pattern)) == [
        ("nobody/nothing", "clips/a.mp4", "no repository"),
        ("some/thing", "clips/a.mp4", "fetched"),
        ("some/thing", "none.mp4", "not in the repository"),
        ("some/thing", "large.bin", "another file"),
    ]
    assert (out / "some/thing/clips/a.mp4").read_text() == "first"
    assert not (out / "some/thing/large.bin").exists()
    assert ("some/thing", "clips/a.mp4", "fetched") not in list(sources.fetch(out, rows, pattern))
