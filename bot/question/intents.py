"""What a question asks for, told by its own words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def intents(folded: str) -> tuple[str, ...]:
    """The intents of a folded question, in the order of `data/intents.toml`; empty where no pattern is found."""
    return tuple(name for name, patterns in _patterns().items() if any(pattern.search(folded) for pattern in patterns))


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    text = files("bot.question").joinpath("data/intents.toml").read_text(encoding="utf-8")
    return {
        name: tuple(re.compile(pattern) for pattern in table["patterns"]) for name, table in tomllib.loads(text).items()
    }
