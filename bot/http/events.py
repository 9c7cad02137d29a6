"""Server-sent events, as they are written and as the OpenAPI document tells of them."""

from __future__ import annotations

import json
from typing import Any

MEDIA_TYPE = "text/event-stream"
HEADERS = {"cache-control": "no-cache"}


def event(data: Any, name: str | None = None) -> str:
    """One event; JSON has no line breaks of its own."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(data, ensure_ascii=False)}\n\n"


def documented_events(*names: str) -> dict[str, Any]:
    """The content of a response that is a stream of events with these names."""
    named: dict[str, Any] = {"type": "string", "enum": list(names)} if names else {"type": "string"}
    schema = {
        "type": "object",
        "properties": {"event": named, "data": {"type": "string", "description": "JSON"}},
        "required": ["data"],
    }
    return {MEDIA_TYPE: {"schema": schema}}
