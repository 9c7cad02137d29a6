"""Duties chosen by directive, level, body and deadline: "Việc của tôi"."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from index.facts.duties import includes
from index.facts.records import Duty
from index.library import Library
from index.normalise.keys import has_diacritics

Level = Literal["tỉnh", "huyện", "xã"]


class DutyFilter(BaseModel):
    """Restricts duties; empty restricts nothing. "Các cấp" binds every level."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str | None = Field(default=None, description="Document id")
    level: Level | None = Field(default=None, description="Duties that bind bodies of this level")
    body: str | None = Field(
        default=None, max_length=200, description="Duties that bind this body, as “UBND xã”; also without diacritics"
    )
    dated: bool = Field(default=False, description="Only duties with a deadline")
    unnamed: bool = Field(
        default=False, description="With a level or body: also clauses that name no body, which may bind it"
    )


def chosen_duties(library: Library, chosen: DutyFilter) -> list[Duty]:
    """The duties of a library that a filter lets through, in the order of the texts.

    Raises `UnknownDocumentError`.
    """
    if chosen.document is not None:
        library.directive(chosen.document)
    read = chosen.model_copy(update={"body": body_read(library, chosen.body)})
    return [duty for duty in library.facts.duties if _is_chosen(duty, read)]


def body_read(library: Library, body: str | None) -> str | None:
    """A body's name as it is looked for: abbreviations written out and, where it has none, diacritics restored."""
    name = " ".join((body or "").split())
    if not name:
        return None
    # Learnt models: only who asks for a body waits for them.
    from bot.question.expansion import expand
    from bot.question.question import clean
    from bot.question.restoration import restorer

    written = expand(clean(name), library)
    return (written if has_diacritics(written) else restorer(library).restore(written)) or None


def is_unnamed(duty: Duty) -> bool:
    """Whether its clause says what is to be done, but not by whom."""
    return duty.actor is None


def _is_chosen(duty: Duty, chosen: DutyFilter) -> bool:
    if chosen.document not in (None, duty.document_id) or (chosen.dated and duty.deadline is None):
        return False
    if chosen.unnamed and is_unnamed(duty):
        return True
    if chosen.level and chosen.level not in duty.levels and not _binds(duty, f"cấp {chosen.level}"):
        return False
    return chosen.body is None or _binds(duty, chosen.body)


def _binds(duty: Duty, body: str) -> bool:
    return any(includes(one, body, duty.levels) for one in (duty.actor, *duty.coordinators) if one)
