"""Why a backup cannot be made or restored; `bot.messages` says each in Vietnamese."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from index.errors import DanvanError

Reason = Literal[
    "exists",  # a file that would be overwritten
    "unwritable",
    "unreadable",
    "not_a_backup",
    "damaged",
    "newer",  # written by a newer program
    "no_records",  # nothing is kept yet
    "foreign",  # the database holds tables of something else
    "not_empty",  # records would be overwritten
    "no_key",  # the key of the people is missing
    "other_key",  # another key is in use
    "inconsistent",  # what the file says does not fit together
]


class BackupError(DanvanError):
    """`path`: the backup, or the place of the records; `detail`: what is wrong with it, in English or a name."""

    def __init__(self, path: Path | str, reason: Reason, detail: str = "") -> None:
        self.path, self.reason, self.detail = str(path), reason, detail
        super().__init__(f"{path}: {reason} {detail}".strip())
