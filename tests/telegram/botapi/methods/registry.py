"""The methods of the Bot API by their names, which Telegram compares without regard to case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.world import World

Method = Callable[[World, Parameters], Any]
METHODS: dict[str, tuple[str, Method]] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Registers a function as a method; it gets the world (locked) and returns the call's `result`."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = (name, function)
        return function

    return register
