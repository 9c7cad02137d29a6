"""Reminders that are due become messages, once; what has ended meanwhile is dropped without a word."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from functools import partial

from bot.facts.kinds import HERE
from bot.storage.telegram.values import Planned, Reminder
from bot.telegram import texts
from bot.telegram.admission import may_use
from bot.telegram.desk import Desk
from bot.telegram.duties import by_key
from bot.telegram.markup import Piece, lines, sendable, split
from bot.telegram.outgoing import Place, messages_to
from bot.telegram.patience import kept
from index.library import Library
from index.structure.address import citation_line

_JOBS = "r"  # as `bot.storage.telegram.reminders.hand_over` names them


async def send_reminders(desk: Desk, every: float) -> None:
    """Look every so many seconds, until cancelled; what a crash left unsent comes first."""
    while True:
        await _send_due(desk)
        await asyncio.sleep(every)


async def _send_due(desk: Desk) -> None:
    for reminder in await kept(desk.records.due_reminders, datetime.now(UTC)):
        planned: list[Planned] = []
        # Reminders are of private chats, whose id is the person's.
        if await may_use(desk, f"telegram:{reminder.chat_id}"):
            planned = await desk.read(partial(message_of, reminder=reminder, today=datetime.now(HERE).date()))
        await kept(desk.records.hand_over, reminder.id, planned)
    await desk.sender.deliver(await kept(desk.records.unfinished, _JOBS))


def message_of(library: Library, reminder: Reminder, today: date) -> list[Planned]:
    """What a reminder says; nothing where the duty does not fall due on its day any more, or the day has gone by."""
    found = by_key(library, reminder.duty, today)
    due = date.fromisoformat(reminder.due)
    if found is None or found.coming != due or due < today:
        return []
    directive = library.directive(found.duty.document_id)
    message = lines(
        [Piece(texts.reminder((due - today).days, reminder.due), "bold")],
        [Piece(sendable(found.duty.span.of(directive.text)), "quote")],
        [Piece(sendable(citation_line(directive, directive.provision(found.duty.provision_id))), "italic")],
    )
    return messages_to(Place(reminder.chat_id), split(message))
