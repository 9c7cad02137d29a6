"""`/nhac`: reminders of duties with a coming date, in the private chat of who wants them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.facts.kinds import HERE
from bot.storage.telegram.values import Reminder
from bot.telegram import texts
from bot.telegram.duties import Shown, by_key, coming_duties
from bot.telegram.keyboards import Rows, in_rows
from bot.telegram.keys import key
from bot.telegram.markup import Message, Piece, lines, sendable, split
from bot.telegram.patience import kept
from bot.telegram.talk import Talk
from index.library import Library

_SHOWN = 10  # duties, and reminders
_TASK = 300  # characters


def moment(due: date, days_before: int, hour: int) -> datetime:
    """When a reminder is sent."""
    return datetime.combine(due - timedelta(days=days_before), time(hour), HERE)


async def remind(talk: Talk, _: str) -> None:
    """The person's reminders, the duties of which one can be set, and the hour."""
    if not talk.is_private:
        username = talk.desk.bot.username
        await talk.tell(texts.PRIVATE_ONLY, [[(texts.REMIND, f"https://t.me/{username}?start=nhac")]])
        return
    mine = await kept(talk.desk.records.reminders, talk.person)
    hour = (await talk.settings()).hour
    today = datetime.now(HERE).date()
    await talk.show(*await talk.desk.read(lambda library: _overview(library, mine, hour, today)))


async def tapped(talk: Talk, parts: list[str]) -> None:
    """A duty, a number of days, an hour, or a reminder to be dropped."""
    action = parts[0]
    if action == "rn":
        await _choose_days(talk, parts[1])
    elif action == "rd":
        await _set(talk, parts[1], int(parts[2]))
    elif action == "rh":
        if int(parts[1]) in texts.HOURS:
            await move_hour(talk, int(parts[1]))
        await talk.toast()
        await remind(talk, "")
    elif action == "rx":
        await kept(talk.desk.records.remove_reminder, talk.person, int(parts[1]))
        await talk.toast(texts.REMOVED)
        await remind(talk, "")
    else:
        await talk.toast()
        await remind(talk, "")


async def _choose_days(talk: Talk, duty_key: str) -> None:
    today = datetime.now(HERE).date()
    found = await talk.desk.read(lambda library: by_key(library, duty_key, today))
    if found is None or found.coming is None:
        await talk.toast(texts.OVER if found else texts.MOVED_ON, alert=True)
        return
    await talk.toast()
    now, hour = datetime.now(HERE), (await talk.settings()).hour
    possible = [days for days in texts.DAYS_BEFORE if moment(found.coming, days, hour) > now]
    buttons = [(texts.DAYS_BEFORE[days], key("rd", duty_key, days)) for days in possible]
    text = lines(
        [Piece(_task(found))],
        [Piece(texts.coming(found.coming.isoformat()), "bold")],
        [Piece(f"\n{texts.CHOOSE_DAYS if possible else texts.TOO_SOON}")],
    )
    await talk.say([text], [*in_rows(buttons, 2), [(texts.REMIND, key("rl"))]])


async def _set(talk: Talk, duty_key: str, days: int) -> None:
    today = datetime.now(HERE).date()
    found = await talk.desk.read(lambda library: by_key(library, duty_key, today))
    if found is None or found.coming is None or days not in texts.DAYS_BEFORE:
        await talk.toast(texts.OVER if found else texts.MOVED_ON, alert=True)
        return
    hour = (await talk.settings()).hour
    at = moment(found.coming, days, hour)
    if at <= datetime.now(HERE):
        await talk.toast(texts.TOO_SOON, alert=True)
        return
    duty = (found.duty.document_id, duty_key, found.coming)
    if not await kept(talk.desk.records.add_reminder, talk.person, talk.chat.id, duty, days, at):
        await talk.toast(texts.TOO_MANY_REMINDERS, alert=True)
        return
    await talk.toast()
    said = texts.reminder_set(at.date().isoformat(), hour)
    await talk.show(lines([Piece(_task(found))], [Piece(said, "bold")]), [[(texts.MY_REMINDERS, key("rl"))]])


async def move_hour(talk: Talk, hour: int) -> None:
    """Another hour, also for the reminders that are set."""
    await kept(talk.desk.records.choose, talk.chat.id, talk.owner, hour=hour)
    for one in await kept(talk.desk.records.reminders, talk.person):
        at = moment(date.fromisoformat(one.due), one.days_before, hour)
        await kept(talk.desk.records.move_reminder, one.id, at)


def _overview(library: Library, mine: list[Reminder], hour: int, today: date) -> tuple[Message, Rows]:
    coming = coming_duties(library, today)[:_SHOWN]
    by = {one.key: one for one in coming_duties(library, today)}
    rows: list[list[Piece]] = []
    buttons: Rows = []
    if mine:
        rows.append([Piece(texts.MY_REMINDERS, "bold")])
        for number, one in enumerate(mine[:_SHOWN], 1):
            task = _task(by[one.duty]) if one.duty in by else texts.OVER
            on = (date.fromisoformat(one.due) - timedelta(days=one.days_before)).isoformat()
            rows.append([Piece(texts.reminder_line(number, task, one.due, on, hour))])
        buttons += in_rows(
            [(texts.remove_number(number), key("rx", one.id)) for number, one in enumerate(mine[:_SHOWN], 1)], 2
        )
        rows.append([Piece("")])
    if not coming:
        rows.append([Piece(texts.NO_COMING)])
    else:
        rows.append([Piece(texts.COMING_HEAD, "bold")])
        for number, duty in enumerate(coming, 1):
            assert duty.coming is not None
            rows.append([Piece(f"{number}. {_task(duty)}\n"), Piece(texts.coming(duty.coming.isoformat()), "italic")])
        buttons += in_rows(
            [(texts.remind_number(number), key("rn", duty.key)) for number, duty in enumerate(coming, 1)], 2
        )
    if coming or mine:
        hours = [(texts.hour_button(one, one == hour), key("rh", one)) for one in texts.HOURS]
        buttons += in_rows(hours, 4)
    return split(lines(*rows))[0], buttons


def _task(one: Shown) -> str:
    task = " ".join(sendable(one.duty.task).split())
    return task if len(task) <= _TASK else f"{task[:_TASK].rsplit(' ', 1)[0]} …"
