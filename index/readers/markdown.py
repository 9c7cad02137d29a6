"""Markdown: what marks it, and which of its marks are not text."""

from __future__ import annotations

import re

# Emphasis that hugs a word, and headings. A lone asterisk (a list mark, a footnote) is text.
_EMPHASIS = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_BOLD_LINE = re.compile(r"^\s*\*\*\S.*\S\*\*\s*$", re.MULTILINE)


def looks_like(text: str) -> bool:
    """Whether a text has whole lines in bold or headings with a hash, at least two in all."""
    return len(_BOLD_LINE.findall(text)) + len(_HEADING.findall(text)) >= 2


def marks(text: str) -> list[tuple[int, int]]:
    """Ranges of Markdown's own marks."""
    return sorted(match.span() for pattern in (_EMPHASIS, _HEADING) for match in pattern.finditer(text))
