"""The phrase strategy: which stored directives hold the very words that a question quotes."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.meant import directives_meant
from bot.answering.strategy import Candidate, Evidence
from bot.question.question import Question
from index.directive import Directive, Span
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, fold_aligned
from index.structure.sentences import sentences

_SURE = 0.95
_QUOTED = re.compile(r"[\"“'‘]([^\"“”'‘’]{4,200})[\"”'’]")
_MOST = 5


class PhraseStrategy:
    """Looks for the quoted words in every directive, case and diacritics aside, and quotes the sentence around them."""

    name = "phrase"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate naming every directive that has the words, with the variants of the others."""
        quoted = _QUOTED.search(question.cleaned)
        if quoted is None or not re.search(
            r"\b(?:(?:van ban|vb)(?! gi)|o dau|nam o|nguyen van|cua ai|noi nao"
            r"|o dau ra|co (?:chu|cum|cau)|viet (?:day )?du|doc (?:day )?du|phan tiep|tiep theo|ve sau|doan sau)\b",
            fold(question.cleaned),
        ):
            return []
        wanted = " ".join(re.findall(r"\w+", fold(quoted[1])))
        folded = fold(question.cleaned)
        if _ASKS_MEANING.search(folded) and any(
            one.kind == "footnote" and fold(one.term) == fold(quoted[1]) for one in library.facts.definitions
        ):
            return []  # "“4 an” trong văn bản … là những an gì": the text explains it
        chosen = directives_meant(question, library, filters)
        more = _ASKS_MORE.search(folded) is not None
        found = [evidence for directive in chosen if (evidence := _find(library, directive, wanted, more))][:_MOST]
        if not found:
            return []
        lines = [
            messages.phrase_in(one.directive.metadata.type or "Văn bản", one.directive.province or "", quote, mark)
            for mark, one in enumerate(found, 1)
            for quote in [one.span.of(one.directive.text)]
        ]
        return [Candidate(self.name, "\n".join(lines), tuple(found), "text", _SURE)]


_ASKS_MEANING = re.compile(r"\b(?:la|gom|ke)\b.{0,24}\b(?:gi|nao)\b")
# Beside where they stand, what they are about or who is told to.
_ASKS_MORE = re.compile(r"\b(?:ve (?:viec |chuyen |cai )?gi|ai (?:phai|lo|lam|bao dam)|lam gi|de lam gi)\b")


def _find(library: Library, directive: Directive, wanted: str, whole: bool) -> Evidence | None:
    """The motto (unless the `whole` sentence is wanted), else the first sentence, that holds the words.

    Whatever marks stand between them.
    """
    pattern = r"\W+".join(map(re.escape, wanted.split()))
    match = re.search(rf"(?<!\w){pattern}(?!\w)", fold_aligned(directive.text).lower())
    if match is None:
        return None
    provision = directive.provision_at(match.start()) or directive.provisions[0]
    for one in () if whole else library.facts.definitions:
        if one.kind == "motto" and one.document_id == directive.id and one.spans[0].contains(Span(*match.span())):
            return Evidence(directive, provision, one.spans[0])
    for span in provision.spans:
        for sentence in sentences(directive.text, span):
            if sentence.contains(Span(match.start(), match.end())):
                return Evidence(directive, provision, sentence if whole else _around(directive.text, sentence, match))
    return Evidence(directive, provision, Span(*match.span()))


def _around(text: str, sentence: Span, match: re.Match[str]) -> Span:
    """The sentence; of a long one the clause around the words, cut at semicolons, else at commas."""
    if sentence.end - sentence.start <= _LONG:
        return sentence
    part = _between(text, sentence, match, ";")
    while part.end - part.start > _LONG:
        smaller = _between(text, part, match, ",")
        if smaller.end - smaller.start < _SHORT or smaller == part:
            break
        part = smaller
    return part


_LONG, _SHORT = 300, 40  # characters


def _between(text: str, span: Span, match: re.Match[str], mark: str) -> Span:
    """The part of a span between two marks that holds the match, without the white space around it."""
    start = text.rfind(mark, span.start, match.start())
    end = text.find(mark, match.end(), span.end)
    first = start + 1 if start >= 0 else span.start
    last = end if end >= 0 else span.end
    return Span(first + len(text[first:last]) - len(text[first:last].lstrip()), last)
