"""Answers to taps on inline buttons."""

from __future__ import annotations

import time

from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.methods.registry import method
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.world import CallbackQuery, InlineQuery, World

LONGEST_NOTICE = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answerable(world: World, query: CallbackQuery | InlineQuery | None) -> CallbackQuery | InlineQuery:
    """The query, when it can still be answered, which is once."""
    if query is None or query.answer is not None or time.monotonic() - query.asked > world.query_lifetime:
        raise bad_request(TOO_OLD)
    return query


@method("answerCallbackQuery")
def answer_callback_query(world: World, given: Parameters) -> bool:
    query = answerable(world, world.callbacks.get(given.text("callback_query_id")))
    if len(given.text("text")) > LONGEST_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {
        "text": given.text("text"),
        "show_alert": given.flag("show_alert"),
        "url": given.text("url"),
        "cache_time": given.number("cache_time"),
    }
    return True
