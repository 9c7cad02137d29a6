"""Where the public benchmarks are: they are measured with, and never copied into the project."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "DANVAN_SHARED"


class SharedDataError(Exception):
    """The benchmarks are not on this machine."""


def shared_folder(given: Path | None = None) -> Path:
    """The folder that holds `data/`: given, or `DANVAN_SHARED`, or `shared` beside the checkout."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = given or Path(os.environ.get(VARIABLE) or beside)
    if not (folder / "data").is_dir():
        raise SharedDataError(f"{folder} holds no data folder: name one with --shared or {VARIABLE}")
    return folder
