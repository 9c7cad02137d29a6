"""Building the index beside the running service, in a process of its own that gives way to whoever asks.

<data>/rebuild.json    how the last build went
<data>/rebuild.lock    held by the process that builds
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import portalocker
from pydantic import BaseModel, ValidationError

from bot import problem_texts
from bot.error_messages import describe
from bot.settings import Settings
from index.build import build
from index.errors import BuildLockedError, DanvanError

_STATE, _LOCK = "rebuild.json", "rebuild.lock"
# A process takes seconds to start; one that has not begun after so long never will.
_STARTING = timedelta(seconds=60)
# Whoever asks comes first.
_NICE = 15


class Rebuild(BaseModel):
    """The last build that was asked for while the service ran."""

    state: Literal["starting", "running", "built", "unchanged", "failed", "interrupted"]
    begun_at: datetime
    ended_at: datetime | None = None
    done: int = 0
    total: int = 0
    documents: int = 0
    passages: int = 0
    problem: str | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether another one would have to wait."""
        return self.state in ("starting", "running")


def last_rebuild(data: Path) -> Rebuild | None:
    """How the last build goes, or went; None where there was none."""
    try:
        found = Rebuild.model_validate_json((data / _STATE).read_bytes())
    except (OSError, ValidationError):
        return None
    if found.state == "starting" and datetime.now(UTC) - found.begun_at < _STARTING:
        return found
    if found.is_going_on and not _is_held(data):
        # Read again: it may have ended between the two looks.
        again = Rebuild.model_validate_json((data / _STATE).read_bytes())
        return again.model_copy(update={"state": "interrupted"}) if again.is_going_on else again
    return found


def start_rebuild(settings: Settings) -> Rebuild:
    """Begin to build, where corpus, program or model have changed, and come back at once. Raises `BuildLockedError`."""
    last = last_rebuild(settings.data)
    if last is not None and last.is_going_on:
        raise BuildLockedError(settings.data)
    begun = Rebuild(state="starting", begun_at=datetime.now(UTC))
    _keep(settings.data, begun)
    # A daemon ends with the service: a build that is cut off leaves the published generation as it was.
    multiprocessing.get_context("spawn").Process(target=_run, args=(settings, begun), daemon=True).start()
    return begun


def _run(settings: Settings, begun: Rebuild) -> None:
    os.nice(_NICE)
    with (settings.data / _LOCK).open("a", encoding="ascii") as lock:
        try:
            portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.LockException:
            return
        _keep(settings.data, begun.model_copy(update={"state": "running"}))
        ended = _outcome(settings, begun)
        _keep(settings.data, ended.model_copy(update={"ended_at": datetime.now(UTC)}))


def _outcome(settings: Settings, begun: Rebuild) -> Rebuild:
    try:
        manifest, fresh = build(settings, _progress(settings.data, begun))
    except DanvanError as error:
        return begun.model_copy(update={"state": "failed", "problem": describe(error)})
    except Exception:
        return begun.model_copy(update={"state": "failed", "problem": problem_texts.PROBLEM_DETAILS["internal_error"]})
    told = {"documents": manifest.documents, "passages": manifest.passages}
    return begun.model_copy(update={"state": "built" if fresh else "unchanged", **told})


def _progress(data: Path, begun: Rebuild) -> Callable[[int, int], None]:
    told = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= 1:
            told = time.monotonic()
            _keep(data, begun.model_copy(update={"state": "running", "done": done, "total": total}))

    return progress


def _is_held(data: Path) -> bool:
    try:
        with (data / _LOCK).open("a", encoding="ascii") as lock:
            portalocker.lock(lock, portalocker.LOCK_SH | portalocker.LOCK_NB)
    except portalocker.LockException:
        return True
    except OSError:
        return False
    return False


def _keep(data: Path, state: Rebuild) -> None:
    fresh = data / f"{_STATE}.{os.getpid()}"
    fresh.write_text(state.model_dump_json(), encoding="utf-8")
    fresh.replace(data / _STATE)
