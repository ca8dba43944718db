"""Where things are. Everything that is made lies in `training/work/`, which is not committed."""

import os
import sys
from pathlib import Path

TRAINING = Path(__file__).resolve().parent.parent
REPO = TRAINING.parent
WORK = Path(os.environ.get("ASSAY_WORK", TRAINING / "work"))
# Where results go that are committed; ASSAY_OUT keeps a trial run away from them.
OUT = os.environ.get("ASSAY_OUT")
RESULTS = Path(OUT, "results") if OUT else TRAINING / "results"
MODEL_DIR = Path(OUT, "model") if OUT else REPO / "public" / "model"
GOLDEN_DIR = Path(OUT, "golden") if OUT else REPO / "test" / "fixtures" / "golden"
CARD = Path(OUT, "MODEL_CARD.md") if OUT else REPO / "MODEL_CARD.md"


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
