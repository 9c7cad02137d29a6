"""Several worker processes behind one listening socket."""

from __future__ import annotations

import signal
import socket
import time

import uvicorn
from uvicorn.supervisors import Multiprocess

from bot import command_texts
from index.errors import DanvanError

# Seconds beyond what its requests may take, after which a worker that has not ended is killed.
_GRACE = 5


class WorkersError(DanvanError):
    """No worker could be started; the message is complete."""


def supervise(config: uvicorn.Config, listener: socket.socket) -> None:
    """Run the workers until a signal, and replace those that end; then end by that signal, as one process would."""
    workers = _Workers(config, [listener])
    workers.run()
    if workers.stopped_by is None:
        raise WorkersError(command_texts.WORKERS_FAILED)
    signal.signal(workers.stopped_by, signal.SIG_DFL)
    signal.raise_signal(workers.stopped_by)


class _Workers(Multiprocess):
    """uvicorn's supervisor, which remembers what stopped it and does not wait for a worker that hangs."""

    stopped_by: signal.Signals | None = None

    def handle_int(self) -> None:
        """Ctrl+C."""
        self.stopped_by = signal.SIGINT
        super().handle_int()

    def handle_term(self) -> None:
        """What a service manager sends."""
        self.stopped_by = signal.SIGTERM
        super().handle_term()

    def join_all(self) -> None:
        """Each worker ends its requests by itself."""
        deadline = time.monotonic() + (self.config.timeout_graceful_shutdown or 0) + _GRACE
        for worker in self.processes:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.exitcode is None:
                worker.process.kill()
                worker.process.join()
