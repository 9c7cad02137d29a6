"""A directive to its duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.directive import Directive, Kind, Provision
from index.facts.duties.clauses import own_sentences
from index.facts.duties.context import Context, under_heading, under_lead_in
from index.facts.duties.operative import is_operative, orders, tells
from index.facts.duties.sentence import Sentence
from index.facts.duties.wording import Wording
from index.facts.records import Duty

_LIST_ITEMS = frozenset({Kind.DASH, Kind.PLUS})
_UNLED = frozenset({Kind.CLOSING, Kind.PART})


def read_duties(directive: Directive) -> list[Duty]:
    """All duties of a directive, in the order of its text.

    One record for each number, frequency and time limit of an operative sentence, and one for each explicit assignment
    of a lead body without any. Every span is a verbatim clause or sentence of the canonical text.
    """
    reader = _Reader(directive)
    reader.walk(directive.provisions, Context())
    return sorted(reader.duties, key=lambda duty: (duty.span.start, duty.span.end))


class _Reader:
    def __init__(self, directive: Directive) -> None:
        self._directive = directive
        self._wording = Wording.of(directive.text)
        self.duties: list[Duty] = []

    def walk(self, provisions: Iterable[Provision], context: Context) -> None:
        """Read provisions of one rank; a lead-in governs the list items, a preamble's all that follow it."""
        led: Context | None = None
        for provision in provisions:
            if provision.kind is Kind.PREAMBLE:
                context = self._preamble(provision, context)
                continue
            if not is_operative(self._wording, provision):
                continue
            if provision.kind in _UNLED:
                context, led = Context(), None
            elif provision.kind not in _LIST_ITEMS and provision.kind is not Kind.POINT:
                led = None
            below = self._read(provision, led or context)
            self.walk(provision.children, below)
            if not provision.children and self._directive.own_text(provision).rstrip().endswith(":"):
                led = below

    def _preamble(self, provision: Provision, context: Context) -> Context:
        """Only its lead-in counts: whom the items bind."""
        for part in provision.walk():
            for sentence in own_sentences(self._wording, part):
                if self._wording.raw[sentence.start : sentence.end].endswith(":"):
                    context = under_lead_in(self._wording, sentence, context, Kind.PREAMBLE)
        return context

    def _read(self, provision: Provision, context: Context) -> Context:
        """Read a provision's own text; gives the context of what stands below it."""
        wording = self._wording
        context = under_heading(wording, provision, context)
        sentences = list(own_sentences(wording, provision))
        if sentences and tells(wording, sentences[0]):
            return context
        for index, span in enumerate(sentences):
            if index == len(sentences) - 1 and wording.raw[span.start : span.end].endswith(":"):
                return under_lead_in(wording, span, context, provision.kind)
            if not orders(wording, span):
                continue
            sentence = Sentence(self._directive, wording, provision.id, span, context)
            self.duties += sentence.duties()
            if sentence.owner and (index == 0 or context.own):
                context = replace(context, actor=sentence.owner.elsewhere(inferred=True), own=True)
        return context
