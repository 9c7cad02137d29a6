"""A question: answered in its conversation, the answer sent once under the question."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.constants import ChatAction

from bot import messages
from bot.service import Said
from bot.storage.telegram.values import ChatSettings, Planned
from bot.telegram import texts
from bot.telegram.keyboards import Rows, answer_keyboard
from bot.telegram.keys import key
from bot.telegram.markup import Message, Piece
from bot.telegram.outgoing import Place, edit_of, messages_to, removal_of
from bot.telegram.patience import kept, quietly
from bot.telegram.rendering import first_source, render
from bot.telegram.talk import Talk
from index.errors import UnknownDocumentError
from index.filters import Filters
from index.library import Library

_TYPING = 4.5  # seconds; the sign lasts five


async def ask(talk: Talk, question: str, *, tapped: bool = False) -> None:
    """Answer a question. `tapped`: a button stood for it, so it is said with the answer."""
    if not question.strip():
        await talk.tell(texts.ASK_NOW)
        return
    said, chosen, label = await _answered(talk, question)
    before = (Piece(texts.asked(question), "italic"),) if tapped else ()
    turn = said.turn.id if said.turn else None
    rendered, keyboard = _shown(talk, said, chosen, label, before)
    await talk.say(rendered, keyboard, turn=turn)


async def ask_again(talk: Talk, question: str) -> None:
    """A question was edited: its answer is edited, too; one that had none is answered."""
    sent = await kept(talk.desk.records.about, talk.chat.id, talk.message_id)
    if not sent:
        return await ask(talk, question)
    first_turn = sent[0].turn_id
    before = await kept(talk.desk.records.turn, first_turn) if first_turn else None
    if before is not None and before.answer.question.text == question:
        return None  # something else of the message was edited
    said, chosen, label = await _answered(talk, question)
    rendered, keyboard = _shown(talk, said, chosen, label, ())
    turn = said.turn.id if said.turn else None
    planned = _edits(talk.place, [one.message_id or 0 for one in sent], rendered, keyboard, turn)
    return await talk.send(planned)


def _edits(place: Place, sent: list[int], rendered: list[Message], keyboard: Rows, turn: str | None) -> list[Planned]:
    """New texts for the messages of an answer; those that are left over are taken back, missing ones are sent."""
    last = len(rendered) - 1
    planned = [
        edit_of(place, message_id, message, keyboard if number == last else (), turn)
        for number, (message_id, message) in enumerate(zip(sent, rendered, strict=False))
    ]
    if len(rendered) > len(sent):
        planned += messages_to(place, rendered[len(sent) :], keyboard, turn=turn)
    return planned + [removal_of(place, message_id) for message_id in sent[len(rendered) :]]


async def _answered(talk: Talk, question: str) -> tuple[Said, ChatSettings, str | None]:
    """The answer, what the chat has chosen, and the chosen directive as people name it."""
    async with _typing(talk):
        chosen = await talk.settings()
        label = None
        if chosen.document_id is not None:
            label = await talk.desk.read(lambda library: document_label(library, chosen.document_id))
        filters = Filters(document_ids=(chosen.document_id,)) if chosen.document_id and label else None

        def converse() -> Said:
            return talk.desk.service.converse(talk.person, talk.conversation, question, filters=filters)

        return await talk.desk.compute(converse), chosen, label


def _shown(
    talk: Talk, said: Said, chosen: ChatSettings, label: str | None, before: Message
) -> tuple[list[Message], Rows]:
    answer = said.answer
    rendered = render(answer, first_source(answer), before)
    keyboard: Rows = []
    if said.turn is not None:
        keyboard = answer_keyboard(
            answer,
            said.turn.id,
            source=first_source(answer),
            page_url=talk.desk.service.settings.public_url,
            suggestions=chosen.suggestions,
        )
    if label is not None and answer.status == "not_found":
        note = (Piece("\n\n"), Piece(texts.only_in(label), "italic"))
        rendered = [*rendered[:-1], (*rendered[-1], *note)]
        if said.turn is not None:
            keyboard = [[(texts.ASK_IN_ALL, key("all", said.turn.id))], *keyboard]
    return rendered, keyboard


def document_label(library: Library, document_id: str | None) -> str | None:
    """A directive as a choice; None where it is not stored any more."""
    try:
        return messages.directive_label(library.directive(document_id or ""))
    except UnknownDocumentError:
        return None


@asynccontextmanager
async def _typing(talk: Talk) -> AsyncIterator[None]:
    """Show that an answer is being made; whether that can be shown does not matter."""

    async def show() -> None:
        while True:
            await quietly(
                talk.desk.bot.send_chat_action(talk.chat.id, ChatAction.TYPING, message_thread_id=talk.thread)
            )
            await asyncio.sleep(_TYPING)

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
