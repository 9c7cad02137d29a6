"""The definitions strategy: abbreviations, short names and footnoted terms that a directive itself explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import messages
from bot.answering.asked import QUOTED, asks_yes_no
from bot.answering.joined import joined
from bot.answering.marks import marks
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, evidence_at
from bot.question.followup import content
from bot.question.question import Question
from index.directive import Span
from index.facts.records import Definition
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, syllables

_SURE = 0.95


class DefinitionsStrategy:
    """Answers "X là gì" from the place where a text explains X; the longest term that the question holds is meant."""

    name = "definitions"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where the question asks for the meaning of a term that a stored text explains."""
        folded = fold(question.cleaned)
        allowed = {one.id for one in directives_meant(question, library, filters)}
        explained = [
            one
            for one in library.facts.definitions
            if one.kind in ("abbreviation", "footnote", "short_name")
            and one.meaning
            and one.document_id in allowed
            # "Quy định 3056 của UBND … là về chuyện gì" asks about the document.
            and not (one.kind == "abbreviation" and question.cites)
            and _asked(one, folded)
        ]
        held = [
            one
            for one in library.facts.definitions
            if one.kind == "footnote"
            and one.document_id in allowed
            and one.meaning
            and re.search(rf"[\"“'‘]{re.escape(fold(one.term))}[\"”'’]", folded)
        ]
        if len(held) == 1 and (checked := self._has_item(held[0], question, library)):
            return [checked]
        if not explained:
            return self._mottos(question, folded, library, filters)
        # A document's short name is most often just said, not asked for.
        best = min(explained, key=lambda one: (one.kind == "short_name", -len(one.term)))
        return [joined([self._answer(library, one) for one in _side_by_side(best, explained)])]

    def _has_item(self, one: Definition, question: Question, library: Library) -> Candidate | None:
        """Whether what is explained has the item that the question puts to it ("4 an có an toàn lao động không?")."""
        asked = _HAS.search(fold(question.cleaned))
        if asked is None:
            return None
        words = [word for word in syllables(asked["item"]) if word not in ("chu", "tu", "cum", "noi", "dung")]
        if not words or set(words) & set(syllables(one.term)) == set(words):
            return None
        answered = self._answer(library, one)
        held = f" {' '.join(words)} " in f" {' '.join(syllables(one.meaning or ''))} "
        if asks_yes_no(fold(question.cleaned)):
            return replace(answered, text=messages.yes_or_no("yes" if held else "no", answered.text))
        return None if held else replace(answered, text=messages.not_as_asked(answered.text), status="corrected")

    def _mottos(self, question: Question, folded: str, library: Library, filters: Filters) -> list[Candidate]:
        """The mottos of the one directive that is meant, of the name that the question gives them ("phương châm")."""
        chosen = directives_meant(question, library, filters)
        if len(chosen) != 1:
            return []
        found = [
            one
            for one in library.facts.definitions
            if one.kind == "motto" and one.document_id == chosen[0].id and one.names
        ]
        spoken = f" {' '.join(syllables(question.cleaned))} "
        begun_in = [one for one in found if f" {' '.join(syllables(one.term)[:_BEGINNING])} " in spoken]
        bare = len(content(question.cleaned, question.province)) <= _BEGINNING + _BESIDE
        if begun_in and (bare or _ASKS_WHOLE.search(folded)):
            pass  # "câu dân biết, dân bàn của Phú Yên": what is begun is to be told to its end
        elif "motto" not in question.intents or not _ASKS_MOTTO.search(folded):
            return []
        begun = QUOTED.search(question.cleaned)
        words = " ".join(syllables(begun[1])) if begun else ""
        named = [one for one in found if words and " ".join(syllables(one.term)).startswith(words)]
        named = named or begun_in[:1]
        named = named or [one for one in found if fold(one.names or "") in folded]
        if not named or (len(named) == 1 and words == " ".join(syllables(named[0].term)) and not asks_yes_no(folded)):
            return []  # who has all of it asks about something else
        evidence = tuple(evidence_at(chosen[0], one.spans[0]) for one in named)
        asked = QUOTED.search(question.cleaned)
        if asked and asks_yes_no(folded):
            words = " ".join(syllables(asked[1]))
            held = any(words in " ".join(syllables(one.term)) for one in named)
            quotes = messages.quoted([item.span.of(chosen[0].text) for item in evidence])
            return [Candidate(self.name, messages.yes_or_no("yes" if held else "no", quotes), evidence, "text", _SURE)]
        lines = messages.listed([item.span.of(chosen[0].text) for item in evidence])
        whole = " ".join(syllables(chosen[0].text))
        if any(" ".join(syllables(quote)) not in whole for quote in QUOTED.findall(question.cleaned)):
            wrong = messages.not_as_asked("\n".join(lines))
            return [Candidate(self.name, wrong, evidence, "text", _SURE, "corrected")]
        text = "\n".join(lines) if len(lines) > 1 else messages.quoted([evidence[0].span.of(chosen[0].text)])
        return [Candidate(self.name, text, evidence, "text", _SURE)]

    def _answer(self, library: Library, one: Definition) -> Candidate:
        directive = library.directive(one.document_id)
        spans = [_widened(directive.text, one.spans[0]), *one.spans[1:]]
        evidence = tuple(evidence_at(directive, span) for span in spans)
        meaning = " ".join((one.meaning or "").split()).rstrip(".")
        return Candidate(self.name, f"{one.term}: {meaning}. {marks(len(evidence))}", evidence, "text", _SURE)


def _side_by_side(best: Definition, explained: Sequence[Definition]) -> list[Definition]:
    """The term that is meant, and other abbreviations that are asked for beside it ("PAPI, PCI là gì")."""
    if best.kind != "abbreviation":
        return [best]
    first: dict[str, Definition] = {}
    for one in explained:
        if one.kind == "abbreviation" and one.document_id == best.document_id:
            first.setdefault(fold(one.term), one)
    whole = [one for one in first.values() if not any(_holds(other.term, one.term) for other in first.values())]
    return whole[:_MOST_TERMS] if best in whole else [best]


def _holds(longer: str, term: str) -> bool:
    return len(longer) > len(term) and re.search(rf"(?<!\w){re.escape(fold(term))}(?!\w)", fold(longer)) is not None


_MOST_TERMS = 4
_HAS = re.compile(
    r"\bco (?:ca |gom |bao gom )?(?P<item>[^,?.;]+?)(?:\s*(?:,|\?|$)|\s+(?:khong|dung khong|thi|a|ha|chu|phai khong)\b)"
)
_IS_WHAT = (
    r"(?:la gi|(?:co |duoc hieu )?nghia la gi|duoc hieu (?:la|the nao|nhu the nao)"
    r"|la (?:co quan|nguoi|to chuc|viec|cai|de an|van ban|chi thi|quyet dinh) (?:nao|gi))\b"
)
_BESIDE = 2  # words beside the beginning of a motto
_BEGINNING = 4  # syllables by which a motto is known
_ASKS_WHOLE = re.compile(r"\b(?:day du|gom|may|doc|viet|ghi|giong nhau|khac nhau|the nao|ra sao|la gi|nhung gi)\b")
_ASKS_MOTTO = re.compile(r"\b(?:gi|nao|nhung|gom|may|sau|nam|ba|bon|the nao|ke|khong|la)\b")
_WHAT = r"(?:gi|j|nao|sao|the nao|ntn|day du|nhung gi)"
_MEANS = (
    r"(?:la|nghia|co nghia|duoc hieu|hieu|doc|viet tat|viet day du|gom|stands?|mean)"
    rf"\b.{{0,30}}\b(?:{_WHAT}|for|viet tat)(?!\w)"
)


def _asked(one: Definition, folded: str) -> bool:
    """Whether the question asks for just this term: it stands as words of its own, next to what asks.

    An abbreviation may stand further from it ("PCI ở Đề án 04 được hiểu là chỉ số nào").
    """
    wanted = rf"(?<!\w)[\"“‘']?{re.escape(fold(one.term))}[\"”’']?(?!\w)"
    quoted = rf"[\"“‘']{re.escape(fold(one.term))}[\"”’'].{{0,60}}\b{_MEANS}"
    if one.kind == "short_name" and re.search(quoted, folded):
        return True
    if one.kind == "short_name":
        return (
            re.search(
                rf"(?:the nao|nhu the nao) (?:duoc (?:goi|hieu|coi) )?la {wanted}|{wanted}\s+{_IS_WHAT}",
                folded,
            )
            is not None
        )
    between = (
        r"[^?]{0,45}?" if one.kind == "abbreviation" else r"\s+(?:cua [^?]{0,30}|trong [^?]{0,40}|o [^?]{0,30})?\s*"
    )
    return (
        re.search(
            rf"{wanted}{between}\b{_MEANS}"
            r"|\b(?:giai thich|giai nghia|dien giai|nghia cua|y nghia|viet tat|what (?:is|does|are))"
            rf"\b.{{0,24}}{wanted}"
            rf"|{wanted}\s+la\s*\?",
            folded,
        )
        is not None
    )


def _widened(text: str, span: Span) -> Span:
    """The span up to the bracket that closes it."""
    return Span(span.start, span.end + (text[span.end : span.end + 1] == ")"))
