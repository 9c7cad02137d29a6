"""A stand-in of a test's own, and plain HTTP calls to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.telegram.botapi import BotApi, Person, Window

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as running:
        yield running


@pytest.fixture
def anna(api: BotApi) -> Person:
    return api.user("Anna", username="anna_pham")


@pytest.fixture
def chat(api: BotApi, anna: Person) -> Window:
    return api.private(anna)


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10) as opened:
        yield opened


@pytest.fixture
def ask(api: BotApi, client: httpx.Client) -> Ask:
    """Calls a method with a JSON body; the whole answer."""

    def call(method: str, **values: Any) -> dict[str, Any]:
        answer: dict[str, Any] = client.post(f"{api.base_url}{api.token}/{method}", json=values).json()
        assert ("result" in answer) is answer["ok"]
        return answer

    return call


@pytest.fixture
def refused(ask: Ask) -> Callable[..., str]:
    """Calls a method that must be refused; the description."""

    def call(method: str, **values: Any) -> str:
        answer = ask(method, **values)
        assert not answer["ok"], answer
        description: str = answer["description"]
        return description

    return call
