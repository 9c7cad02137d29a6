"""How often a person, a key or an address may come; counted by each worker for itself."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from bot.access.caller import Caller
from bot.access.choice import is_loopback
from bot.settings import Settings


class Rates:
    """Counts requests in a sliding minute."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._person, self._key = _limit(settings.rate_person), _limit(settings.rate_key)
        self._address = _limit(settings.rate_address)

    def wait_of(self, caller: Caller, address: str) -> int:
        """Count a request; 0, or seconds after which the next one is taken."""
        match caller.kind:
            case "person":
                return self._wait(self._person, f"person:{caller.id}")
            case "key":
                return self._wait(self._key, f"key:{caller.id}")
        return self.wait_of_address(address)

    def wait_of_address(self, address: str) -> int:
        """The same for a request without a valid credential; this machine's own are not counted."""
        return 0 if is_loopback(address) else self._wait(self._address, f"address:{address}")

    def _wait(self, limit: RateLimitItem | None, who: str) -> int:
        if limit is None or self._limiter.hit(limit, who):
            return 0
        return max(1, math.ceil(self._limiter.get_window_stats(limit, who).reset_time - time.time()))


def source_of(address: str) -> str:
    """An address as attempts are counted: of IPv6 the network that one line is given (/64)."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    mapped = getattr(parsed, "ipv4_mapped", None)
    if mapped is not None:
        return str(mapped)
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network(f"{parsed}/64", strict=False))


def _limit(a_minute: int) -> RateLimitItem | None:
    return RateLimitItemPerMinute(a_minute) if a_minute else None
