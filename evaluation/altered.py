"""Seeded copies of the directives with other names, numbers, dates, percentages, bodies and order of items.

The same change is made to a directive, to its catalogue entry and to its reference tables: scores that fall would show
that something had been tuned to the five files.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path

from evaluation.gold import GOLD
from index.catalogue import CATALOGUE, load_catalogue
from index.corpus import load_corpus
from index.directive import Directive, Kind
from index.facts.dates import DATE
from index.facts.metadata import read_fields
from index.facts.numbers import NUMBER
from index.facts.references import read_references
from index.normalise.edits import OffsetMap
from index.readers import read
from index.structure import read_structure

_NAME = r"[A-ZĐ]\w*\s+[A-ZĐ]\w*"
_DISTRICT = re.compile(rf"(?:huyện|thị xã)(?: nông thôn mới)?\s+({_NAME}(?:,\s+{_NAME})*)")
_PERCENT = r"(?<![\d,.])\d{1,3}\s?%"
_SHORT_DATE = r"(?<![\d/-])\d{1,2}/\d{1,2}/\d{2}(?![\d/])"
_ISO = r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
_YEAR = r"(?<![\d/.])(?:(?<!-)|(?<=[IVX]-))(?:19|20)\d\d(?!\d|/\w)"


class Shift:
    """What changes in all directives alike, so that those which cite the same document go on doing so."""

    def __init__(self, texts: Iterable[str], seed: int) -> None:
        self._dice = random.Random(seed)
        self._taken = {number for text in texts for number in re.findall(r"\d+", text)}
        self._numbers: dict[str, str] = {}
        self.days = timedelta(days=self._dice.randrange(40, 300))
        self.years = self._dice.randrange(3, 9)
        self.given: set[str] = set()  # new names in use: no two places or people may become one

    def known(self, digits: str) -> bool:
        """Whether these digits are those of a document's number in the directives."""
        return digits in self._numbers

    def number(self, digits: str) -> str:
        """Another number of as many digits, where some are free; none of the originals, none that reads as a year."""
        while digits not in self._numbers:
            width = max(len(digits), 3)
            other = str(self._dice.randrange(10 ** (width - 1), 10**width))
            if other not in self._taken and not re.fullmatch(r"(?:19|20)\d\d", other):
                self._taken.add(other)
                self._numbers[digits] = other
        return self._numbers[digits]


class Alteration:
    """The changes of one directive: text to text, the same for its file, its catalogue entry and its tables."""

    def __init__(self, directive: Directive, shift: Shift, seed: int) -> None:
        self.shift = shift
        self._dice = random.Random(f"{seed}:{directive.id}")
        names = tomllib.loads((GOLD / "alterations.toml").read_text(encoding="utf-8"))
        self.words: dict[str, str] = dict(names["bodies"])  # old to new
        self.gone: list[str] = []
        if directive.province:
            self._replace(directive.province, names["provinces"])
        for match in _DISTRICT.finditer(directive.text):
            for place in match[1].split(", "):
                self._replace(place, names["places"])
        for name, stated in read_fields(directive.text, read_structure(directive.text).parts):
            if name in ("signer", "author"):
                self._replace(stated.value, names["people"])
        self.gone += {one.number for one in read_references(directive) if one.number}
        others = [value for value in range(2, 100) if f"{value}%" not in directive.text]
        self._percents = dict(zip(range(2, 100), self._dice.sample(others * 2, 98), strict=True))
        words = "|".join(map(re.escape, sorted(self.words, key=len, reverse=True)))
        values = (
            rf"(?P<percent>{_PERCENT})|(?P<number>(?-i:{NUMBER.pattern}))|(?P<bare>{_bare(directive)})|(?P<date>{DATE.pattern})|(?P<short>{_SHORT_DATE})"
            rf"|(?P<iso>{_ISO})|(?P<calendar>{_YEAR})"
        )
        self._values = re.compile(rf"{values}|(?P<word>(?!))", re.IGNORECASE)
        self._pattern = re.compile(rf"{values}|(?P<word>{words})", re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """A text with every name, number, date, year and percentage changed."""
        return self._pattern.sub(self._changed, text)

    def values(self, text: str) -> str:
        """A text with every number, date, year and percentage changed, its names as they are."""
        return self._values.sub(self._changed, text)

    def values_in(self, text: str) -> set[str]:
        """The numbers, dates, years and percentages of a text, as written."""
        return {match.group() for match in self._values.finditer(text)}

    def _replace(self, old: str, names: list[str]) -> None:
        if old not in self.words:
            free = [name for name in names if name != old and name not in self.shift.given]
            self.words[old] = self._dice.choice(free or names)
            self.shift.given.add(self.words[old])
            self.gone.append(old)

    def _changed(self, match: re.Match[str]) -> str:
        found = match.group()
        if match["percent"]:
            digits = found.rstrip(" %")
            return f"{self._percents.get(int(digits), digits)}{found[len(digits) :]}"
        if match["number"]:
            digits = "".join(takewhile(str.isdigit, found))
            return self.shift.number(digits) + found[len(digits) :]
        if match["bare"]:
            return self.shift.number(found)
        if match["iso"]:
            return (date.fromisoformat(found) + self.shift.days).isoformat()
        if match["calendar"]:
            return str(int(found) + self.shift.years)
        if match["word"]:
            return next((new for old, new in self.words.items() if old.lower() == found.lower()), found)
        return self._date(found)

    def _date(self, written: str) -> str:
        """A date in its own writing; a year of two digits is of this century."""
        day, first, month, second, year = re.findall(r"\d+|\D+", written)
        try:
            then = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)) + self.shift.days
        except ValueError:
            return written
        return f"{then.day:0{len(day)}d}{first}{then.month:0{len(month)}d}{second}{str(then.year)[-len(year) :]}"


def _bare(directive: Directive) -> str:
    """A directive's own number where its text gives only the digits ("Đề án 04", "Đề án số 04"); else nothing."""
    metadata = directive.stated
    if not metadata.number or not metadata.type:
        return r"(?!)"
    digits = "".join(takewhile(str.isdigit, metadata.number))
    last = metadata.type.split()[-1]
    return rf"(?:(?<={last} )|(?<={last} số )){digits}(?![\w/-])"


def altered_corpus(original: Path, folder: Path, seed: int) -> tuple[dict[str, Directive], dict[str, Alteration]]:
    """Write a changed copy of a corpus folder and read it; the dashes below each heading change places as well."""
    folder.mkdir(parents=True, exist_ok=True)
    alterations: dict[str, Alteration] = {}
    directives = load_corpus(original)
    shift = Shift([directive.text for directive in directives], seed)
    catalogue = (original / CATALOGUE).read_text(encoding="utf-8")
    entries = load_catalogue(original).documents
    for directive in directives:
        alteration = alterations[directive.id] = Alteration(directive, shift, seed)
        entry = entries[directive.id]
        source = read(original / entry.file, entry.format).text
        (folder / entry.file).write_text(alteration(_shuffled(directive, source, seed)), encoding="utf-8")
        start = catalogue.index(f"[documents.{directive.id}]")
        end = catalogue.find("\n[documents.", start)
        table = catalogue[start : end if end > 0 else len(catalogue)]
        head, body = table.split("\n", 2)[:2], table.split("\n", 2)[2]
        catalogue = catalogue.replace(table, "\n".join([*head, alteration(body)]))
    (folder / CATALOGUE).write_text(catalogue, encoding="utf-8")
    return {directive.id: directive for directive in load_corpus(folder)}, alterations


def _shuffled(directive: Directive, source: str, seed: int) -> str:
    """The source with the dashes below each heading in another order."""
    dice = random.Random(f"{seed}:order:{directive.id}")
    offsets = OffsetMap(directive.edits)
    pieces: list[tuple[int, int, str]] = []
    for provision in directive.walk():
        dashes = [child for child in provision.children if child.kind is Kind.DASH and provision.heading]
        spans = [child.subtree_spans() for child in dashes]
        ranges = [offsets.source_of(own[0].start, own[-1].end) for own in spans]
        texts = [source[start:end] for start, end in ranges]
        dice.shuffle(texts)
        pieces += [(start, end, text) for (start, end), text in zip(ranges, texts, strict=True)]
    for start, end, text in sorted(pieces, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def leaks(alterations: Mapping[str, Alteration], said: Mapping[str, str]) -> list[str]:
    """Names and numbers that were replaced in a directive and still stand in what is said of it (id to text)."""
    return sorted(
        gone
        for identity, one in alterations.items()
        for gone in one.gone
        if re.search(rf"(?<!\w){re.escape(gone)}(?!\w)", said[identity])
    )
