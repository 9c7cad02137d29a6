"""What each chat has chosen, and that a person's chat is forgotten with the person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.storage.database import upsert
from bot.storage.telegram.tables import ChatRow, ReminderRow, SendRow
from bot.storage.telegram.values import ChatSettings


def chosen(session: Session, bot: int, chat_id: int) -> ChatSettings:
    """A chat's settings; the defaults where it has chosen nothing."""
    row = session.get(ChatRow, (bot, chat_id))
    if row is None:
        return ChatSettings()
    return ChatSettings(**{name: getattr(row, name) for name in ChatSettings.model_fields})


def choose(session: Session, bot: int, chat_id: int, person: str | None, changes: dict[str, Any]) -> ChatSettings:
    """Change some of a chat's settings. `person`: the keyed hash where the chat is one person's."""
    changed = {**changes, "used_at": datetime.now(UTC)}
    row = {**ChatSettings().model_dump(), **changed, "bot": bot, "chat_id": chat_id, "person": person}
    kept = upsert(session, ChatRow).values(row)
    session.execute(kept.on_conflict_do_update(index_elements=["bot", "chat_id"], set_=changed))
    session.expire_all()
    return chosen(session, bot, chat_id)


def move(session: Session, bot: int, old: int, new: int) -> None:
    """A group has become a supergroup and has another id."""
    here = session.execute(select(ChatRow).where(ChatRow.bot == bot, ChatRow.chat_id == old)).scalar_one_or_none()
    if here is not None and session.get(ChatRow, (bot, new)) is None:
        here.chat_id = new
    for table in (SendRow, ReminderRow):
        session.execute(update(table).where(table.bot == bot, table.chat_id == old).values(chat_id=new))
