"""Forms are taken from our own pages only (cross-site request forgery)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from fastapi import Depends, Request

from bot import problem_texts
from bot.http.problems import ProblemError
from bot.http.session_cookie import cookie_of

_SAME = ("same-origin", "none")  # "none": the person's own act, as a reload


def refuse_cross_site(request: Request) -> None:
    """Raise the problem `cross_site` where a browser says that another site made this request.

    A browser says it in `Sec-Fetch-Site`, or, on plain HTTP and where it is old, in `Origin`, which is held against
    the host asked for (also as a proxy passes it on: no page can set that header). Where it is known that the page was
    asked over HTTPS, an `Origin` over plain HTTP is another site, too. A program sends neither.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        own = site in _SAME
    else:
        origin = request.headers.get("origin")
        hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
        own = origin is None or _is_one_of(urlsplit(origin), hosts, cookie_of(request).is_secure(request))
    if not own:
        raise ProblemError("cross_site", problem_texts.PROBLEM_DETAILS["cross_site"])


def _is_one_of(origin: SplitResult, hosts: tuple[str | None, ...], secure: bool) -> bool:
    return origin.netloc in [host for host in hosts if host] and (origin.scheme == "https" or not secure)


OwnPage = Annotated[None, Depends(refuse_cross_site)]
