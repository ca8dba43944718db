#!/bin/sh
# The whole path on two views of the clips of every eighth origin, into a folder of its own: does it run?
# The figures mean nothing.
set -eu
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-.venv/bin/python}"
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
export ASSAY_WORK="${ASSAY_WORK:-$PWD/work/mini}" ASSAY_OUT="${ASSAY_OUT:-$PWD/work/mini/out}"
"$PYTHON" -m assay_train.features --views 2 --every 8
"$PYTHON" -m assay_train.conversions --every 60
"$PYTHON" -m assay_train.train --views 2
"$PYTHON" -m assay_train.degrade --every 24 --only reference crf40
"$PYTHON" -m assay_train.evaluate --shuffles 1
"$PYTHON" -m assay_train.peers
"$PYTHON" -m assay_train.export
"$PYTHON" -m assay_train.golden
"$PYTHON" -m assay_train.card
