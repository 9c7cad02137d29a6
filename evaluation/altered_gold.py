"""Questions, and what is expected of their answers, changed as the directives that they are about were changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from evaluation.altered import Alteration, Shift
from evaluation.answer_gold import Dialogue, Single, Turn
from evaluation.answer_judge import says
from evaluation.gold import locate
from index.directive import Directive
from index.facts.dates import DATE
from index.normalise.keys import fold, fold_aligned, has_diacritics

# Words before the bare digits of a document's number, folded; with the short forms that people type.
_TYPES = (
    "quyet dinh|chi thi|nghi quyet|ket luan|nghi dinh|phap lenh|ke hoach|huong dan|thong tu|quy dinh|chuong trinh|de an"
    "|qd|ct|nq|kl|nd|da|kh|hd|decision|directive|resolution|conclusion|decree|scheme|project|plan"
)
_BARE = re.compile(rf"\b(?:{_TYPES})\s*(?:so\s+|no\.?\s*)?(\d{{1,5}})(?![\w%.-]|\s?%|/(?!(?:19|20)\d\d\b))")
_TYPED = re.compile(r"(?<![\w/.,-])(\d{1,5})(?=[a-z]?\s?[-/]\s?(?:\d{4}\s?/\s?)?[a-z]{2})")
_ALONE = re.compile(r"(?<![\w/.,-])(?!19|20)(\d{4,5})(?![\w%/,-])")
_PERCENT = re.compile(r"(?<![\d,.])(\d{1,3})(?=\s?%)")
_ISSUED = re.compile(r"\bnam ((?:19|20)\d\d)\b")
_DAY = re.compile(r"\b(\d{4})(-\d\d-\d\d)\b")
# The dashes change places, so what is asked of the n-th has no answer of its own on a copy.
_ORDER = re.compile(r"(?:gach dau dong|dau cong) (?:thu|so|dau tien|cuoi|\d)")


class NotCarriedError(Exception):
    """Something expected of an answer cannot be carried over to the copies; its text says what."""


class Carrier:
    """Changes the gold set of answers as one seed changed the directives."""

    def __init__(
        self, originals: Mapping[str, Directive], copies: Mapping[str, Directive], alterations: Mapping[str, Alteration]
    ) -> None:
        self._originals, self._copies, self._alterations = originals, copies, alterations
        self._words: dict[str, str] = {}
        for alteration in alterations.values():
            self._words = alteration.words | self._words
        provinces = {one.province for one in originals.values() if one.province}
        # A question about a province that is now one of the copies' is asked about one that no longer is.
        back = {self._words[province]: province for province in provinces}
        keys = {fold(old): new for old, new in (back | self._words).items()}
        keys |= {_initials(old).lower(): _initials(self._words[old]) for old in provinces}
        self._keys = keys
        self._initials = {_initials(old) for old in provinces}
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(keys, key=len, reverse=True)))})(?!\w)")

    def single(self, single: Single) -> Single:
        """A question of the copies; raises `NotCarriedError`."""
        changed = self._turn(single, single.document_ids or self._about(single.question))
        province = single.province and self._words.get(single.province, single.province)
        return Single.model_validate(single.model_dump() | changed.model_dump() | {"province": province})

    def dialogue(self, dialogue: Dialogue) -> Dialogue:
        """A dialogue of the copies; raises `NotCarriedError`."""
        about = tuple(dict.fromkeys(identity for turn in dialogue.turns for identity in turn.document_ids))
        turns = tuple(self._turn(turn, turn.document_ids or about) for turn in dialogue.turns)
        return Dialogue(id=dialogue.id, turns=turns)

    def outside_facts(self, toml: str) -> str:
        """The corpus's outside facts; days of which only the year is known change as years do."""
        tables = []
        for table in re.split(r"(?=^\[\[)", toml, flags=re.MULTILINE):
            changed = self._text(table, ())
            if 'precise_to = "year"' in table:
                days = iter([f"{int(day[1]) + self.shift.years}{day[2]}" for day in _DAY.finditer(table)])
                changed = _DAY.sub(lambda _, days=days: next(days), changed)  # type: ignore[misc]
            tables.append(changed)
        return "".join(tables)

    def _turn(self, turn: Turn, about: Sequence[str]) -> Turn:
        if _ORDER.search(fold(turn.question)):
            raise NotCarriedError("asks for the order of dashes")
        evidence = []
        for one in turn.evidence:
            quote = self._alterations[one.document_id](one.quote)
            try:
                locate(quote, self._copies[one.document_id])
            except ValueError as error:
                raise NotCarriedError(str(error)) from None
            evidence.append({"document_id": one.document_id, "quote": quote})
        facts = [_spellings([self._text(spelling, about) for spelling in fact]) for fact in turn.facts]
        for fact, changed in zip(turn.facts, facts, strict=True):
            stood = _stands(fact, [self._originals[identity] for identity in turn.document_ids])
            if stood and not _stands(changed, [self._copies[identity] for identity in turn.document_ids]):
                raise NotCarriedError(f"{fact[0]} → {changed[0]} stands nowhere in the copy")
        return turn.model_copy(
            update={
                "question": self._text(turn.question, about, asked=True),
                "facts": tuple(map(tuple, facts)),
                "forbidden": tuple(self._text(one, about) for one in turn.forbidden),
                "evidence": tuple(
                    type(one).model_validate(new) for one, new in zip(turn.evidence, evidence, strict=True)
                ),
            }
        )

    def _about(self, question: str) -> tuple[str, ...]:
        """The directives of the provinces that a question names."""
        folded = fold(question)
        return tuple(one.id for one in self._originals.values() if one.province and fold(one.province) in folded)

    def _text(self, text: str, about: Sequence[str], asked: bool = False) -> str:
        """Names changed wherever they stand, typed with diacritics or without; between them the values."""
        text = unicodedata.normalize("NFC", text)
        changed, end, marked = [], 0, has_diacritics(text)
        for match in self._names.finditer(fold_aligned(text).lower()):
            found = text[slice(*match.span())]
            if found.upper() in self._initials and found not in self._initials:
                continue  # only capitals are initials
            new = self._keys[match.group()]
            changed += [self._values(text[end : match.start()], about, asked)]
            changed += [new if marked else _as_typed(new, found)]
            end = match.end()
        return "".join([*changed, self._values(text[end:], about, asked)])

    def _values(self, text: str, about: Sequence[str], asked: bool) -> str:
        documents = [self._originals[identity] for identity in about or self._originals]
        holding = [one for one in documents if any(value in one.text for value in _PERCENT.findall(text))]
        alteration = self._alterations[(holding or documents)[0].id]
        pieces: list[tuple[int, int, str]] = []
        folded = fold_aligned(text).lower()
        for pattern in (_BARE, _TYPED, _ALONE):
            for match in pattern.finditer(folded):
                if self.shift.known(match[1]):
                    pieces.append((*match.span(1), self.shift.number(match[1])))
        if asked:
            pieces += [
                (*match.span(1), self._percent(match[1], documents, alteration)) for match in _PERCENT.finditer(text)
            ]
            pieces += [
                (*match.span(1), year)
                for match in _ISSUED.finditer(folded)
                if (year := self._issued(match[1], documents))
            ]
        changed, end = [], 0
        for start, stop, new in sorted(set(pieces)):
            if start >= end:
                changed += [alteration.values(text[end:start]), new]
                end = stop
        return "".join([*changed, alteration.values(text[end:])])

    @property
    def shift(self) -> Shift:
        """What changed in all directives alike."""
        return next(iter(self._alterations.values())).shift

    def _percent(self, digits: str, documents: Sequence[Directive], alteration: Alteration) -> str:
        """A percentage of a question: the changed one; a wrong one stays wrong, for it stands in no copy either."""
        changed = alteration.values(f"{digits}%").rstrip("%")
        if any(re.search(rf"(?<!\d){digits}\s?%", one.text) for one in documents):
            return changed
        copies = [self._copies[one.id].text for one in documents]
        free = (
            n for n in (int(changed), *range(2, 100)) if not any(f"{n}%" in text or f"{n} %" in text for text in copies)
        )
        return str(next(free))

    def _issued(self, year: str, documents: Sequence[Directive]) -> str | None:
        """The year of issue of the copy of a document of that year; years that the text itself names are other ones."""
        for one in documents:
            issued, now = one.metadata.issued_on, self._copies[one.id].metadata.issued_on
            if (
                issued
                and now
                and issued.startswith(year)
                and f"năm {year}" not in re.sub(r"tháng \d+ năm", "", one.text)
            ):
                return now[:4]
        return None


def _stands(fact: Sequence[str], directives: Sequence[Directive]) -> bool:
    return any(says(directive.text, fact) for directive in directives)


def _spellings(fact: Sequence[str]) -> list[str]:
    """A fact's spellings; a date among them in all the usual ones, since another day has other zeros."""
    dates = {match for one in fact if (match := DATE.fullmatch(one))}
    days = {tuple(map(int, re.findall(r"\d+", match.group()))) for match in dates}
    return [
        *fact,
        *(
            pattern.format(day, month, year)
            for day, month, year in sorted(days)
            for zero in ("{0}", "{0:02}")
            for pattern in (
                *(f"{zero}{dash}{{1{pad}}}{dash}{{2}}" for dash in "/-" for pad in ("", ":02")),
                *(f"{zero} tháng {{1{pad}}} năm {{2}}" for pad in ("", ":02")),
            )
        ),
    ]


def _as_typed(name: str, found: str) -> str:
    """A name without diacritics, in capitals or small letters as the one that it replaces."""
    plain = fold(name)
    return plain if found.islower() else plain.upper() if found.isupper() else plain.title()


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
