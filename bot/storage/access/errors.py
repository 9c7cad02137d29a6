"""What can be wrong with an attempt, or with a name that an administrator gives."""

from __future__ import annotations

from index.errors import DanvanError


class AccessError(DanvanError):
    """Access was asked for, or changed, in a way that cannot be granted."""


class CodeRefusedError(AccessError):
    """The code is wrong, used, or expired, or its person was revoked: which of these is not told."""


class TooManyAttemptsError(AccessError):
    """Too many attempts failed; the next one is looked at in `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"next attempt in {seconds} s")


class UnknownPersonError(AccessError):
    """Nobody with this name or id has access."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"no person {name!r}")


class KnownPersonError(AccessError):
    """Somebody with this name, however it is spelt, has access already."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"a person {name!r} is there")


class LastAdministratorError(AccessError):
    """This is the last administrator, who stays one: nobody could let others in."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name!r} is the last administrator")


class UnknownKeyError(AccessError):
    """No key with this name or id is in force; or several have the name."""

    def __init__(self, name: str, several: bool = False) -> None:
        self.name, self.several = name, several
        super().__init__(f"no key {name!r}" if not several else f"several keys {name!r}")


class OddNameError(AccessError):
    """A name is empty, too long, or holds control characters."""
