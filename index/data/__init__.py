"""Language and office knowledge kept as data, each file with its source."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def strings(file: str, key: str) -> tuple[str, ...]:
    """The list of strings under a key of one of this folder's TOML files."""
    table = tomllib.loads(files(__name__).joinpath(file).read_text(encoding="utf-8"))
    return tuple(table[key])
