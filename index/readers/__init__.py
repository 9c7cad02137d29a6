"""One file a format: bytes to decoded text. Readers only decode; `index.normalise` makes the canonical text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.directive import EditReason
from index.errors import CorpusError
from index.readers import markdown, plain, webpage

Format = Literal["text", "markdown", "web"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "web")

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text as it stands in the file, and what its format adds to it.

    `noise` are ranges `(start, end, reason)` that are marks of the format, not words of the document; `pages` the
    offsets at which pages begin (form feeds).
    """

    text: str
    format: Format
    encoding: str
    pages: tuple[int, ...]
    noise: tuple[tuple[int, int, EditReason], ...]


def read(path: Path, declared: Format | None = None) -> Decoded:
    """Decode a file; the format is the declared one, else it is told from the content, never from the suffix.

    Raises `CorpusError` where the file is missing, a folder, empty, of a binary format, or not Unicode text.
    """
    data = _bytes(path)
    text, encoding = _decode(path, data)
    if not text.strip():
        raise CorpusError(path, "the file holds no text")
    pages = (0, *(offset + 1 for offset, character in enumerate(text) if character == "\f"))
    form = declared or detect(text)
    return Decoded(text, form, encoding, pages, tuple(_noise(text, form)))


def detect(text: str) -> Format:
    """The format that a text is written in, told by its content."""
    if webpage.looks_like(text):
        return "web"
    return "markdown" if markdown.looks_like(text) else "text"


def _noise(text: str, form: Format) -> list[tuple[int, int, EditReason]]:
    navigation = webpage.navigation(text) if form == "web" else []
    marks = plain.marks(text) + (markdown.marks(text) if form == "markdown" else [])
    outside = [mark for mark in marks if not any(start < mark[1] and mark[0] < end for start, end in navigation)]
    found: list[tuple[int, int, EditReason]] = [(start, end, "navigation") for start, end in navigation]
    found += [(start, end, "markup") for start, end in outside]
    return sorted(found)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CorpusError(path, "the file does not exist") from None
    except IsADirectoryError:
        raise CorpusError(path, "a folder stands where a file is expected") from None
    except OSError as error:
        raise CorpusError(path, f"cannot be read ({error.strerror})") from None


def _decode(path: Path, data: bytes) -> tuple[str, str]:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise CorpusError(path, f"is {name}; only text can be read")
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(path, f"is not {encoding} text (byte {error.start}); save it as UTF-8") from None
    if "\0" in text:
        raise CorpusError(path, "holds NUL characters, so it is not text")
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise CorpusError(path, "is an HTML file; save the page as text")
    return text, encoding
