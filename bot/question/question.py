"""Question: one typed record of what was asked and how it was understood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from index.library import Library
from index.normalise.keys import fold, has_diacritics

LONGEST_QUESTION = 4000  # characters


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as typed (made encodable), `cleaned` as it is searched, and the place that it names, if one."""

    text: str
    cleaned: str
    province: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing that can be read is left: no letter, no digit."""
        return not any(character.isalnum() for character in self.cleaned)

    @property
    def is_too_long(self) -> bool:
        """Whether it is over the limit of `LONGEST_QUESTION` characters."""
        return len(self.text) > LONGEST_QUESTION


def understand(text: str, library: Library) -> Question:
    """Read a question. Never raises: what cannot be read is left out of `cleaned`."""
    encodable = text.encode("utf-8", "replace").decode("utf-8")
    if len(encodable) > LONGEST_QUESTION:
        return Question(encodable, "")
    cleaned = clean(encodable)
    return Question(encodable, cleaned, _province(cleaned, library))


def clean(text: str) -> str:
    """NFC, without control and invisible characters, one space between words."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in composed)
    return " ".join("".join(c for c in visible if unicodedata.category(c) not in ("Cf", "Co", "Cs", "Cn")).split())


def _province(cleaned: str, library: Library) -> str | None:
    """The province that a question names, where it names just one of those in the library.

    With diacritics a name must agree in them: "Hà Tĩnh", not "hạ tính".
    """
    exact = has_diacritics(cleaned)
    read = cleaned.lower() if exact else fold(cleaned)
    named = set()
    for directive in library.directives.values():
        province = directive.province or ""
        wanted = province.lower() if exact else fold(province)
        if wanted and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", read):
            named.add(province)
    return named.pop() if len(named) == 1 else None
