"""Starting the service: everything that can be wrong is said before it starts."""

from __future__ import annotations

import errno
import functools
import multiprocessing
import socket
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import uvicorn

from bot import command_texts
from bot.access.choice import is_restricted
from bot.error_messages import describe
from bot.logs import configure_logs, log
from bot.metrics.folder import shared_folder
from bot.server.limits import MOST_HEAD_BYTES
from bot.server.protocol import PatientProtocol
from bot.server.workers import supervise
from bot.settings import Settings
from bot.telegram.configuration import configuration, is_configured
from index.errors import DanvanError

if TYPE_CHECKING:
    from fastapi import FastAPI

# A kept connection is free for the next client after so many seconds.
_KEEP_ALIVE = 15
# Connections of a worker beyond the requests that it takes: kept ones, slow ones, and such as are told to come again.
# A system gives a process 1,024 descriptors by default.
_CONNECTIONS_BESIDE = 500
# A worker that does not answer its parent for so long is replaced; on a busy machine starting takes several seconds.
_HEALTHCHECK = 30


class AddressError(DanvanError):
    """The address and port cannot be listened on; the message is complete."""


class StartError(DanvanError):
    """Index, model or records cannot be used; the message is complete."""


def run(settings: Settings) -> None:
    """Serve until interrupted. Raises a `DanvanError` where index, model, records or address cannot be used."""
    configure_logs(settings)
    is_restricted(settings)  # raises where nobody has chosen
    if is_configured(settings):
        configuration(settings)
    _check(settings)
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        functools.partial(application, settings),
        factory=True,
        http=PatientProtocol,
        ws="none",
        workers=settings.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.forwarded_allow),
        forwarded_allow_ips=list(settings.forwarded_allow),
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
        limit_concurrency=settings.requests_at_once + _CONNECTIONS_BESIDE,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        timeout_worker_healthcheck=_HEALTHCHECK,
    )
    print(command_texts.serving(settings.host, port), flush=True)
    log().info("serving", host=settings.host, port=port, workers=settings.workers)
    with listener, shared_folder(settings.data):
        if settings.workers == 1:
            uvicorn.Server(config).run(sockets=[listener])
        else:
            supervise(config, listener)


def application(settings: Settings) -> FastAPI:
    """The application of one worker process, to which the settings come through a pipe, and never as arguments."""
    from bot.server.app import create_app

    configure_logs(settings)
    return create_app(settings)


def _check(settings: Settings) -> None:
    """Open all that a worker opens; with several workers in a process that ends, which keeps their parent small."""
    if settings.workers == 1:
        problem = _problem_of_opening(settings)
    else:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            problem = pool.submit(_problem_of_opening, settings).result()
    if problem is not None:
        raise StartError(problem)


def _problem_of_opening(settings: Settings) -> str | None:
    from bot.service import open_service

    try:
        with open_service(settings):
            return None
    except DanvanError as error:
        return describe(error)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressError(command_texts.port_busy(host, port)) from None
        raise AddressError(command_texts.address_unusable(host, port, error.strerror or str(error))) from None
    return listener
