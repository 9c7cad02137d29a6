"""Abbreviations of official usage (`index/data/abbreviations.toml`), found whatever their case and diacritics."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from index.normalise.keys import fold

# Hyphens, dots and the like are written or left out at will; a slash tells "b/c" from "BC".
_FREE = re.compile(r"[^a-z0-9/]+")


class Meaning(BaseModel):
    """One meaning, and whose usage it is; no context where both Party and state have it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    context: Literal["party", "state"] | None = None


class Abbreviation(BaseModel):
    """A short form as offices write it, other ways to write it, and what it means, the usual meaning first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    short: str = Field(min_length=1)
    variants: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = Field(min_length=1)

    def meant(self, context: Literal["party", "state"] | None = None) -> str:
        """The meaning in Party or state usage; the usual one where that usage has none of its own.

        >>> find_abbreviations("TTr")[0].meant("state")
        'Tờ trình'
        """
        chosen = [one for one in self.meanings if one.context == context] or list(self.meanings)
        return chosen[0].text


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1)
    entries: tuple[Abbreviation, ...] = Field(min_length=1)


def abbreviation_key(written: str) -> str:
    """The key under which a short form is found: folded, without hyphens, dots and spaces.

    >>> abbreviation_key("CT-XH"), abbreviation_key("Th.U"), abbreviation_key("b/c")
    ('ctxh', 'thu', 'b/c')
    """
    return _FREE.sub("", fold(written))


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """The whole dictionary, in the order of the file."""
    text = files("index.data").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return _File.model_validate(tomllib.loads(text)).entries


def find_abbreviations(written: str) -> tuple[Abbreviation, ...]:
    """The entries under a short form's key, those written exactly so first: "DA" before "ĐA"; empty where unknown."""
    found = _by_key().get(abbreviation_key(written), ())
    return tuple(sorted(found, key=lambda one: written not in (one.short, *one.variants)))


@cache
def _by_key() -> dict[str, tuple[Abbreviation, ...]]:
    table: dict[str, tuple[Abbreviation, ...]] = {}
    for entry in abbreviations():
        for key in dict.fromkeys(abbreviation_key(form) for form in (entry.short, *entry.variants)):
            table[key] = (*table.get(key, ()), entry)
    return table
