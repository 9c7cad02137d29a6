"""Other programs with a key: OpenAI's form and MCP, over the restricted service."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.bot.access.conftest import Restricted

QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"


def test_a_chat_program_asks_with_its_key_as_it_would_ask_openai(service: Restricted) -> None:
    body = {"model": "danvan-assistant", "messages": [{"role": "user", "content": QUESTION}]}
    with service.client(service.key("chat")) as program:
        assert "chủ tịch UBND" in program.post("/v1/chat/completions", json=body).text
        assert program.get("/v1/models").status_code == 200
        assert program.post("/v1/ask", json={"question": QUESTION}).status_code == 403


def ask(address: str, key: str, **arguments: Any) -> Any:
    async def asked() -> Any:
        shown = {"authorization": f"Bearer {key}"}
        async with (
            httpx.AsyncClient(headers=shown, timeout=30) as http,
            Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
        ):
            return await client.call_tool("ask", arguments)

    return asyncio.run(asked())


def test_an_mcp_client_asks_with_its_key_and_has_its_own_conversations(service: Restricted) -> None:
    one, other = service.key("mcp"), service.key("mcp")
    first = ask(service.address, one, question=QUESTION).structured_content
    named = first["conversation_id"]
    again = ask(service.address, one, question="thế cấp tỉnh?", conversation_id=named).structured_content
    assert "cấp tỉnh" in again["answer"]
    strange = ask(service.address, other, question="thế cấp tỉnh?", conversation_id=named).structured_content
    assert strange["answer"] != again["answer"], "what the first one asked is not known to the other"


def test_an_mcp_client_without_a_key_or_with_another_scope_is_refused(service: Restricted) -> None:
    for key in ("danvan_wrong", service.key("ask")):
        with pytest.raises(Exception, match=r"40[13]|unhandled|Forbidden|Unauthorized|errors"):
            ask(service.address, key, question=QUESTION)
