"""Plain text: marks that scanners and converters leave in any text."""

from __future__ import annotations

import re

# A placeholder of a scanned signature or seal, inline HTML tags by name (so that "<5 %" stays text), and ruled lines.
_PLACEHOLDER = r"<i>\[[A-Z][A-Za-z ]*\]</i>"
_TAG = (
    r"</?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>\n]*)?/?>"
)
_RULE = r"^[ \t]*(?:-{3,}|_{3,}|={3,}|\*{3,})[ \t]*$"
_MARKS = re.compile(f"{_PLACEHOLDER}|{_TAG}|{_RULE}", re.MULTILINE)


def marks(text: str) -> list[tuple[int, int]]:
    """Ranges of a plain text that are marks, not words."""
    return [match.span() for match in _MARKS.finditer(text)]
