"""Which line breaks are inside a sentence: broken lines (one newline) and broken pages (blank lines)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from index.data import strings
from index.normalise.keys import fold

_LABEL = re.compile(
    r"(?:điều|chương|phần|mục|phụ lục|mẫu)\s+(?:\d+|[ivxlc]+|thứ\s+\w+)\b"
    r"|[ivxlc]{1,6}\s*[-.)]\s|\d{1,2}(?:\.\d{1,2})*\s*[-.)](?:\s|$)|\d{1,2}(?:\.\d{1,2})+\s|[a-zđ]\s*[.)]\s"
    r"|[-–—+*•]|\[\d+\]|\(\d+\)|căn cứ\b|xét đề nghị|theo đề nghị|nơi nhận|(?:t/?m|k/?t|t/?l|tuq|q)[./]?\s",
    re.IGNORECASE,
)
_BASIS = re.compile(r"\W*(?:căn cứ|xét đề nghị|theo đề nghị)", re.IGNORECASE)
_FOOT = re.compile(r"(?i:nơi nhận)|(?:T/?M|K/?T|T/?L|TUQ|Q)[./]?\s")
_TERMINAL = re.compile(r"[.!?:;…]\W{0,3}$|/\s*\.?$")
# Shorter lines that end without a full stop are headings, cells of a table, names; a broken line is a full one.
_FULL_LINE = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A stripped line and what it tells about its neighbours."""

    text: str

    @property
    def is_capitals(self) -> bool:
        """Whether all its letters are capitals, and there are at least two outside a document's number."""
        letters = [c for word in self.text.split() if "/" not in word for c in word if c.isalpha()]
        return len(letters) >= 2 and not any(c.islower() for c in letters)

    @property
    def is_type(self) -> bool:
        """Whether it is the name of a document type in capitals ("QUYẾT ĐỊNH:")."""
        return self.is_capitals and fold(self.text).strip(" :.") in _types()

    @property
    def starts_lower(self) -> bool:
        """Whether its first letter is small, or it begins with a closing mark."""
        return bool(self.text) and (self.text[0].islower() or self.text[0] in ",;.)”")

    @property
    def label(self) -> str:
        """The form of the label, list mark or fixed opening that it begins with ("1.", "I-", "căn cứ"), or ""."""
        match = _LABEL.match(self.text)
        return re.sub(r"\d+", "1", re.sub(r"[ivxlc]+(?=\W)", "i", match.group().strip().lower())) if match else ""

    @property
    def is_inner_dash(self) -> bool:
        """Whether it begins with a dash and a small letter, as the second half of "chính trị - xã hội" does."""
        return re.match(r"- [^\W\d_]", self.text) is not None and self.text[2].islower()

    @property
    def is_role(self) -> bool:
        """Whether it names the office that someone signs for or holds ("PHÓ BÍ THƯ")."""
        return self.opens_foot or fold(self.text).startswith(_roles())

    @property
    def opens_foot(self) -> bool:
        """Whether recipients or a signature begin with it."""
        return _FOOT.match(self.text) is not None

    @property
    def is_open(self) -> bool:
        """Whether it ends in a comma, a hyphen, or a word after which a sentence goes on."""
        last = re.sub(r"^\W+", "", self.text.rsplit(" ", 1)[-1])
        return self.text.endswith((",", "-", "–", "(", "“")) or last.lower() in strings("open_words.toml", "words")

    @property
    def is_open_quote(self) -> bool:
        """Whether a quotation or bracket that begins in it does not end in it."""
        return self.text.count("“") > self.text.count("”") or self.text.count("(") > self.text.count(")")

    @property
    def is_basis(self) -> bool:
        """Whether it names what the document is based on; the enacting words follow its last comma."""
        return _BASIS.match(self.text) is not None

    @property
    def is_terminated(self) -> bool:
        """Whether it ends as a sentence, a list item or a lead-in ends."""
        return _TERMINAL.search(self.text) is not None


class Joiner:
    """Decides line by line, top to bottom: the head and the foot of a document have rules of their own."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._past_type = False  # the name of the document's type has been read
        self._body = False  # a sentence has ended: the head of the document is over
        self._foot = False  # recipients or signature
        self._sentence_labels = _sentence_labels(lines)

    def joins(self, first: Line, second: Line, newlines: int) -> bool:
        """Whether the sentence of the first line goes on in the second, `newlines` further down."""
        self._follow(first)
        if first.is_type or second.is_type:
            return False
        if second.label:
            if second.is_inner_dash and newlines == 1:
                return not first.is_terminated
            return first.text.lower().endswith((" số", " ngày")) and second.text[:1].isdigit()
        if first.is_capitals or second.is_capitals:
            return newlines == 1 and self._joins_capitals(first, second)
        if self._foot:
            return second.starts_lower and not first.is_terminated and newlines == 1
        if second.starts_lower:
            return not first.is_terminated or (newlines == 1 and first.text.endswith(";"))
        if first.is_terminated:
            return False
        if newlines > 1 and first.is_basis:
            return False
        if first.is_open or first.is_open_quote:
            return True
        is_heading = bool(first.label) and first.label not in self._sentence_labels
        return self._body and len(first.text) >= _FULL_LINE and not is_heading

    def _joins_capitals(self, first: Line, second: Line) -> bool:
        """A heading in capitals may be broken; names and roles in capitals stand one below the other."""
        if first.is_capitals and second.is_capitals:
            if self._foot:
                return not second.is_role and (first.opens_foot or not first.is_role)
            return self._past_type and not first.is_terminated
        return self._body and not self._foot and first.is_open and not second.is_capitals

    def _follow(self, line: Line) -> None:
        if line.is_type:
            self._past_type, self._body, self._foot = True, False, False
        elif line.opens_foot:
            self._foot = True
        elif line.is_terminated and not line.is_capitals and len(line.text) >= _FULL_LINE:
            self._body = True


def _sentence_labels(lines: Iterable[Line]) -> frozenset[str]:
    """Forms of labels whose lines mostly end as sentences do; the others label headings."""
    ends: dict[str, list[bool]] = {}
    for line in lines:
        ends.setdefault(line.label, []).append(line.is_terminated)
    return frozenset(label for label, ended in ends.items() if label and 2 * sum(ended) > len(ended))


@cache
def _types() -> frozenset[str]:
    return frozenset(fold(name) for name in strings("document_types.toml", "types"))


@cache
def _roles() -> tuple[str, ...]:
    return tuple(fold(role) for role in strings("signing.toml", "roles"))
