"""The key of the hashes that stand for people: without it, restored records are nobody's."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from bot.settings import Settings
from bot.storage.backup.archive import Archive
from bot.storage.backup.errors import BackupError
from bot.storage.people import FILE, existing_secret, write_secret


def fingerprint(key: bytes) -> str:
    """16 hexadecimal digits by which a key is known again, and which do not tell it."""
    return hmac.new(key, b"danvan backup", hashlib.sha256).hexdigest()[:16]


def key_to_write(settings: Settings, path: Path, archive: Archive, force: bool) -> bytes | None:
    """The key that the data folder must get; None where the right one is in use.

    Raises `BackupError` where the right one is nowhere, or another one is in use: `force` replaces the one in the
    file, not the one in `DANVAN_SECRET`.
    """
    wanted, held, used = archive.manifest.key, archive.key, existing_secret(settings)
    if held is not None and fingerprint(held) != wanted:
        raise BackupError(path, "damaged", f"{FILE} does not fit its fingerprint")
    if used is not None and fingerprint(used) == wanted:
        return None
    if held is not None and (used is None or (force and settings.secret is None)):
        return held
    raise BackupError(path, "no_key" if used is None else "other_key")


def write_key(settings: Settings, key: bytes) -> None:
    """Put a key into the data folder."""
    write_secret(settings, key)
