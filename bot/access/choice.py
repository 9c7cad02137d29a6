"""Open or restricted: chosen by a setting, and by nobody's oversight."""

from __future__ import annotations

import ipaddress

from bot.access import texts
from bot.settings import Settings
from bot.storage.access.errors import AccessError


class AccessUnsetError(AccessError):
    """The service would listen beyond this machine, and nobody has said who may use it; the message is complete."""


def is_restricted(settings: Settings) -> bool:
    """Whether callers need a credential. Raises `AccessUnsetError`."""
    if settings.access is None and not is_loopback(settings.host):
        raise AccessUnsetError(texts.access_unset(settings.host))
    return settings.access == "restricted"


def is_loopback(host: str) -> bool:
    """Whether an address or name can only be this machine."""
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def is_address(host: str) -> bool:
    """Whether this is an IP address, and no name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
