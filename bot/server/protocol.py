"""HTTP/1.1 as uvicorn speaks it, for clients of all kinds: slow ones, and such as send what is no request."""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.http.problems import MEDIA_TYPE, Code, ProblemError, problem_of
from bot.problem_texts import PROBLEM_DETAILS
from bot.server.headers import HEADERS

# Seconds in which they must have arrived; uvicorn itself would wait for ever.
HEAD_SECONDS = 10.0


class PatientProtocol(H11Protocol):
    """Waits `HEAD_SECONDS` for the head of a request; a bad head is answered as a problem in Vietnamese."""

    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client that connects has something to ask."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Wait on where the head is not whole yet, and not longer for that."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._stop_waiting()
        elif self._head is None:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Called while the parser's error is handled, which says whether the head was too long."""
        error = sys.exc_info()[1]
        too_long = isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431
        self._refuse("head_too_large" if too_long else "invalid_request", 431 if too_long else 400)

    def _await_head(self) -> None:
        self._head = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _too_slow(self) -> None:
        self._head = None
        # A browser opens connections ahead: one on which nothing came is closed without a word.
        if not self.transport.is_closing() and self.conn.trailing_data[0]:
            self._refuse("request_timeout", 408)
        else:
            self.transport.close()

    def _refuse(self, code: Code, status: int) -> None:
        """A response outside any request: there is no request, so there is neither id nor line in the log."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            problem = problem_of(ProblemError(code, PROBLEM_DETAILS[code])).model_copy(update={"status": status})
            body = problem.model_dump_json().encode()
            headers = [
                ("content-type", MEDIA_TYPE),
                ("content-length", str(len(body))),
                *HEADERS.items(),
                ("connection", "close"),
            ]
            for event in (
                h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase.encode()),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
