#!/bin/sh
# Data to shipped model, card and golden values. About 50 minutes on two cores.
set -eu
cd "$(dirname "$0")/.."
VIEWS="${VIEWS:-4}"
JOBS="${JOBS:-2}"
PYTHON="${PYTHON:-.venv/bin/python}"
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
"$PYTHON" -m assay_train.views --views "$VIEWS" --jobs "$JOBS"
"$PYTHON" -m assay_train.features --views "$VIEWS" --jobs "$JOBS"
"$PYTHON" -m assay_train.conversions --jobs "$JOBS"
"$PYTHON" -m assay_train.train --views "$VIEWS"
"$PYTHON" -m assay_train.measure_checks
"$PYTHON" -m assay_train.degrade
"$PYTHON" -m assay_train.evaluate
"$PYTHON" -m assay_train.peers --jobs "$JOBS"
"$PYTHON" -m assay_train.export ${CREATED:+--created "$CREATED"}
"$PYTHON" -m assay_train.golden
"$PYTHON" -m assay_train.card
