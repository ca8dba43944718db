"""Where things are. Everything that is made lies in `training/work/`, which is not committed."""

import os
import sys
from pathlib import Path

TRAINING = Path(__file__).resolve().parent.parent
REPO = TRAINING.parent
WORK = Path(os.environ.get("ASSAY_WORK", TRAINING / "work"))
RESULTS = TRAINING / "results"
MODEL_DIR = REPO / "public" / "model"
GOLDEN_DIR = REPO / "test" / "fixtures" / "golden"


def _outside(variable: str, default: str, what: str) -> Path:
    path = Path(os.environ.get(variable, REPO.parent / "shared" / default))
    if not path.exists():
        sys.exit(f"SKIPPED: {what} is not at {path}; set {variable} to its folder. Nothing was done.")
    return path


def data_dir() -> Path:
    """Folder with `manifest.jsonl` and `clips/`; ends the program with a message when it is absent."""
    return _outside("ASSAY_DATA", "data", "the training data")


def models_dir() -> Path:
    """Folder with the ImageNet weights; ends the program with a message when it is absent."""
    return _outside("ASSAY_MODELS", "models", "the folder of starting weights")
