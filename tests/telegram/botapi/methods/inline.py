"""Answers to inline queries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.telegram.botapi.entities import Entity
from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.keyboards import Markup, checked, is_inline
from tests.telegram.botapi.methods.callbacks import answerable
from tests.telegram.botapi.methods.messages import text_of
from tests.telegram.botapi.methods.registry import method
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.world import World

MOST_RESULTS = 50
LONGEST_ID = 64


@dataclass(frozen=True)
class InlineResult:
    """One offered result: what the list shows, and the message that choosing it sends."""

    id: str
    title: str
    description: str
    text: str
    entities: Sequence[Entity]
    markup: Markup | None


@method("answerInlineQuery")
def answer_inline_query(world: World, given: Parameters) -> bool:
    query = answerable(world, world.inlines.get(given.text("inline_query_id")))
    offered = given.structure("results")
    if not isinstance(offered, list):
        raise bad_request("expected an Array of inline query results")
    if len(offered) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = [_result(item) for item in offered]
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(given.text("next_offset").encode()) > LONGEST_ID:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = given.structure("button")
    if button and not (button.get("text") and ("web_app" in button or _is_start(button.get("start_parameter", "")))):
        raise bad_request("START_PARAM_INVALID")
    query.answer = {
        "results": results,
        "cache_time": given.number("cache_time", 300),
        "is_personal": given.flag("is_personal"),
        "next_offset": given.text("next_offset"),
        "button": button,
    }
    return True


def _is_start(parameter: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter))


def _result(item: dict[str, Any]) -> InlineResult:
    identifier = str(item.get("id", ""))
    if not 1 <= len(identifier.encode()) <= LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if item.get("type") != "article":
        raise bad_request(f"the stand-in knows no inline result of the type {item.get('type')!r}, only articles")
    if not str(item.get("title", "")).strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = item.get("input_message_content") or {}
    sent = Parameters(
        {
            "text": content.get("message_text"),
            **{name: content.get(name) for name in ("parse_mode", "entities", "link_preview_options")},
        }
    )
    text, entities = text_of(sent)
    markup = checked(item.get("reply_markup"))
    if markup and not is_inline(markup):
        raise bad_request("inline keyboard expected")
    return InlineResult(identifier, item["title"], item.get("description", ""), text, tuple(entities), markup)
