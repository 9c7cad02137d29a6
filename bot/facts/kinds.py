"""The kinds of facts and the forms in which they leave the program; light to import."""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo

from index.errors import DanvanError

Kind = Literal["metadata", "references", "definitions", "outline", "duties", "inconsistencies"]
Format = Literal["table", "jsonl", "csv", "xlsx", "docx", "ics"]

# Days are those of Viet Nam, wherever the program runs.
HERE = ZoneInfo("Asia/Ho_Chi_Minh")

MEDIA_TYPES: dict[Format, str] = {
    "table": "text/plain; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
}

# As a browser saves them.
FILE_NAMES: dict[Kind, str] = {
    "metadata": "thong-tin-van-ban",
    "references": "van-ban-vien-dan",
    "definitions": "thuat-ngu",
    "outline": "de-cuong",
    "duties": "viec-phai-lam",
    "inconsistencies": "cho-khong-khop",
}


class FormatError(DanvanError):
    """This kind of facts has no such form: only duties have dates for a calendar."""

    def __init__(self, kind: Kind, form: Format) -> None:
        self.kind, self.form = kind, form
        super().__init__(f"{kind} cannot be written as {form}; only duties can")
