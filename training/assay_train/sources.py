"""Verb: fetch the sources of the further windows, for `cut`. `python -m assay_train.sources FOLDER`

Writes `FOLDER/<origin>/<path>` for each listed source that isn't there yet, from its repository at the row's commit, and
only where the bytes are those that the list names. Needs git; of each repository only the listed files come. `--from`
names another place for the repositories; `{origin}`, `{owner}` and `{name}` stand for theirs.
"""

import argparse
import collections
import hashlib
import subprocess
import tempfile
from pathlib import Path

from . import extra

REPOSITORY = "https://github.com/{origin}.git"


def address(pattern: str, origin: str) -> str:
    owner, name = origin.split("/")
    return pattern.format(origin=origin, owner=owner, name=name)


def git(folder: Path, *words: str) -> bytes | None:
    """What git says; None when it fails."""
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True)
    return done.stdout if done.returncode == 0 else None


def opened(url: str, commit: str, folder: Path) -> bool:
    """A repository without files, that fetches those it is asked for."""
    git(folder, "init", "-q", "--bare")
    git(folder, "remote", "add", "origin", url)
    git(folder, "config", "remote.origin.promisor", "true")
    git(folder, "config", "remote.origin.partialclonefilter", "blob:none")
    return git(folder, "fetch", "-q", "--depth", "1", "--filter=blob:none", "origin", commit) is not None


def take(folder: Path, row: dict, out: Path) -> str:
    """What became of one source: `fetched`, `not in the repository` or `another file`."""
    found = git(folder, "show", f"{row['commit']}:{row['path']}")
    if found is None:
        return "not in the repository"
    if hashlib.sha256(found).hexdigest() != row["src_sha256"]:
        return "another file"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(found)
    return "fetched"


def missing(folder: Path, rows: list[dict]) -> dict[tuple[str, str], list[dict]]:
    """The sources that aren't there yet, each once, by origin and commit."""
    found = collections.defaultdict(dict)
    for row in rows:
        if not (folder / row["origin"] / row["path"]).exists():
            found[row["origin"], row["commit"]][row["path"]] = row
    return {key: list(by_path.values()) for key, by_path in found.items()}


def fetch(folder: Path, rows: list[dict], pattern: str):
    """Yields (origin, path, what became of it)."""
    for (origin, commit), wanted in sorted(missing(folder, rows).items()):
        with tempfile.TemporaryDirectory() as inside:
            is_open = opened(address(pattern, origin), commit, Path(inside))
            for row in wanted:
                out = folder / origin / row["path"]
                yield origin, row["path"], take(Path(inside), row, out) if is_open else "no repository"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    parser.add_argument("--from", dest="pattern", default=REPOSITORY)
    args = parser.parse_args()
    lists = [path for path in map(extra.list_path, (False, True)) if path.exists()]
    counts = collections.Counter()
    for origin, path, became in fetch(args.sources, [row for path in lists for row in extra.read(path)], args.pattern):
        counts[became] += 1
        print(origin, path, became, flush=True)
    print(", ".join(f"{n} {became}" for became, n in counts.most_common()) or "all were there")


if __name__ == "__main__":
    main()
