"""Which program wrote an index: its version, and a hash of the code and data that read directives."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@cache
def program_version() -> str:
    """Version and eight digits of a hash over this package: a changed parser makes another index."""
    try:
        number = version("danvan-assistant")
    except PackageNotFoundError:
        number = "0"
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml")):
        if "directives" not in path.relative_to(folder).parts:  # the corpus has a hash of its own
            digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return f"{number}+{digest.hexdigest()[:8]}"
