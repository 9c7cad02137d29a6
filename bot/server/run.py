"""Starting the service: everything that can be wrong is said before it starts."""

from __future__ import annotations

import errno
import socket

import uvicorn

from bot import messages
from bot.server.app import create_app
from bot.settings import Settings
from bot.telegram.configuration import configuration, is_configured
from index.errors import DanvanError
from index.library import Library


class AddressError(DanvanError):
    """The address and port cannot be listened on; the message is complete."""


def run(settings: Settings) -> None:
    """Serve until interrupted. Raises a `DanvanError` where index, model or address cannot be used."""
    if is_configured(settings):
        configuration(settings)
    Library.open(settings).close()
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    config = uvicorn.Config(create_app(settings), log_level="warning", access_log=False)
    print(messages.serving(settings.host, port), flush=True)
    with listener:
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressError(messages.port_busy(host, port)) from None
        raise AddressError(messages.address_unusable(host, port, error.strerror or str(error))) from None
    return listener
