"""The log of what the bot asked of the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.telegram.botapi.errors import ApiError
from tests.telegram.botapi.parameters import Parameters


@dataclass(eq=False)
class Call:
    """One call; `outcome` and what follows are set once it is over."""

    number: int
    method: str
    given: Parameters
    at: float
    """time.monotonic() of its arrival."""
    outcome: str = "under way"
    """ok, a refusal's code (400), or the fault that struck it (dropped before, dropped after, delayed, 500)."""
    accepted: bool = False
    """Whether it took effect, whatever the bot learnt of that."""
    result: Any = None
    error: ApiError | None = None

    @property
    def values(self) -> dict[str, Any]:
        return self.given.values

    @property
    def chat_id(self) -> int | None:
        value = self.values.get("chat_id")
        try:
            return None if value is None else int(value)
        except ValueError:
            return None


@dataclass
class CallLog:
    calls: list[Call] = field(default_factory=list)

    def of(self, method: str | None = None, *, chat_id: int | None = None) -> list[Call]:
        """The calls of a method (all without one) about a chat, oldest first."""
        return [
            call
            for call in list(self.calls)
            if (method is None or call.method.lower() == method.lower())
            and (chat_id is None or call.chat_id == chat_id)
        ]
