"""Further windows, of two lists in training/data/; ASSAY_EXTRA is the folder of their clips.

extra.jsonl: same fields as the shared manifest, without `fold`. Headline figures are made on the shared windows alone;
further ones train, and further real sources count for the bands when held out. unseen.jsonl: the same fields; these
never train, the verb `unseen` alone looks at them. Without ASSAY_EXTRA everything runs without both.
"""

import json
import os
import re
import sys
import zlib
from pathlib import Path

from . import paths

FOLDS = 5


def list_path(unseen: bool = False) -> Path:
    return paths.TRAINING / "data" / ("unseen.jsonl" if unseen else "extra.jsonl")


def folder() -> Path | None:
    """Where the clips are; None when ASSAY_EXTRA is not set."""
    named = os.environ.get("ASSAY_EXTRA")
    return Path(named) if named else None


def plain(family: str) -> str:
    """A generator's name without its punctuation: `wan2.1` and `Wan-2.1` are one."""
    return re.sub(r"[^a-z0-9]", "", family.lower())


def key(row: dict) -> tuple[str, str]:
    """What decides a row's fold: the generator, or the source of real footage."""
    return ("generated", plain(row["family"])) if row["label"] == "generated" else ("real", row["group"])


def with_folds(further: list[dict], shared: list[dict]) -> list[dict]:
    """The rows with `fold` (that of the shared rows with the same key, else by the key's checksum) and `extra`."""
    known = {key(row): row["fold"] for row in shared}
    return [
        {**row, "extra": True, "fold": known.get(key(row), zlib.crc32("/".join(key(row)).encode()) % FOLDS)}
        for row in further
    ]


def read(path: Path) -> list[dict]:
    with path.open() as lines:
        return [json.loads(line) for line in lines if line.strip()]


def rows(shared: list[dict], unseen: bool = False) -> list[dict]:
    """The windows of a list with their folds; none, and a word on stderr, without ASSAY_EXTRA.

    Ends the program when the folder lacks a listed clip: figures of a part would pass for those of the whole.
    """
    path = list_path(unseen)
    listed = read(path) if path.exists() else []
    where = folder()
    if not listed or where is None:
        if listed:
            print(f"WITHOUT the {len(listed)} windows of {path.name}: ASSAY_EXTRA is not set", file=sys.stderr)
        return []
    missing = [row["file"] for row in listed if not (where / row["file"]).exists()]
    if missing:
        sys.exit(f"{len(missing)} of {len(listed)} clips of {path.name} are not in ASSAY_EXTRA ({missing[0]}, ...). Nothing was done.")
    return with_folds(listed, shared)
