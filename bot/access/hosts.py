"""Under which names the service may be asked: a page of another site cannot reach it by a name of its own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.access.choice import is_address, is_loopback
from bot.settings import Settings

# A name or address, in brackets where it has colons, and perhaps a port: nothing that a URL reads as another part.
_WRITTEN = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s\[\]:/?#@\\,%]+)(?::[0-9]{1,5})?")


class Hosts:
    """The names of the settings, that of `DANVAN_PUBLIC_URL`, and loopback names.

    Where the service listens beyond this machine every IP address is taken, too: only a name can be made to point
    elsewhere (DNS rebinding).
    """

    def __init__(self, settings: Settings) -> None:
        public = urlsplit(settings.public_url).hostname if settings.public_url else None
        self._names = {name.lower().rstrip(".") for name in (*settings.hosts, public or "", settings.host) if name}
        self._addresses = not is_loopback(settings.host)

    def takes(self, header: str | None) -> bool:
        """Whether a `Host` header is one of ours; its port does not matter."""
        written = _WRITTEN.fullmatch(header or "")
        if written is None:
            return False
        host = written[1].strip("[]").lower().rstrip(".")
        if is_loopback(host) or host in self._names or (self._addresses and is_address(host)):
            return True
        return any(name.startswith("*.") and host.endswith(name[1:]) for name in self._names)
