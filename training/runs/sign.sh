#!/bin/sh
# The finder of Sora's mark: draws (about 6 minutes of one core), training (5 minutes of a core), export. Needs
# requirements-pairs.txt. Afterwards: the new hash in src/engine/marks/sessions.ts, `node scripts/third-party.mjs`,
# `npx vitest run --project engine test/engine/marks.test.ts` and `node scripts/marks.mjs`.
set -eu
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-.venv/bin/python}"
export OMP_NUM_THREADS=1
"$PYTHON" -m assay_train.sign_pairs --draws 524
"$PYTHON" -m assay_train.sign_train --minutes 6
"$PYTHON" -m assay_train.sign_export
