"""Duties with a date as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from bot import messages
from index.context import Context, ended
from index.directive import Directive
from index.facts.records import Deadline, Duty
from index.library import Library
from index.structure.address import citation_line

_QUARTER_ENDS = {"Q1": (3, 31), "Q2": (6, 30), "Q3": (9, 30), "Q4": (12, 31)}


def duties_calendar(library: Library, duties: Sequence[Duty], today: date) -> bytes:
    """One all-day event for each duty that has a date, a quarter, a year or a day of every year.

    A duty whose issuer or period has ended is shown as cancelled, with the reason; nothing has an alarm.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//danvan-assistant//duties//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", messages.CALENDAR)
    for duty in duties:
        if duty.deadline and (day := last_day(duty.deadline, today)):
            calendar.add_component(_event(library, duty, duty.deadline, day, today))
    return bytes(calendar.to_ical())


def last_day(deadline: Deadline, today: date) -> date | None:
    """The last day on which a duty can be done, a recurring one this year; None where no calendar day follows."""
    if deadline.date:
        day = date.fromisoformat(deadline.date)
    elif deadline.quarter:
        year, quarter = deadline.quarter.split("-")
        day = date(int(year), *_QUARTER_ENDS[quarter])
    elif deadline.year:
        day = date(deadline.year, 12, 31)
    elif deadline.month_day:
        month, number = map(int, deadline.month_day.split("-"))
        day = date(today.year, month, min(number, 28 if month == 2 else number))
    else:
        return None
    return day if deadline.inclusive else day - timedelta(days=1)


def _event(library: Library, duty: Duty, deadline: Deadline, day: date, today: date) -> Event:
    directive = library.directive(duty.document_id)
    over = _over(library.context, directive, deadline, day, today)
    event = Event()
    identity = f"{duty.document_id}:{duty.span.start}-{duty.span.end}:{deadline.written}"
    event.add("uid", hashlib.sha256(identity.encode()).hexdigest()[:24] + "@danvan-assistant")
    event.add("dtstamp", datetime.combine(today, datetime.min.time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    if deadline.month_day and not over:
        event.add("rrule", {"freq": "yearly"})
    event.add("summary", messages.duty_event(duty.task, over is not None))
    quote = duty.span.of(directive.text)
    line = citation_line(directive, directive.provision(duty.provision_id))
    event.add("description", "\n".join(filter(None, [f"“{quote}”", line, over])))
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _over(context: Context, directive: Directive, deadline: Deadline, day: date, today: date) -> str | None:
    """Why a duty no longer runs; None where it does."""
    if (end := ended(context, directive, today)) is not None:
        return messages.duty_ended(end.why, end.source)
    if not deadline.month_day and day < today:
        return messages.duty_past(day)
    return None
