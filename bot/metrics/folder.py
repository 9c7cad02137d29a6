"""The folder in which the processes of a service count together (prometheus_client's multi-process mode).

    <data>/metrics/<pid>-<random>/    a running service: `in-use.lock`, and files of each of its processes

`danvan serve` and `danvan telegram` have a folder each, of the same data folder; what is read is the sum over all.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import portalocker

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_LOCK = "in-use.lock"
# The files of a process have this size from the start: one that grows on a full disk would end the process (SIGBUS).
# All series of the service take about a tenth. Bytes.
_SIZE = 1 << 20


@contextmanager
def shared_folder(data: Path) -> Iterator[None]:
    """Count in a new folder, in this process and in those that it starts, until the block ends.

    Call before prometheus_client is imported for the first time. Folders that a killed service left are removed.
    Where no folder can be made, each process counts for itself.
    """
    folder = data.absolute() / "metrics" / f"{os.getpid()}-{secrets.token_hex(4)}"
    try:
        _clean(folder.parent)
        folder.mkdir(parents=True, mode=0o700)
        handle = (folder / _LOCK).open("a", encoding="ascii")
    except OSError:
        yield
        return
    with handle:
        portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
        os.environ[VARIABLE] = str(folder)
        try:
            yield
        finally:
            os.environ.pop(VARIABLE, None)
            shutil.rmtree(folder, ignore_errors=True)


def own_folder() -> Path | None:
    """The folder in which this process counts; None where it counts for itself."""
    folder = os.environ.get(VARIABLE)
    return Path(folder) if folder else None


def reserve() -> None:
    """Give the files of this process their place on the disk; where there is none, it counts for itself."""
    folder = own_folder()
    if folder is None:
        return
    try:
        for kind in ("counter", "histogram"):
            handle = os.open(folder / f"{kind}_{os.getpid()}.db", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, _SIZE)
            finally:
                os.close(handle)
    except OSError:
        for path in folder.glob(f"*_{os.getpid()}.db"):
            path.unlink(missing_ok=True)
        os.environ.pop(VARIABLE, None)


def all_files(folder: Path) -> list[str]:
    """The files of all processes of all services that share a data folder."""
    return [str(path) for path in sorted(folder.parent.glob("*/*.db"))]


def processes(folder: Path) -> list[int]:
    """The processes that have counted in a folder, living or not."""
    return sorted({int(path.stem.rpartition("_")[2]) for path in folder.glob("*.db")})


def _clean(parent: Path) -> None:
    for folder in parent.glob("*-*"):
        try:
            with (folder / _LOCK).open("a", encoding="ascii") as handle:
                portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except portalocker.LockException:
            continue
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
