"""Outside facts, dated and sourced: what has changed since a directive was issued (`docs/directives/context.toml`).

They are shown apart from an answer and never mixed with a quotation.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from index.directive import Directive
from index.errors import ContextError
from index.facts.records import Deadline
from index.normalise.keys import fold, number_key
from index.tables import read_tables

CONTEXT = "context.toml"

# TOML has dates of its own; a quoted one is as good. A number is neither.
IsoDate = Annotated[date, BeforeValidator(lambda value: date.fromisoformat(value) if isinstance(value, str) else value)]


class Fact(BaseModel):
    """What every outside fact has.

    `dated` is the day of the source, or of the fact where the source has no day. Where only month or year is known,
    it and `since` are the last day of it, and `precise_to` says so: such a day is never shown.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1, description="Where it is from, in Vietnamese")
    dated: IsoDate = Field(description="Day of the source or of the fact")
    status: Literal["verified", "unverified"] = Field(default="verified", description="Whether the source was read")
    precise_to: Literal["day", "month", "year"] = Field(default="day", description="How exactly the days are known")
    note: str | None = Field(default=None, min_length=1, description="What a reader must know, in Vietnamese")


class Body(Fact):
    """A body that has another name now, or has ended (`today` is missing)."""

    old: tuple[str, ...] = Field(min_length=1, description="Its names in the directives")
    today: str | None = Field(default=None, min_length=1, description="The body that has its tasks now")
    level: Literal["trung ương", "tỉnh", "huyện", "xã"] | None = None
    since: IsoDate = Field(description="From which day, at the latest")


class Place(Fact):
    """A province, or a level of local government, that is something else now; read from `old` to `today` only."""

    old: str = Field(min_length=1)
    merged_with: tuple[str, ...] = ()
    today: tuple[str, ...] = Field(default=(), description="Empty where the level has ended")
    kind: Literal["province", "unchanged", "level"]
    since: IsoDate


class Replaced(Fact):
    """A cited document that another one replaces, or may replace (`status`)."""

    type: str = Field(min_length=1)
    number: str = Field(min_length=1)
    by: str = Field(min_length=1, description="The replacing document, as it is cited")
    since: IsoDate = Field(description="Day of the replacing document, or from which it is in force")


class SourceError(Fact):
    """What a directive states wrongly of something outside it."""

    document_id: str
    about: str = Field(min_length=1, description="Type and number of the cited document")
    written: str = Field(min_length=1, description="As the directive writes it")
    right: str = Field(min_length=1)


class Ended(Fact):
    """Directives whose issuing body or whose period has ended: nothing falls due from them any more."""

    document_ids: tuple[str, ...] = Field(min_length=1)
    scope: Literal["issuer", "period"]
    since: IsoDate
    why: str = Field(min_length=1, description="In Vietnamese")


class Context(BaseModel):
    """All outside facts; empty where a corpus has no such file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    body: tuple[Body, ...] = ()
    place: tuple[Place, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    source_error: tuple[SourceError, ...] = ()
    ended: tuple[Ended, ...] = ()

    def body_today(self, name: str) -> tuple[Body, ...]:
        """What is known of a body by one of its old names, case and diacritics aside."""
        return tuple(one for one in self.body if fold(name) in map(fold, one.old))

    def place_today(self, name: str) -> Place | None:
        """What became of a place by its old name; a name of today leads nowhere back."""
        return next((one for one in self.place if fold(one.old) == fold(name)), None)

    def replacement(self, kind: str, number: str) -> Replaced | None:
        """What replaces a cited document, by type and number in any writing."""
        wanted = fold(kind), number_key(number)
        return next((one for one in self.replaced if (fold(one.type), number_key(one.number)) == wanted), None)


def load_context(folder: Path, known: Collection[str] | None = None) -> Context:
    """Read and check a corpus folder's outside facts; `known` are the catalogue's document ids.

    A missing file is an empty context. Raises `ContextError` with file, table and key for anything unknown, missing,
    misspelt, of a wrong kind, or about a document that the catalogue does not hold.
    """
    path = folder / CONTEXT
    if not path.exists():
        return Context()
    context = read_tables(path, Context, ContextError)
    if known is not None:
        _check_documents(path, context, known)
    return context


def ended(context: Context, directive: Directive, today: date) -> Ended | None:
    """Why nothing falls due from a directive any more on that day; the earliest reason, None where there is none."""
    reasons = [one for one in context.ended if directive.id in one.document_ids and one.since <= today]
    return min(reasons, key=lambda one: one.since, default=None)


def next_date(deadline: Deadline, today: date, ended: Ended | None) -> date | None:
    """The next day by which a yearly duty is due, today included; None where it is not yearly or has ended.

    "trước ngày 30/11" excludes the day itself: the last day is the 29th. A 29 February is the 28th in a common year.

    >>> next_date(Deadline("trước ngày 30/11", month_day="11-30", inclusive=False), date(2025, 11, 30), None)
    datetime.date(2026, 11, 29)
    """
    if deadline.month_day is None or (ended is not None and ended.since <= today):
        return None
    month, day = (int(part) for part in deadline.month_day.split("-"))
    for year in (today.year, today.year + 1, today.year + 2):
        last = _day(year, month, day) - timedelta(days=0 if deadline.inclusive else 1)
        if last >= today:
            return last if ended is None or last < ended.since else None
    return None


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, day) if (month, day) != (2, 29) else date(year, 3, 1) - timedelta(days=1)


def _check_documents(path: Path, context: Context, known: Collection[str]) -> None:
    for number, error in enumerate(context.source_error, 1):
        if error.document_id not in known:
            raise ContextError(path, f"source_error.{number}", "document_id", _unknown(error.document_id, known))
    for number, entry in enumerate(context.ended, 1):
        for one in entry.document_ids:
            if one not in known:
                raise ContextError(path, f"ended.{number}", "document_ids", _unknown(one, known))


def _unknown(document_id: str, known: Collection[str]) -> str:
    return f"{document_id!r} is not in the catalogue, which holds {', '.join(sorted(known))}"
