"""People stand in the records as keyed hashes: without the key nobody can tell, or try out, who asked."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.settings import Settings
from bot.storage.database import LOCK
from bot.storage.errors import SecretKeyError
from bot.storage.failures import of_system
from bot.storage.file_lock import exclusive

FILE = "secret.key"
_BYTES = 32


def secret_of(settings: Settings) -> bytes:
    """The key: `DANVAN_SECRET`, else that of `<data>/secret.key`, which is made where it is missing.

    Raises `RecordsUnavailableError` where the file can be neither read nor made.
    """
    if settings.secret is not None:
        return settings.secret.get_secret_value().encode()
    path = settings.data.absolute() / FILE
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with exclusive(path.with_name(LOCK)):
                if not path.exists():
                    _write(path, secrets.token_hex(_BYTES).encode())
        key = path.read_bytes().strip()
    except OSError as error:
        raise of_system(str(path), error) from error
    if len(key) < _BYTES:
        raise SecretKeyError(str(path), f"holds {len(key)} characters, at least {_BYTES} are needed")
    return key


def existing_secret(settings: Settings) -> bytes | None:
    """The key that is in use; None where there is none yet. Raises `RecordsUnavailableError`."""
    if settings.secret is None and not (settings.data.absolute() / FILE).exists():
        return None
    return secret_of(settings)


def write_secret(settings: Settings, key: bytes) -> None:
    """Put a key into the data folder in place of the one that is there. Raises `RecordsUnavailableError`."""
    path = settings.data.absolute() / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, key)
    except OSError as error:
        raise of_system(str(path), error) from error


def _write(path: Path, key: bytes) -> None:
    """A power cut leaves the whole file or none."""
    fresh = path.with_name(f"{FILE}.{secrets.token_hex(6)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, key)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(path)


class People:
    """Turns a channel's identities, such as "web:<uuid>" or "telegram:123", into what is stored."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def hashed(self, person: str) -> str:
        """HMAC-SHA256 of an identity, 64 hexadecimal digits. Raises `ValueError` where it is empty."""
        if not person:
            raise ValueError("a person needs an identity")
        return hmac.new(self._secret, person.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
