"""Under which names the service may be asked: a page of another site cannot reach it by a name of its own."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.access.choice import is_address, is_loopback
from bot.settings import Settings


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
        try:
            host = urlsplit(f"//{header or ''}").hostname
        except ValueError:
            return False
        if not host or "@" in (header or "") or "/" in (header or ""):
            return False
        host = host.rstrip(".")
        if is_loopback(host) or host in self._names or (self._addresses and is_address(host)):
            return True
        return any(name.startswith("*.") and host.endswith(name[1:]) for name in self._names)
