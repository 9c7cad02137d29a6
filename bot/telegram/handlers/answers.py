"""The buttons under an answer: its quotations, copying, feedback, what to ask next."""

from __future__ import annotations

from bot.answering.answer import Answer
from bot.storage.errors import UnknownTurnError
from bot.storage.values import Turn, Verdict
from bot.telegram import texts
from bot.telegram.handlers.asking import ask
from bot.telegram.keyboards import Rows, answer_keyboard, reasons_keyboard
from bot.telegram.keys import key
from bot.telegram.markup import Piece
from bot.telegram.patience import kept
from bot.telegram.rendering import copied, first_source, render, sources
from bot.telegram.talk import Talk
from index.filters import Filters


async def tapped(talk: Talk, parts: list[str]) -> None:
    """A button that holds the id of a turn."""
    action, turn_id = parts[0], parts[1]
    number = int(parts[2]) if len(parts) > 2 else 0
    turn = await kept(talk.desk.records.turn, turn_id, talk.conversation)
    if turn is None:
        await talk.toast(texts.MOVED_ON, alert=True)
        return
    answer = turn.answer
    if action == "src":
        await talk.toast()
        await talk.show(render(answer, number, _before(talk, answer))[-1], await _keyboard(talk, turn, number))
    elif action == "cp" and number < len(answer.citations):
        await talk.toast()
        await talk.say(copied(answer.citations[number]))
    elif action == "ch" and number < len(answer.choices):
        await talk.toast()
        await ask(talk, answer.choices[number].question, tapped=True)
    elif action == "sg" and number < len(answer.suggestions):
        await talk.toast()
        await ask(talk, answer.suggestions[number], tapped=True)
    elif action == "all":
        await talk.toast()
        await _ask_in_all(talk, answer)
    else:
        await _feedback(talk, action, turn, [int(part) for part in parts[2:]])


async def _feedback(talk: Talk, action: str, turn: Turn, numbers: list[int]) -> None:
    """A verdict. The last number is the quotation that is shown; a reason's own number stands before it."""
    source = numbers[-1]
    if action == "bk":
        await talk.toast()
        await talk.buttons(await _keyboard(talk, turn, source))
        return
    try:
        if action == "no":
            await _verdict(talk, turn, "wrong", None)
            await talk.toast(texts.WHY_WRONG)
            await talk.buttons(reasons_keyboard(turn.id, source))
            return
        if action == "ok":
            await _verdict(talk, turn, "right", None)
            noted = texts.RIGHT
        else:
            reason = texts.REASONS[numbers[0]]
            await _verdict(talk, turn, "wrong", reason)
            noted = f"{texts.WRONG}: {reason.lower()}"
    except UnknownTurnError:
        await talk.toast(texts.NOT_YOURS, alert=True)
        return
    await talk.toast(texts.NOTED)
    rows = [row for row in await _keyboard(talk, turn, source) if row[0][1] != key("ok", turn.id, source)]
    await talk.buttons([*rows, [(texts.noted(noted), key("no", turn.id, source))]])


async def _verdict(talk: Talk, turn: Turn, verdict: Verdict, reason: str | None) -> None:
    await kept(talk.desk.service.records.add_feedback, talk.person, turn.id, verdict, reason)


async def quote_last(talk: Talk, _: str) -> None:
    """`/nguon`: every quotation of the last answer that has one, whole."""
    turns = await kept(talk.desk.service.records.history, talk.person, talk.conversation, 10)
    answer = next((turn.answer for turn in reversed(turns) if turn.answer.citations), None)
    if answer is None:
        await talk.tell(texts.NO_SOURCES)
        return
    head = (Piece(texts.SOURCE_HEAD, "bold"), Piece(f": {answer.question.text.strip()}"[:300]))
    await talk.say([head, *sources(answer)])


async def _ask_in_all(talk: Talk, answer: Answer) -> None:
    """The same question to all directives: the chat's choice stays."""
    question = answer.question.text
    said = await talk.desk.compute(
        lambda: talk.desk.service.converse(talk.person, talk.conversation, question, filters=Filters())
    )
    turn = said.turn.id if said.turn else None
    url, first = talk.desk.service.settings.public_url, first_source(said.answer)
    keyboard = answer_keyboard(said.answer, turn, source=first, page_url=url) if turn else []
    await talk.say(render(said.answer, first, (Piece(texts.asked(question), "italic"),)), keyboard, turn=turn)


async def _keyboard(talk: Talk, turn: Turn, source: int) -> Rows:
    chosen = await talk.settings()
    return answer_keyboard(
        turn.answer,
        turn.id,
        source=source,
        page_url=talk.desk.service.settings.public_url,
        suggestions=chosen.suggestions,
    )


def _before(talk: Talk, answer: Answer) -> tuple[Piece, ...]:
    """What stood before the answer in the message that is edited: the question, where a button stood for it."""
    shown = getattr(talk.tap.message, "text", None) if talk.tap else None
    head = texts.asked(answer.question.text)
    return (Piece(head, "italic"),) if isinstance(shown, str) and shown.startswith(head.strip()) else ()
