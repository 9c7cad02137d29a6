"""Every way in which keeping records can fail, as a type; `bot.messages` says each in Vietnamese.

`place` is the file, or the server's URL without its password.
"""

from __future__ import annotations

from index.errors import DanvanError


class RecordsUnavailableError(DanvanError):
    """Records cannot be kept or read now; what was acknowledged before is not touched."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place, problem
        super().__init__(f"{place}: {problem}")


class RecordsReadOnlyError(RecordsUnavailableError):
    """The folder, the file or the database may not be written."""


class RecordsFullError(RecordsUnavailableError):
    """No space is left."""


class RecordsDamagedError(RecordsUnavailableError):
    """The database, or one record of it, cannot be read."""


class RecordsUnreachableError(RecordsUnavailableError):
    """The database server does not answer, or does not let the program in."""


class RecordsBusyError(RecordsUnavailableError):
    """Others kept the database locked, or all connections in use, for too long."""


class RecordsNewerError(RecordsUnavailableError):
    """A newer version of the program has changed the tables."""


class DatabaseUrlError(RecordsUnavailableError):
    """`DANVAN_DATABASE_URL` does not name a database that can be used."""

    def __init__(self, problem: str) -> None:
        super().__init__("DANVAN_DATABASE_URL", problem)


class SecretKeyError(RecordsUnavailableError):
    """The file with the key of the hashes cannot be used."""


class UnknownTurnError(DanvanError):
    """This person has no such turn: it was never there, has been deleted, or is another person's."""

    def __init__(self, turn_id: str) -> None:
        self.turn_id = turn_id
        super().__init__(f"no turn {turn_id!r} of this person")
