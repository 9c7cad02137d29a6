"""Inline mode: `@bot câu hỏi` in any chat offers the answer and its quotations."""

from __future__ import annotations

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.constants import ParseMode

from bot.answering.answer import Answer
from bot.telegram import texts
from bot.telegram.admission import is_restricted, may_use
from bot.telegram.desk import Desk
from bot.telegram.inline_cache import SECONDS
from bot.telegram.keys import short
from bot.telegram.markup import Message, Piece, lines, sendable, split, to_html
from bot.telegram.patience import quietly
from bot.telegram.rendering import answer_text, copied, quoted, render
from bot.telegram.sender import NO_PREVIEW
from index.normalise.keys import fold

_PERSON = "telegram:"  # that of nobody: what is typed is not kept
_SHORTEST = 4  # characters of a question
_MOST = 10  # results
_TITLE, _DESCRIPTION = 80, 160  # characters


async def inline(desk: Desk, query: InlineQuery) -> None:
    """Offer the answer; a question that people are still typing is not kept as one."""
    question = " ".join(query.query.split())
    results: list[InlineQueryResultArticle] = []
    if len(question) >= _SHORTEST and await may_use(desk, f"telegram:{query.from_user.id}"):
        results = _results(await _answered(desk, question))
    await quietly(
        desk.bot.answer_inline_query(
            query.id,
            results,
            cache_time=SECONDS if results else 5,
            is_personal=is_restricted(desk),  # Telegram would show others what it keeps
            button=InlineQueryResultsButton(texts.INLINE_OPEN, start_parameter="hoi"),
        )
    )


async def _answered(desk: Desk, question: str) -> Answer:
    generation = await desk.read(lambda library: library.manifest.id)
    name = f"{generation} {fold(question)}"
    known = desk.inline.get(name)
    if known is not None:
        return known
    answer = await desk.compute(desk.service.answer_unkept, _PERSON, question)
    desk.inline.put(name, answer)
    return answer


def _results(answer: Answer) -> list[InlineQueryResultArticle]:
    if answer.status in ("rejected", "smalltalk", "clarify"):
        return []
    asked = (Piece(texts.asked(sendable(answer.question.text)), "italic"),)
    whole = render(answer, 0, asked)
    results = [_article("answer", answer_text(answer), _where(answer), whole[0])]
    for citation in answer.citations[: _MOST - 1]:
        message = quoted(citation) if len(copied(citation)) == 1 else split(quoted(citation))[0]
        identity = short(f"{citation.document_id}:{citation.start}:{citation.end}")
        title = f"{texts.SOURCE_HEAD} [{citation.marker}]"
        results.append(_article(f"{citation.marker}-{identity}", title, citation.citation_line, lines(message)))
    return results


def _article(identity: str, title: str, description: str, message: Message) -> InlineQueryResultArticle:
    content = InputTextMessageContent(to_html(message), ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(
        identity, _shortened(title, _TITLE), content, description=_shortened(description, _DESCRIPTION)
    )


def _where(answer: Answer) -> str:
    return answer.citations[0].citation_line if answer.citations else ""


def _shortened(text: str, most: int) -> str:
    plain = " ".join(sendable(text).split())
    return plain if len(plain) <= most else f"{plain[: most - 2].rsplit(' ', 1)[0]} …"
