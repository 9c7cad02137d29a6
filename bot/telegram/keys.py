"""Callback data: what a button stands for, in at most 64 bytes, the same after a restart."""

from __future__ import annotations

import hashlib
import unicodedata

from index.normalise.keys import fold

LONGEST = 64  # bytes, Telegram's limit
_BODY = 40  # bytes of a body's name


def key(*parts: object) -> str:
    """Parts joined by colons. Raises `ValueError` over the limit.

    >>> key("src", "0123456789abcdef", 2)
    'src:0123456789abcdef:2'
    """
    joined = ":".join(str(part) for part in parts)
    if len(joined.encode()) > LONGEST:
        raise ValueError(f"callback data over {LONGEST} bytes: {joined!r}")
    return joined


def parts(data: str) -> list[str]:
    """The parts of callback data, all text."""
    return data.split(":")


def short(identity: str) -> str:
    """Ten hexadecimal digits that stand for a directive or a provision."""
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def body_key(body: str) -> str:
    """A body's name as it fits into callback data: a long one without diacritics, and only its beginning."""
    name = " ".join(unicodedata.normalize("NFC", body).replace(":", " ").split())
    if len(name.encode("utf-8", "replace")) <= _BODY:
        return name.encode("utf-8", "replace").decode()
    return fold(name).encode("ascii", "ignore").decode()[:_BODY].strip()
