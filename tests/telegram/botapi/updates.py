"""The queue of updates: what waits for the bot, and how it is confirmed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

# Without a wish of the bot's, Telegram sends all kinds but these.
ONLY_ON_WISH = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Update:
    id: int
    kind: str
    content: dict[str, Any]
    """The update's one field, as JSON, as it was when the thing happened."""

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.content}


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error: str = ""

    def failed(self, reason: str) -> None:
        self.last_error_date, self.last_error = int(time.time()), reason


@dataclass
class Updates:
    """Unconfirmed updates in order. An update stays until a later offset or a webhook's 2xx confirms it."""

    pending: list[Update] = field(default_factory=list)
    confirmed: list[Update] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    """What the bot asked for last; it holds for updates that come after."""
    next_id: int = 700_000_001

    def add(self, kind: str, content: dict[str, Any]) -> Update | None:
        """Queues an update, unless the bot does not want its kind."""
        if kind not in self.allowed if self.allowed is not None else kind in ONLY_ON_WISH:
            return None
        update = Update(self.next_id, kind, content)
        self.next_id += 1
        self.pending.append(update)
        return update

    def wish(self, kinds: list[str] | None) -> None:
        """`allowed_updates` of a call: absent leaves it as it was, an empty list means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def take(self, offset: int, limit: int) -> list[Update]:
        """What getUpdates answers. All before `offset` is confirmed; a negative one keeps only the last ones."""
        if offset < 0:
            self.confirm(len(self.pending) + offset)
        elif offset > 0:
            self.confirm(sum(1 for update in self.pending if update.id < offset))
        return self.pending[: min(max(limit, 1), MOST_AT_ONCE)]

    def confirm(self, count: int) -> None:
        """The first `count` are the bot's now."""
        count = max(count, 0)
        self.confirmed += self.pending[:count]
        del self.pending[:count]

    def drop(self) -> None:
        """`drop_pending_updates`: gone, and never the bot's."""
        self.pending.clear()
