"""Addresses of the page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

# The first highlighted words. Ids of the page's own begin with "_": those of provisions are slugs, and never do.
FIRST_MARK = "_trich"


def place(document_id: str, start: int, end: int) -> str:
    """A directive opened at a span, which is highlighted; it scrolls to the words, not to their unit's beginning.

    >>> place("a", 3, 9)
    '/documents/a?start=3&end=9#_trich'
    """
    return f"/documents/{quote(document_id, safe='')}?{urlencode({'start': start, 'end': end})}#{FIRST_MARK}"


def conversation(conversation_id: str, fragment: str = "", document: str = "") -> str:
    """A person's conversation; `document` is the one that the next question is about."""
    chosen = f"?{urlencode({'document': document})}" if document else ""
    return f"/conversations/{quote(conversation_id, safe='')}{chosen}" + (f"#{fragment}" if fragment else "")
