"""Writing what a command made: to a file, or to standard output as it is."""

from __future__ import annotations

import sys
from pathlib import Path

from index.errors import UnusableFileError


def write_output(content: bytes, path: Path | None) -> None:
    """Write bytes; raises `UnusableFileError` where the file cannot be written."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnusableFileError(path, None, f"cannot be written ({error.strerror})") from None
