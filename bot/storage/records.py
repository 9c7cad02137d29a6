"""Records: the one door to what is kept of conversations, feedback, unanswered questions and the audit trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot import observing
from bot.answering.answer import Answer, Conversation
from bot.settings import Settings
from bot.storage import audit, conversations, feedback, retention, unanswered
from bot.storage.access.records import AccessRecords
from bot.storage.database import Database, open_database
from bot.storage.migrate import revision, upgrade
from bot.storage.people import People, secret_of
from bot.storage.telegram import forget, queue
from bot.storage.telegram.queue import Queue
from bot.storage.telegram.records import TelegramRecords
from bot.storage.values import AuditEntry, ConversationSummary, Feedback, Removed, Turn, Unanswered, Verdict

_CHECK = "check"


def open_records(settings: Settings) -> Records:
    """Open the records that the settings name and bring their tables up to date.

    Raises `RecordsUnavailableError`, of the kind that says what to do.
    """
    secret = secret_of(settings)
    database = open_database(settings)
    try:
        upgrade(database)
    except BaseException:
        database.close()
        raise
    return Records(database, secret, settings)


class Records:
    """What is kept. A method that returns has put its change on the disk; usable from many threads and processes.

    `person` is a channel's own identity ("web:<uuid>", "telegram:123"): it is stored as a keyed hash only, and
    everything is read back by the same person alone, but for the lists of administrators (`list_feedback`,
    `list_unanswered`, `list_audit`), which name nobody. Every method raises `RecordsUnavailableError`.

    >>> with open_records(load_settings()) as records:  # doctest: +SKIP
    ...     turn = records.append_turn("web:1", "c1", answer, generation=library.manifest.id)
    ...     records.add_feedback("web:1", turn.id, "wrong", "thiếu thời hạn")
    """

    def __init__(self, database: Database, secret: bytes, settings: Settings) -> None:
        self._database, self._people = database, People(secret)
        self._audited, self._retention = settings.audit, timedelta(days=settings.retention_days)
        self._folder = settings.data.absolute()
        self.access = AccessRecords(
            database,
            secret,
            settings.audit,
            longest=timedelta(days=settings.session_days),
            idle=timedelta(hours=settings.session_idle_hours),
        )

    @property
    def place(self) -> str:
        """Where the records are: a file, or a URL without its password."""
        return self._database.place

    def append_turn(self, person: str, conversation_id: str, answer: Answer, *, generation: str | None = None) -> Turn:
        """Add an answer to a conversation, which begins with its first turn.

        `conversation_id`: 1 to 200 characters, else `ValueError`; two people may use the same. `generation`: id of
        the index generation that answered.
        """
        with self._database.writing() as session:
            return conversations.append_turn(session, self._people.hashed(person), conversation_id, answer, generation)

    def load(self, person: str, conversation_id: str, most: int = 10) -> Conversation:
        """The last `most` answers of a conversation, as the assistant takes it; empty where there is none."""
        with self._database.reading() as session:
            turns = conversations.last_answers(session, self._people.hashed(person), conversation_id, most)
        return Conversation(id=conversation_id, turns=turns)

    def list_conversations(self, person: str, limit: int = 50, offset: int = 0) -> list[ConversationSummary]:
        """A person's conversations, the newest first."""
        with self._database.reading() as session:
            return conversations.summaries(session, self._people.hashed(person), limit, offset)

    def history(self, person: str, conversation_id: str, most: int = 200) -> list[Turn]:
        """The last `most` turns of a conversation, oldest first; empty where there is none."""
        with self._database.reading() as session:
            return conversations.history(session, self._people.hashed(person), conversation_id, most)

    def delete_conversation(self, person: str, conversation_id: str) -> Removed:
        """Delete a conversation with its turns, their feedback and their share of the unanswered questions."""
        with self._database.writing() as session:
            return conversations.remove(session, self._people.hashed(person), conversation_id)

    def delete_person(self, person: str) -> Removed:
        """Delete everything that is kept of a person, the audit trail included."""
        hashed = self._people.hashed(person)
        with self._database.writing() as session:
            removed = conversations.remove(session, hashed)
            forget.person(session, hashed)
            return removed.model_copy(update={"audit": audit.remove(session, hashed)})

    def add_feedback(self, person: str, turn_id: str, verdict: Verdict, reason: str | None = None) -> Feedback:
        """Keep a person's verdict on an own turn; a second one replaces the first. Raises `UnknownTurnError`."""
        with self._database.writing() as session:
            kept = feedback.add_feedback(session, self._people.hashed(person), turn_id, verdict, reason)
        observing.judged(verdict)
        return kept

    def list_feedback(
        self, since: datetime | None = None, verdict: Verdict | None = None, limit: int = 50, offset: int = 0
    ) -> list[Feedback]:
        """Verdicts of all people, the newest first; `since` is an aware moment."""
        with self._database.reading() as session:
            return feedback.list_feedback(session, since, verdict, limit, offset)

    def list_unanswered(self, limit: int = 50, offset: int = 0) -> list[Unanswered]:
        """Questions that the directives do not answer, over all people, the most frequent first."""
        with self._database.reading() as session:
            return unanswered.list_unanswered(session, limit, offset)

    def record(self, event: str, person: str | None = None, detail: str = "") -> None:
        """Add an event to the audit trail, unless it is switched off; `detail` must not say who the person is."""
        if self._audited:
            hashed = None if person is None else self._people.hashed(person)
            with self._database.writing() as session:
                audit.record(session, event, hashed, detail)

    def list_audit(self, event: str | None = None, limit: int = 50, offset: int = 0) -> list[AuditEntry]:
        """The audit trail, the newest first; all events, or those of one name."""
        with self._database.reading() as session:
            return audit.list_audit(session, event, limit, offset)

    def purge(self, now: datetime | None = None) -> Removed:
        """Delete what is older than the retention period, where that is not 0 days, and what of access is over."""
        now = now or datetime.now(UTC)
        self.access.purge(now)
        if not self._retention:
            return Removed()
        return retention.purge(self._database, now - self._retention)

    def check(self) -> str:
        """Write something, take it away again, and tell the revision of the tables: the records can be used."""
        with self._database.writing() as session:
            audit.record(session, _CHECK, None, "")
        with self._database.writing() as session:
            audit.remove_event(session, _CHECK)
        return revision(self._database) or ""

    def telegram_queue(self) -> Queue:
        """What waits, of all Telegram bots that use this database."""
        with self._database.reading() as session:
            return queue.waiting(session)

    def telegram(self, bot: int) -> TelegramRecords:
        """What a Telegram bot keeps besides; `bot`: its id, the number before the colon of its token."""
        return TelegramRecords(self._database, self._people, self.access.hashes, self._folder, bot)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def __enter__(self) -> Records:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
