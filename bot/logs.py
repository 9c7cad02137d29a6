"""Logs for who runs the service: one line an event on standard error, JSON for programs or plain for a terminal.

A line never holds what people typed: no question, no query string, no cookie, no person. The text of an unforeseen
exception may quote a question, so it is told only at the level debug; its type and its stack always are.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.settings import Settings

_FRAMES = 20  # the innermost ones of a stack

_notes: ContextVar[dict[str, object] | None] = ContextVar("danvan_notes", default=None)


def configure_logs(settings: Settings) -> None:
    """Send all log messages of this process, uvicorn's included, to standard error in the form that is set."""
    form = settings.log_format or ("text" if sys.stderr.isatty() else "json")
    level = logging.getLevelName(settings.log_level.upper())
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _worker,
        _failure(with_text=level == logging.DEBUG),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *before, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=False,
    )
    written: Processor = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else _as_text
    formatter = ProcessorFormatter(
        foreign_pre_chain=[*before, _of_library],
        processors=[ProcessorFormatter.remove_processors_meta, _ordered, written],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.root.handlers = [handler]
    # Libraries are heard where something is wrong; a log that cannot be written is no reason to say so in it.
    logging.root.setLevel(max(level, logging.WARNING))
    for name in ("danvan", "uvicorn"):
        logging.getLogger(name).setLevel(level)
    logging.raiseExceptions = False


def log() -> BoundLogger:
    """The program's own log: `log().info("purge", turns=3)`."""
    logger: BoundLogger = structlog.stdlib.get_logger("danvan")
    return logger


def note(**fields: object) -> None:
    """Say something of the request that is being answered; it stands in the one line of that request."""
    notes = _notes.get()
    if notes is not None:
        notes.update(fields)


@contextmanager
def request_log(request_id: str) -> Iterator[dict[str, object]]:
    """All lines inside carry the id, also those of threads that are started there; gives what is noted meanwhile."""
    notes: dict[str, object] = {}
    token = _notes.set(notes)
    try:
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            yield notes
    finally:
        _notes.reset(token)


def _worker(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event["worker"] = os.getpid()
    return event


def _failure(with_text: bool) -> Processor:
    def processor(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        told = event.pop("exc_info", None)
        error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
        if isinstance(error, BaseException):
            event["exception"] = type(error).__qualname__
            event["traceback"] = _stacks(error)
            if with_text:
                event["exception_text"] = str(error)
        return event

    return processor


def _stacks(error: BaseException) -> list[str]:
    """Where an exception was raised, and each that it came from, the first one first; without their texts."""
    lines: list[str] = []
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    for one in reversed(chain):
        for frame in traceback.extract_tb(one.__traceback__)[-_FRAMES:]:
            lines.append(f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line or ''}")
        lines.append(type(one).__qualname__)
    return lines


def _of_library(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A library's sentence is no event of ours."""
    record: logging.LogRecord = event["_record"]
    event["message"] = event["event"]
    event["event"] = record.name.partition(".")[0]
    return event


def _ordered(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    first = ("time", "level", "event")
    return {key: event[key] for key in first if key in event} | {
        key: value for key, value in event.items() if key not in first
    }


def _as_text(_: WrappedLogger, __: str, event: EventDict) -> str:
    """`11:03:27 info request method=POST …`, a stack on lines of its own."""
    stack: list[str] = event.pop("traceback", [])
    head = f"{event.pop('time')[11:19]} {event.pop('level')} {event.pop('event')}"
    fields = " ".join(f"{key}={value}" for key, value in event.items())
    return "\n    ".join([f"{head} {fields}".replace("\n", " "), *stack])
