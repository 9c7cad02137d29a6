"""The cookie of somebody who is signed in: a random token, signed; the session itself is in the records."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import Request, Response
from itsdangerous import BadSignature, Signer

from bot.settings import Settings

_NAME = "danvan_session"
_SALT = b"danvan session"


class SessionCookie:
    """Reads and writes it. Over HTTPS its name begins with `__Host-`: no other host can set it."""

    def __init__(self, settings: Settings, key: bytes, longest: timedelta) -> None:
        self._public = urlsplit(settings.public_url or "")
        self._signer = Signer(key, _SALT, key_derivation="hmac", digest_method=hashlib.sha256)
        self._seconds = int(longest.total_seconds())

    def token(self, request: Request) -> str | None:
        """The token, where the cookie is there and its signature is ours."""
        value = request.cookies.get(self._name(request), "")
        try:
            return self._signer.unsign(value).decode() if value else None
        except (BadSignature, UnicodeError):
            return None

    def write(self, request: Request, response: Response, token: str) -> None:
        """Sign a browser in."""
        value = self._signer.sign(token).decode()
        self._set(request, response, value, self._seconds)

    def remove(self, request: Request, response: Response) -> None:
        """Sign a browser out, and have it forget what it stored of the pages."""
        self._set(request, response, "", 0)
        response.headers["clear-site-data"] = '"cache"'

    def is_secure(self, request: Request) -> bool:
        """Whether the browser came by HTTPS, to us or to a proxy that does not say so but whose address is known."""
        public = self._public.scheme == "https" and self._public.hostname == request.url.hostname
        return request.url.scheme == "https" or public

    def _set(self, request: Request, response: Response, value: str, seconds: int) -> None:
        response.set_cookie(
            self._name(request),
            value,
            max_age=seconds,
            path="/",
            secure=self.is_secure(request),
            httponly=True,
            samesite="lax",
        )

    def _name(self, request: Request) -> str:
        return f"__Host-{_NAME}" if self.is_secure(request) else _NAME


def cookie_of(request: Request) -> SessionCookie:
    """The cookie of the running service."""
    cookie: SessionCookie = request.app.state.session_cookie
    return cookie
