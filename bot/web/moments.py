"""Days and moments as offices write them, in the time of Viet Nam."""

from __future__ import annotations

from datetime import datetime

from bot.facts.kinds import HERE
from index.structure.address import office_date

__all__ = ["moment", "office_date"]


def moment(value: datetime) -> str:
    """A moment as "14 giờ 05, ngày 05/9/2026".

    >>> from datetime import UTC
    >>> moment(datetime(2026, 9, 5, 7, 5, tzinfo=UTC))
    '14 giờ 05, ngày 05/9/2026'
    """
    here = value.astimezone(HERE)
    return f"{here.hour:02d} giờ {here.minute:02d}, ngày {office_date(here.date().isoformat())}"
