"""An answer as the page shows it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.answering.answer import Answer, Citation
from bot.storage.values import Turn, Verdict
from bot.web.links import place
from bot.web.saying import Line, lines_of
from bot.web.texts import BASIS, STATUS, copied, outside_note


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its citation line, the link that opens it, and what is copied of it."""

    citation: Citation
    href: str
    copy: str


@dataclass(frozen=True, slots=True)
class Card:
    """One question with its answer. `key` is unique in a page; `turn_id` is None where the answer is not kept."""

    key: str
    answer: Answer
    heading: str
    basis: str | None
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    outside: tuple[tuple[str, str | None], ...]
    cautions: tuple[str, ...]
    understood_as: str | None
    turn_id: str | None
    verdict: Verdict | None


def card_of(answer: Answer, turn: Turn | None = None, verdict: Verdict | None = None) -> Card:
    """An answer, and the turn under which it is kept."""
    quotes = [quote_of(citation) for citation in answer.citations]
    outside, cautions = [], []
    for notice in answer.notices:
        if notice.kind == "degraded":
            cautions.append(notice.text)
        else:
            outside.append((outside_note(notice.text), notice.source))
    read = answer.question
    return Card(
        key=f"_hoi-{turn.ordinal}" if turn else f"_tam-{uuid.uuid4().hex[:8]}",
        answer=answer,
        heading=STATUS[answer.status],
        basis=BASIS[answer.basis] if answer.basis and answer.citations else None,
        lines=lines_of(answer.answer, {citation.marker for citation in answer.citations}),
        quotes=tuple(quote for quote in quotes if quote.citation.role != "nearest"),
        nearest=tuple(quote for quote in quotes if quote.citation.role == "nearest"),
        outside=tuple(outside),
        cautions=tuple(cautions),
        understood_as=_understood(read.text, read.understood_as) if answer.status != "rejected" else None,
        turn_id=turn.id if turn else None,
        verdict=verdict or (turn.verdict if turn else None),
    )


def cards_of(turns: list[Turn]) -> list[Card]:
    """A conversation."""
    return [card_of(turn.answer, turn) for turn in turns]


def quote_of(citation: Citation) -> Quote:
    """A citation with its link and what is copied."""
    href = place(citation.document_id, citation.start, citation.end)
    return Quote(citation, href, copied(citation.quote, citation.citation_line))


def _understood(asked: str, understood: str) -> str | None:
    """How a question was read, where that is not what was typed."""
    plain = " ".join(asked.split()).strip(" ?.!").casefold()
    return understood if understood and understood.strip(" ?.!").casefold() != plain else None
