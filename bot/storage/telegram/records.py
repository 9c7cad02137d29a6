"""TelegramRecords: the one door to what the bot keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.storage.access.secrets import Hashes
from bot.storage.database import Database
from bot.storage.people import People
from bot.storage.tables import TurnRow
from bot.storage.telegram import chats, codes, reminders, sends, updates
from bot.storage.telegram.lead import Lead
from bot.storage.telegram.values import Arrived, ChatSettings, Planned, Reminder, Send, Waiting
from bot.storage.values import Turn


class TelegramRecords:
    """What one bot keeps; usable from many threads. Every method raises `RecordsUnavailableError`.

    `bot`: the bot's own id, the number before the colon of its token.
    """

    def __init__(self, database: Database, people: People, hashes: Hashes, folder: Path, bot: int) -> None:
        self._database, self._people, self._bot = database, people, bot
        self._hashes, self._folder = hashes, folder

    def lead(self) -> Lead:
        """The lock of whoever deals with this bot's updates."""
        return Lead(self._database, self._folder, self._bot)

    def store(self, arrived: Sequence[Arrived]) -> int:
        """Keep updates that arrived, without the codes in them; how many are new."""
        safe = [one.model_copy(update={"payload": codes.hidden(one.payload, self._hashes)}) for one in arrived]
        with self._database.writing() as session:
            return updates.store(session, self._bot, safe, self._people.hashed)

    def waiting(self, known: Collection[int] = (), most: int = 200) -> list[Waiting]:
        """Updates to be dealt with, the oldest first, but for the ids in `known`."""
        with self._database.reading() as session:
            return updates.waiting(session, self._bot, known, most)

    def is_waiting(self, update_id: int) -> bool:
        """Whether an update is still to be dealt with."""
        with self._database.reading() as session:
            return updates.is_waiting(session, self._bot, update_id)

    def done(self, update_id: int, job: str) -> None:
        """An update is dealt with."""
        with self._database.writing() as session:
            updates.done(session, self._bot, update_id, job)

    def plan(
        self, job: str, person: str | None, planned: Sequence[Planned], declined: tuple[int, datetime] | None = None
    ) -> list[Send]:
        """Keep what is to be sent for a job, once. `declined`: chat and moment, where late questions are declined."""
        hashed = self._people.hashed(person) if person else None
        with self._database.writing() as session:
            if declined is not None:
                chat_id, at = declined
                chats.choose(session, self._bot, chat_id, hashed if chat_id > 0 else None, {"declined_at": at})
            return sends.plan(session, self._bot, job, hashed, planned)

    def of_job(self, job: str) -> list[Send]:
        """The messages of a job."""
        with self._database.reading() as session:
            return sends.of_job(session, self._bot, job)

    def unfinished(self, prefix: str) -> list[Send]:
        """Messages of jobs of one kind that are not sent yet."""
        with self._database.reading() as session:
            return sends.unfinished(session, self._bot, prefix)

    def about(self, chat_id: int, message_id: int) -> list[Send]:
        """The sent messages that answer a message."""
        with self._database.reading() as session:
            return sends.about(session, self._bot, chat_id, message_id)

    def begin(self, send_id: int) -> None:
        """An attempt to send begins."""
        with self._database.writing() as session:
            sends.begin(session, send_id)

    def refused(self, send_id: int) -> None:
        """The attempt was surely not accepted."""
        with self._database.writing() as session:
            sends.refused(session, send_id)

    def sent(self, send_id: int, message_id: int | None) -> None:
        """Telegram has accepted it."""
        with self._database.writing() as session:
            sends.sent(session, send_id, message_id)

    def give_up(self, send_id: int) -> None:
        """It is not tried again."""
        with self._database.writing() as session:
            sends.give_up(session, send_id)

    def turn(self, turn_id: str, conversation_id: str = "") -> Turn | None:
        """An answer by the id that its buttons hold; whoever sees the buttons sees the answer."""
        with self._database.reading() as session:
            row = session.get(TurnRow, turn_id)
            return (
                None
                if row is None
                else Turn(
                    id=row.id,
                    conversation_id=conversation_id,
                    ordinal=row.ordinal,
                    asked_at=row.asked_at,
                    answer=row.answer,
                    generation=row.generation,
                )
            )

    def chat(self, chat_id: int) -> ChatSettings:
        """What a chat has chosen."""
        with self._database.reading() as session:
            return chats.chosen(session, self._bot, chat_id)

    def choose(self, chat_id: int, person: str | None, **changes: Any) -> ChatSettings:
        """Change a chat's settings. `person`: whose chat it is, None of a group."""
        hashed = self._people.hashed(person) if person else None
        with self._database.writing() as session:
            return chats.choose(session, self._bot, chat_id, hashed, changes)

    def move_chat(self, old: int, new: int) -> None:
        """A group has another id."""
        with self._database.writing() as session:
            chats.move(session, self._bot, old, new)

    def add_reminder(
        self, person: str, chat_id: int, duty: tuple[str, str, date], days_before: int, at: datetime
    ) -> bool:
        """Keep a reminder of a duty (directive, key, day it is due); False where the person has too many."""
        with self._database.writing() as session:
            return reminders.add(session, self._bot, self._people.hashed(person), chat_id, duty, days_before, at)

    def reminders(self, person: str) -> list[Reminder]:
        """A person's reminders."""
        with self._database.reading() as session:
            return reminders.of_person(session, self._bot, self._people.hashed(person))

    def remove_reminder(self, person: str, reminder_id: int) -> bool:
        """Delete a person's reminder; whether it was there."""
        with self._database.writing() as session:
            return reminders.remove(session, self._bot, self._people.hashed(person), reminder_id)

    def move_reminder(self, reminder_id: int, at: datetime) -> None:
        """Another moment for a reminder."""
        with self._database.writing() as session:
            reminders.move_to(session, reminder_id, at)

    def due_reminders(self, now: datetime) -> list[Reminder]:
        """Reminders whose moment has come."""
        with self._database.reading() as session:
            return reminders.due(session, self._bot, now)

    def hand_over(self, reminder_id: int, planned: Sequence[Planned]) -> None:
        """A due reminder becomes messages to be sent, or nothing."""
        with self._database.writing() as session:
            reminders.hand_over(session, self._bot, reminder_id, planned)
