"""Random codes, tokens and keys, and their keyed hashes: a copy of the database lets nobody in."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

# 25 characters that are not mistaken for each other, and that Vietnamese typing (Telex, VNI) leaves alone:
# no vowel, none of D and W. Sixteen of them hold 74 bits.
_LETTERS = "23456789BCFGHJKMNPQRSTVXZ"
_CODE = 16
_GROUP = 4
# A code inside other words, as it is shown or without its dashes.
_WRITTEN = re.compile(rf"(?<![^\W_])[{_LETTERS}]{{4}}(?:-?[{_LETTERS}]{{4}}){{3}}(?![^\W_])", re.IGNORECASE)
_MASK = "•"
# Bytes of a token or key: 256 bits.
_BYTES = 32
KEY_PREFIX = "danvan_"


def new_code() -> str:
    """A code to be typed."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(_CODE))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, _CODE, _GROUP))


def plain(code: str) -> str:
    """A code as it was made, however it was typed: small letters, spaces and dashes do not matter."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[: 2 * _CODE]


def is_code(text: str) -> bool:
    """Whether a text has the form of a code, however it was typed."""
    typed = plain(text)
    return len(typed) == _CODE and set(typed) <= set(_LETTERS)


def holds_code(text: str) -> bool:
    """Whether a text is a code, or has one inside."""
    return is_code(text) or _WRITTEN.search(text) is not None


def masked(text: str) -> str:
    """A text of the same length without the codes that it is or has inside."""
    if is_code(text):
        return _dotted(text)
    return _WRITTEN.sub(lambda found: _dotted(found.group()), text)


def is_masked(text: str) -> bool:
    """Whether there was a code in a text."""
    return text.count(_MASK) >= _CODE


def _dotted(code: str) -> str:
    return "".join(_MASK if letter.isalnum() else letter for letter in code)


@dataclass(frozen=True, slots=True, repr=False)
class HashedCode:
    """A code of which only the keyed hash is at hand, as it waits in a stored update."""

    hashed: str


def new_token() -> str:
    """A session's token."""
    return secrets.token_urlsafe(_BYTES)


def new_key() -> str:
    """A program's key; its beginning lets scanners of leaked secrets know it."""
    return KEY_PREFIX + secrets.token_urlsafe(_BYTES)


def new_id() -> str:
    """The id of a person or a key, which is not secret."""
    return secrets.token_hex(6)


class Hashes:
    """Keyed hashes, with a key of their own that is derived from the one of the records."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.new(secret, b"danvan access", hashlib.sha256).digest()

    def of(self, kind: str, text: str) -> str:
        """HMAC-SHA256 of a text of one kind, 64 hexadecimal digits."""
        content = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()

    def of_code(self, code: str | HashedCode) -> str:
        """The keyed hash of a code, however it was typed."""
        return code.hashed if isinstance(code, HashedCode) else self.of("code", plain(code))

    @property
    def cookie_key(self) -> bytes:
        """The key by which cookies are signed."""
        return hmac.new(self._key, b"cookie", hashlib.sha256).digest()

    def __repr__(self) -> str:
        return "Hashes()"
