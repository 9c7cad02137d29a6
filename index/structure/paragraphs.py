"""The paragraphs of a canonical text, and what each looks like by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from index.data import strings
from index.directive import Span
from index.normalise.keys import fold

_AUTHORITY = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|Q)[./]?\s+\w")
_STAMP = re.compile(
    r"\bsố đến\b|^\W*(?:văn|công|đến)?\W*(?:ngày\s*:|giờ\s*:|chuyển\s*:"
    r"|ch[iỉ] đạo\s*:|lãnh đạo\s*:|xử lý\b[^:]*:|phối hợp\s*:|lưu hồ sơ)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the canonical text."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.start + len(self.text))

    def part(self, start: int, end: int) -> Span:
        """Where a part of it stands, given by offsets in its own text."""
        return Span(self.start + start, self.start + end)

    @property
    def words(self) -> int:
        """Number of words, by spaces."""
        return self.text.count(" ") + 1

    @property
    def is_capitals(self) -> bool:
        """Whether all its letters are capitals, and there are at least two."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) >= 2 and not any(c.islower() for c in letters)

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence or a list item ends."""
        return re.search(r"[.;!?…]\W{0,3}$|/\s*\.?$", self.text) is not None

    @property
    def type_name(self) -> str | None:
        """The document type that it names standing alone in capitals, in the type's usual writing."""
        return _types().get(fold(self.text).strip(" :.")) if self.is_capitals else None

    @property
    def opens_appendix(self) -> bool:
        """Whether an appendix begins with it."""
        return self.is_capitals and self.words <= 4 and fold(self.text).startswith(_appendices())

    @property
    def opens_recipients(self) -> bool:
        """Whether it is "Nơi nhận:"."""
        return fold(self.text).startswith("noi nhan")

    @property
    def opens_signature(self) -> bool:
        """Whether a signature begins with it: "T/M …", "KT. …", or a role in capitals, a name behind it or not."""
        if _AUTHORITY.match(self.text):
            return True
        words = self.text.split()
        capitals = list(takewhile(lambda word: word.isupper(), words))
        role = fold(" ".join(capitals)).startswith(_roles())
        return role and len(words) <= 8 and (len(capitals) == len(words) or is_person(" ".join(words[len(capitals) :])))

    @property
    def is_person(self) -> bool:
        """Whether it could be a person's name: two to five capitalised words and nothing else."""
        return is_person(self.text)

    @property
    def is_stamp(self) -> bool:
        """Whether it is a line of an arrival stamp."""
        return _STAMP.search(self.text) is not None

    @property
    def is_basis(self) -> bool:
        """Whether it names what the document is based on."""
        return re.match(r"\W*(?:căn cứ|xét đề nghị|theo đề nghị)\b", self.text, re.IGNORECASE) is not None


def is_person(text: str) -> bool:
    """Whether a text could be a person's name: "Võ Công Trí", "TS. Nguyễn Văn A"."""
    words = text.split()
    if words and re.fullmatch(r"[A-Z][A-Za-z]{0,3}\.", words[0]):
        words = words[1:]
    return 2 <= len(words) <= 5 and all(word.isalpha() and word.istitle() for word in words)


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a canonical text, in order."""
    return [Paragraph(match.start(), match.group()) for match in re.finditer(r"[^\n]+", text)]


@cache
def _types() -> dict[str, str]:
    return {fold(name): name for name in strings("document_types.toml", "types")}


@cache
def _appendices() -> tuple[str, ...]:
    return tuple(fold(name) for name in strings("document_types.toml", "appendices"))


@cache
def _roles() -> tuple[str, ...]:
    return tuple(fold(role) for role in strings("signing.toml", "roles"))
