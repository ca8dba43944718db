"""Verb: make the canonical views. `python -m assay_train.views [--views 4] [--every N] [--jobs 2]`"""

import argparse
from concurrent.futures import ThreadPoolExecutor

from . import data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, default=4)
    parser.add_argument("--every", type=int, default=1, help="only every N-th origin")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    with ThreadPoolExecutor(args.jobs) as pool:
        for view in range(args.views):
            todo = data.copied_rows(view, args.every)
            for n, _ in enumerate(pool.map(lambda row: data.make_view(row, view), todo)):
                if n % 100 == 0:
                    print(f"view {view}: {n} of {len(todo)}", flush=True)


if __name__ == "__main__":
    main()
