"""Duties chosen by directive, level and body: "Việc của tôi"."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from index.facts.duties import includes
from index.facts.records import Duty
from index.library import Library

Level = Literal["tỉnh", "huyện", "xã"]


class DutyFilter(BaseModel):
    """Restricts duties; empty restricts nothing. "Các cấp" binds every level."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str | None = Field(default=None, description="Document id")
    level: Level | None = Field(default=None, description="Duties that bind bodies of this level")
    body: str | None = Field(default=None, max_length=200, description="Duties that bind this body, as “UBND xã”")


def chosen_duties(library: Library, chosen: DutyFilter) -> list[Duty]:
    """The duties of a library that a filter lets through, in the order of the texts.

    Raises `UnknownDocumentError`.
    """
    if chosen.document is not None:
        library.directive(chosen.document)
    return [duty for duty in library.facts.duties if _is_chosen(duty, chosen)]


def _is_chosen(duty: Duty, chosen: DutyFilter) -> bool:
    if chosen.document not in (None, duty.document_id):
        return False
    if chosen.level and chosen.level not in duty.levels and not _binds(duty, f"cấp {chosen.level}"):
        return False
    return not (chosen.body and chosen.body.strip()) or _binds(duty, chosen.body)


def _binds(duty: Duty, body: str) -> bool:
    return any(includes(one, body, duty.levels) for one in (duty.actor, *duty.coordinators) if one)
