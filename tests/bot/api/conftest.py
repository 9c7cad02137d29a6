from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bot.settings import Settings
from tests.serving import start, stop


@pytest.fixture(scope="package")
def address(settings: Settings) -> Iterator[str]:
    """A running service over the product's corpus."""
    process, address = start(settings)
    yield address
    stop(process)


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A person's own client: it keeps the cookie that it is given."""
    with httpx.Client(base_url=address, timeout=30) as opened:
        yield opened
