"""What follows a document's number in a citation: date, issuer, subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.data import strings
from index.facts.dates import DATE, find_dates

_DATE_BEFORE = re.compile(r"\s*(?:,\s*)?(?:ban hành\s+)?(?:ngày\s+)?(?=\d)", re.IGNORECASE)
_BY = re.compile(r"\s*(?:,\s*)?của\s+")
# "về" only announces a subject; a verb ("ban hành", "quy định") is its first word.
_ABOUT = re.compile(
    r"\s*(?:,\s*)?(?:(?:về(?: việc)?|V/v)\s+|(?=(?:ban hành|quy định|hướng dẫn|thực hiện)\s))", re.IGNORECASE
)
_QUOTED = re.compile(r"\s*(?:về(?: việc)?\s+)?[“\"]\s*([^“”\"\n]+?)\s*[”\"]", re.IGNORECASE)
# A term of office belongs to the issuer's name; any other bracket ends it.
_TERM = r"\s*\((?i:khóa|khoá)\s+[XVILC]+\)"


@dataclass(frozen=True, slots=True)
class Following:
    """What stands behind a number; `end` is where date and issuer end (the subject is not part of a mention)."""

    end: int
    title_end: int
    date: str | None = None
    date_written: str | None = None
    issuer: str | None = None
    title: str | None = None


def follow(text: str, start: int) -> Following:
    """Read date, issuer and subject behind a document's number that ends at `start`.

    >>> follow("33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ “Về việc”", 9).issuer
    'Thủ tướng Chính phủ'
    """
    end, date, written = _date(text, start)
    issuer, end = _issuer(text, end)
    if date is None:
        late_end, date, written = _date(text, end)
        end = late_end if date else end
    title, title_end = _title(text, end)
    return Following(end, title_end, date, written, issuer, title)


def _date(text: str, start: int) -> tuple[int, str | None, str | None]:
    lead = _DATE_BEFORE.match(text, start)
    match = DATE.match(text, lead.end()) if lead else None
    if match is None:
        return start, None, None
    found = next(find_dates(text, match.start(), match.end()), None)
    if found is None:
        return start, None, None
    return match.end(), found.value.isoformat(), match.group()


def _issuer(text: str, start: int) -> tuple[str | None, int]:
    by = _BY.match(text, start)
    match = _name().match(text, by.end()) if by else None
    if match is None:
        return None, start
    return match.group().rstrip(), match.start() + len(match.group().rstrip())


@cache
def _name() -> re.Pattern[str]:
    """A body's name: words up to a word that goes on with the sentence, a mark, or the next document."""
    types = strings("document_types.toml", "types")
    ends = "|".join(re.escape(word) for word in strings("reference_words.toml", "issuer_ends"))
    stop = rf"(?i:\s(?:{ends})\b)|\s+và\s+(?:{'|'.join(types)})\s|\s*[“\"”,;:.\n]"
    return re.compile(rf"(?=[^\W\d_])(?:(?!{stop})(?:{_TERM}|\s*\([A-ZĐ]{{2,8}}\)|[^()\n]))+")


def _title(text: str, start: int) -> tuple[str | None, int]:
    """The subject, quoted or not, and where it ends; an unquoted one ends at a mark or at the next document."""
    if quoted := _QUOTED.match(text, start):
        return quoted[1], quoted.end()
    about = _ABOUT.match(text, start)
    unquoted = _unquoted().match(text, about.end()) if about else None
    if unquoted is None or not unquoted.group().strip():
        return None, start
    return unquoted.group().strip(" ,"), unquoted.end()


@cache
def _unquoted() -> re.Pattern[str]:
    types = "|".join(strings("document_types.toml", "types"))
    next_document = rf"(?:\s+và|,)\s+(?:{types})\s+(?:số\s|\d)"
    return re.compile(rf"(?:(?!{next_document})(?:“[^”\n]*”|[^;:.\n“”()]))+")
