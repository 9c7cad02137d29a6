"""Static files under an address that changes with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
_FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def digest() -> str:
    """A short hash of all static files; they refer to each other by relative addresses, which keep it."""
    together = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        together.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return together.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file; raises `FileNotFoundError` where there is none."""
    if not (FOLDER / name).is_file():
        raise FileNotFoundError(FOLDER / name)
    return f"/static/{digest()}/{name}"


class Assets(StaticFiles):
    """Serves `/static/<digest>/<name>`; what an older page asks for under another digest is not kept for good."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    def get_path(self, scope: Scope) -> str:
        """The file's path behind the digest."""
        return "/".join(super().get_path(scope).split("/")[1:])

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        current = super().get_path(scope).split("/")[0] == digest()
        response.headers["cache-control"] = _FOR_GOOD if current else "no-cache"
        return response
