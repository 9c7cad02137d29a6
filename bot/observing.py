"""What happens, told to whoever watches: counts and traces listen here, and nothing else knows of them.

As with the log, there is one place for the whole process, so that whatever is done through `bot.service` and
`bot.storage` is seen, from whichever channel it comes. An observer is never told what people typed or who they are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.logs import log

if TYPE_CHECKING:
    from bot.answering.answer import Answer

# By what stands before the colon of a person's identity: who is signed in comes by the page, who has a key is a
# program. Anything else is "other", so that there are few.
CHANNELS = {"web": "web", "person": "web", "api": "api", "key": "api", "mcp": "mcp", "telegram": "telegram"}


@dataclass(frozen=True, slots=True)
class Requested:
    """An HTTP request that has been dealt with. `route`: its template; `problem`: the code that was answered."""

    method: str
    route: str | None
    status: int | None  # None where the response was broken off
    problem: str | None
    seconds: float


class Observer:
    """Does nothing; one that watches overrides what it wants to know. Called from any thread."""

    def answered(self, channel: str, answer: Answer, seconds: float) -> None:
        """A question has been answered, waiting for its turn included; `channel`: a value of `CHANNELS`."""

    def judged(self, verdict: str) -> None:
        """A verdict on an answer has been kept."""

    def requested(self, request: Requested) -> None:
        """An HTTP request has been dealt with."""

    def records_failed(self, kind: str) -> None:
        """The records could not be read or written; `kind`: name of a class in `bot.storage.errors`."""

    def step(self, name: str) -> AbstractContextManager[None]:
        """A step of the work, around which the observer may measure; steps stand in each other."""
        return nullcontext()


_observers: tuple[Observer, ...] = ()


@contextmanager
def watched_by(observer: Observer) -> Iterator[None]:
    """Tell an observer everything that happens in this process until the block ends."""
    global _observers  # noqa: PLW0603  the one place of the process
    _observers = (*_observers, observer)
    try:
        yield
    finally:
        _observers = tuple(one for one in _observers if one is not observer)


@contextmanager
def question(person: str) -> Iterator[Callable[[Answer], None]]:
    """Around a question; the block calls what it is given with the answer."""
    started = time.perf_counter()

    def answered(answer: Answer) -> None:
        channel = CHANNELS.get(person.partition(":")[0], "other")
        _tell(lambda one: one.answered(channel, answer, time.perf_counter() - started))

    with step("question"):
        yield answered


def judged(verdict: str) -> None:
    """A verdict on an answer has been kept."""
    _tell(lambda one: one.judged(verdict))


def requested(request: Requested) -> None:
    """An HTTP request has been dealt with."""
    _tell(lambda one: one.requested(request))


def records_failed(kind: str) -> None:
    """The records could not be read or written."""
    _tell(lambda one: one.records_failed(kind))


@contextmanager
def step(name: str) -> Iterator[None]:
    """Around a step of the work; `name` is one of a few."""
    with ExitStack() as stack:
        for one in _observers:
            stack.enter_context(one.step(name))
        yield


def _tell(said: Callable[[Observer], None]) -> None:
    for one in _observers:
        try:
            said(one)
        except Exception as error:  # nobody goes without an answer because it could not be counted
            log().error("exception", exc_info=error)
