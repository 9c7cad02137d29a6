"""Duties as the bot shows them: with their key, the day that is coming, or why none comes any more."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from bot.facts.calendar import last_day
from bot.facts.duties import DutyFilter, chosen_duties
from index.context import Context, ended, next_date
from index.facts.records import Duty
from index.library import Library


@dataclass(frozen=True, slots=True)
class Shown:
    """A duty, and how it stands on a day: `coming` is the last day on which it can be done."""

    duty: Duty
    key: str
    coming: date | None
    over: str | None
    past: date | None


def shown_duties(library: Library, chosen: DutyFilter, today: date) -> list[Shown]:
    """The chosen duties, in the order of the texts."""
    return [shown(library, duty, today) for duty in chosen_duties(library, chosen)]


def coming_duties(library: Library, today: date) -> list[Shown]:
    """Duties of which a reminder makes sense, the next one first."""
    found = [one for one in shown_duties(library, DutyFilter(), today) if one.coming is not None]
    return sorted(found, key=lambda one: (one.coming or today, one.key))


def by_key(library: Library, duty_key: str, today: date) -> Shown | None:
    """The duty that a button or a reminder stands for; None where the index does not hold it any more."""
    found = next((duty for duty in library.facts.duties if key_of(library, duty) == duty_key), None)
    return None if found is None else shown(library, found, today)


def key_of(library: Library, duty: Duty) -> str:
    """Sixteen hexadecimal digits that stand for a duty, by its words: an edit elsewhere in the text changes nothing."""
    quote = duty.span.of(library.directive(duty.document_id).text)
    written = duty.deadline.written if duty.deadline else ""
    identity = "\n".join((duty.document_id, duty.task, quote, written))
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def shown(library: Library, duty: Duty, today: date) -> Shown:
    """How a duty stands on a day."""
    context, directive = library.context, library.directive(duty.document_id)
    end = ended(context, directive, today)
    over = end.why if end else _body_over(context, duty, today)
    coming = past = None
    if duty.deadline is not None and over is None:
        day = next_date(duty.deadline, today, None) if duty.deadline.month_day else last_day(duty.deadline, today)
        if day is not None and day < today:
            past = day
        # What ends before the day falls due no more, although it has not ended yet.
        elif day is not None and ended(context, directive, day) is None and _body_over(context, duty, day) is None:
            coming = day
    return Shown(duty, key_of(library, duty), coming, over, past)


def _body_over(context: Context, duty: Duty, today: date) -> str | None:
    """Why a duty's own body, or its only level, has ended; None where it has not, or another body took over."""
    for name in filter(None, (duty.actor, duty.recipient)):
        for body in context.body_today(name):
            if body.today is None and body.since <= today:
                return f"{body.old[0]} đã kết thúc hoạt động."
    if len(duty.levels) == 1:
        place = context.place_today(f"cấp {duty.levels[0]}")
        if place is not None and place.kind == "level" and not place.today and place.since <= today:
            return f"{place.old[:1].upper()}{place.old[1:]} đã kết thúc."
    return None
