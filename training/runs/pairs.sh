#!/bin/sh
# Aligned pairs and low-level traces: what they would add to the product's heads. Needs requirements-pairs.txt and
# view 0's features (made if absent); from there about 8 minutes of one core. Changes nothing that ships.
set -eu
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-.venv/bin/python}"
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
"$PYTHON" -m assay_train.features --views 1 --jobs 1
"$PYTHON" -m assay_train.pairs
"$PYTHON" -m assay_train.ablate
