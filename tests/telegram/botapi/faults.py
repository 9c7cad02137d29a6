"""What can go wrong between a bot and Telegram, on order or at random.

    api.fail("sendMessage", flood(1))                  # the next sendMessage: 429, retry after 1 s
    api.fail(None, server_error(502), times=3)         # the next three calls of any kind
    api.fail("sendMessage", drop_after(), chat=group)  # accepted, visible, but the answer never arrives
    api.fail_randomly([flood(0.1), drop_before()], share=0.2, methods=["sendMessage"], seed=7)

`retry_after` may be a fraction here so that tests need not wait; Telegram itself sends whole seconds.
"""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from tests.telegram.botapi.calls import Call
from tests.telegram.botapi.errors import ApiError, bad_request, forbidden, migrated, too_many_requests


@dataclass(frozen=True)
class Fault:
    """What happens to a call. Without `accepts` it takes no effect; `delay` is waited before the answer."""

    name: str
    accepts: bool = False
    error: ApiError | None = None
    status: int = 0
    drops: bool = False
    delay: float = 0.0


def flood(retry_after: float = 1) -> Fault:
    return Fault("429", error=too_many_requests(retry_after))


def server_error(status: int = 500, *, accepted: bool = False) -> Fault:
    """500 with Telegram's JSON, 502 and 504 with the HTML of the proxy before it."""
    return Fault(str(status), accepts=accepted, status=status)


def drop_before() -> Fault:
    """The connection ends, and the call took no effect."""
    return Fault("dropped before", drops=True)


def drop_after() -> Fault:
    """The call takes effect, then the connection ends without an answer."""
    return Fault("dropped after", accepts=True, drops=True)


def delay(seconds: float) -> Fault:
    """The call takes effect at once, and the answer comes late."""
    return Fault("delayed", accepts=True, delay=seconds)


def blocked() -> Fault:
    return Fault("403", error=forbidden("bot was blocked by the user"))


def chat_not_found() -> Fault:
    return Fault("400", error=bad_request("chat not found"))


def chat_migrated(to_chat_id: int) -> Fault:
    return Fault("400", error=migrated(to_chat_id))


def refusal(code: int, description: str) -> Fault:
    """Any other error, with the full description ("Bad Request: …")."""
    return Fault(str(code), error=ApiError(code, description))


@dataclass
class Rule:
    """A fault for the next `times` calls that fit (all, without a number)."""

    fault: Callable[[], Fault | None]
    methods: frozenset[str]
    times: int | None = 1
    skip: int = 0
    chat_id: int | None = None
    struck: int = 0
    """How often it struck so far."""

    def strike(self, call: Call) -> Fault | None:
        if self.methods and call.method.lower() not in self.methods:
            return None
        if self.chat_id is not None and call.chat_id != self.chat_id:
            return None
        if self.times is not None and self.struck >= self.times:
            return None
        if self.skip:
            self.skip -= 1
            return None
        fault = self.fault()
        self.struck += fault is not None
        return fault


@dataclass
class Faults:
    """The rules in force, the oldest first; the first that fits a call strikes it."""

    rules: list[Rule] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def add(self, rule: Rule) -> Rule:
        with self._lock:
            self.rules.append(rule)
        return rule

    def clear(self) -> None:
        with self._lock:
            self.rules.clear()

    def pick(self, call: Call) -> Fault | None:
        with self._lock:
            return next((fault for rule in self.rules if (fault := rule.strike(call)) is not None), None)


def on_order(fault: Fault, methods: Collection[str], times: int | None, skip: int, chat_id: int | None) -> Rule:
    return Rule(lambda: fault, frozenset(map(str.lower, methods)), times, skip, chat_id)


def at_random(faults: Sequence[Fault], share: float, methods: Collection[str], seed: int, at_most: int | None) -> Rule:
    dice = random.Random(seed)
    return Rule(
        lambda: dice.choice(faults) if dice.random() < share else None, frozenset(map(str.lower, methods)), at_most
    )


@dataclass
class FloodLimits:
    """Telegram's own limits, as its FAQ gives them: 30 messages a second, one to a chat, 20 a minute to a group.

    A short burst to one chat passes, which `burst` stands for.
    """

    per_second: int = 30
    chat_per_second: float = 1.0
    burst: int = 5
    group_per_minute: int = 20

    def __post_init__(self) -> None:
        self._sent: deque[float] = deque()
        self._by_chat: dict[int, deque[float]] = defaultdict(deque)

    def wait(self, chat_id: int) -> float:
        """Seconds until another message to the chat is allowed; 0 counts it as sent."""
        now = time.monotonic()
        chat = self._by_chat[chat_id]
        waits = [
            _wait(self._sent, now, 1.0, self.per_second),
            _wait(chat, now, self.burst / self.chat_per_second, self.burst),
        ]
        if chat_id < 0:
            waits.append(_wait(chat, now, 60.0, self.group_per_minute))
        if max(waits) > 0:
            return max(waits)
        self._sent.append(now)
        chat.append(now)
        return 0.0


def _wait(times: deque[float], now: float, window: float, most: int) -> float:
    recent = [moment for moment in times if moment > now - window]
    return recent[-most] + window - now if len(recent) >= most else 0.0
