"""Which addresses Telegram takes for a link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.telegram.botapi.errors import ApiError, bad_request

USER = re.compile(r"tg://user/?\?id=([0-9]+)", re.IGNORECASE)


def user_of_link(url: str) -> int | None:
    """The user that `tg://user?id=…` names."""
    found = USER.fullmatch(url)
    return int(found[1]) if found else None


def check_link(url: str, of: str) -> str:
    """The address as Telegram stores it (a lower-case host, at least a slash); `of` names it in the error.

    Raises:
        ApiError: 400, "… URL '…' is invalid: …".
    """
    full = url.strip() if "://" in url else f"http://{url.strip()}"
    invalid = f"{of} URL '{url}' is invalid: "
    try:
        parts = urlsplit(full)
        port = parts.port
    except ValueError:
        raise bad_request(invalid + "Wrong HTTP URL") from None
    if parts.scheme in ("tg", "ton", "tonsite"):
        return full
    if parts.scheme not in ("http", "https"):
        raise bad_request(invalid + "Unsupported URL protocol")
    host = parts.hostname or ""
    if not host:
        raise bad_request(invalid + "URL host is empty")
    if "." not in host.strip(".") or re.search(r"[\s<>\"']", full):
        # So `http://localhost:8080/` is none: seen by everyone who tried such a button.
        raise bad_request(invalid + "Wrong HTTP URL")
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}{query}{fragment}"


def checked_link(url: str) -> str | None:
    """The address as Telegram stores it, or nothing: a text link to a wrong address is left out without an error."""
    try:
        return check_link(url, "entity")
    except ApiError:
        return None
