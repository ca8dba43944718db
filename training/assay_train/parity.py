"""Verb: are scores of stored clips the same in the browsers as here? `python -m assay_train.parity`

Scores the clips that results/parity.json names with the shipped model, here and, by the built command line
(`npm run build` first), in Chromium and Firefox; writes results/parity.json again.
"""

import json
import subprocess

from . import data, model, paths
from .score import score_file

BROWSERS = ("chromium", "firefox")
TARGET = 0.02


def in_browser(browser: str, ids: list[str]) -> dict[str, float]:
    """First window's score of each clip. @raises CalledProcessError when the command line fails"""
    files = [str(paths.data_dir() / "clips" / f"{clip}.mp4") for clip in ids]
    command = ["node", str(paths.REPO / "dist" / "cli" / "cli.mjs"), "--json", "--browser", browser, *files]
    out = subprocess.run(command, check=True, capture_output=True, text=True)
    labels = [json.loads(line) for line in out.stdout.splitlines() if line.strip()]
    return {clip: label["estimate"]["windows"][0]["score"] for clip, label in zip(ids, labels, strict=True)}


def main() -> None:
    path = paths.RESULTS / "parity.json"
    ids = [clip["id"] for clip in json.loads(path.read_text())["clips"]]
    session = model.session(paths.MODEL_DIR / "model.onnx")
    here = {clip: score_file(session, paths.data_dir() / "clips" / f"{clip}.mp4")["score"] for clip in ids}
    there = {browser: in_browser(browser, ids) for browser in BROWSERS}
    clips = [{"id": i, "python": here[i], **{b: round(there[b][i], 5) for b in BROWSERS}} for i in ids]
    facts = json.loads((paths.MODEL_DIR / "model.json").read_text())
    found = {
        "model": facts["id"],
        "sha256": facts["sha256"],
        "what": "stored clips, first window; the extension's decoder in the browsers, assay_train.score in Python",
        "target": TARGET,
        "largest_difference": round(max(abs(c[b] - c["python"]) for c in clips for b in BROWSERS), 5),
        "clips": clips,
    }
    path.write_text(json.dumps(found, indent=2) + "\n")
    print(found["largest_difference"])


if __name__ == "__main__":
    main()
