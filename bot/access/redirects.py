"""Where a browser goes on after signing in: only to a place of ours."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

SIGN_IN = "/sign-in"
_LONGEST = 2000


def sign_in_for(path: str, query: str) -> str:
    """The sign-in page, from which one goes on to a place."""
    place = f"{path}?{query}" if query else path
    return SIGN_IN if place == "/" else f"{SIGN_IN}?{urlencode({'next': place})}"


def own_place(place: str) -> str:
    """The place, or "/" where it is another host's, or no path: browsers read "//" and a backslash as a host.

    >>> own_place("/duties?level=xã"), own_place("//khac.vn"), own_place("https://khac.vn/")
    ('/duties?level=xã', '/', '/')
    """
    odd = len(place) > _LONGEST or "\\" in place or any(ord(letter) < 33 for letter in place)
    if odd or not place.startswith("/") or place.startswith("//"):
        return "/"
    try:
        parts = urlsplit(place)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc or parts.path == SIGN_IN else place
