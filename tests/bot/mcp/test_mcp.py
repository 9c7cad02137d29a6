"""The MCP server with an MCP client, over standard input and over HTTP."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import httpx
import pytest
from mcp import Client, StdioServerParameters

from bot.answering.answer import Answer, Citation
from bot.facts.models import DutyRow
from bot.settings import Settings
from index.directive import Directive
from tests.serving import start, stop

QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"
Result = TypeVar("Result")


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    process, address = start(settings)
    yield address
    stop(process)


@pytest.fixture(params=["stdio", "http"])
def session(request: pytest.FixtureRequest, settings: Settings) -> Callable[[Callable[[Client], Awaitable[Any]]], Any]:
    """Runs something with a client that is connected by one of the two ways."""
    if request.param == "stdio":
        server: Any = StdioServerParameters(
            command=sys.executable,
            args=["-c", "from bot.cli import main; main()", "mcp"],
            env={"DANVAN_DATA": str(settings.data)},
        )
    else:
        server = f"{request.getfixturevalue('address')}/mcp"

    def run(use: Callable[[Client], Awaitable[Result]]) -> Result:
        async def connected() -> Result:
            async with Client(server) as client:
                return await use(client)

        return asyncio.run(connected())

    return run


def test_every_tool_does_its_work(session: Any, directives: dict[str, Directive]) -> None:
    async def use(client: Client) -> dict[str, Any]:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert names == {"ask", "search", "list_documents", "get_provision", "list_duties", "cite"}

        async def call(name: str, **arguments: Any) -> Any:
            result = await client.call_tool(name, arguments)
            assert not result.is_error, result.content
            return result.structured_content

        answer = Answer.model_validate(await call("ask", question=QUESTION))
        first = answer.citations[0]
        provision = first.url.partition("#")[2]
        return {
            "answer": answer,
            "again": Answer.model_validate(
                await call("ask", question="thế cấp tỉnh?", conversation_id=answer.conversation_id)
            ),
            "search": (await call("search", text="báo cáo", k=3))["items"],
            "documents": (await call("list_documents"))["items"],
            "provision": await call("get_provision", document_id=first.document_id, provision_id=provision),
            "duties": (await call("list_duties", body="UBND xã"))["items"],
            "cite": Citation.model_validate(
                await call("cite", document_id=first.document_id, start=first.start, end=first.end)
            ),
        }

    said = session(use)
    answer = said["answer"]
    first = answer.citations[0]
    assert "chủ tịch UBND" in answer.answer
    assert said["again"].conversation_id == answer.conversation_id
    assert "cấp tỉnh" in said["again"].answer
    assert len(said["search"]) == 3
    assert [one["id"] for one in said["documents"]] == list(directives)
    assert first.quote in said["provision"]["text"]
    assert DutyRow.model_validate(said["duties"][0])
    assert said["cite"].quote == first.quote
    assert said["cite"].citation_line == first.citation_line


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("get_provision", {"document_id": "none", "provision_id": "x"}),
        ("get_provision", {"document_id": "hai-duong-18-ct-ubnd-2016", "provision_id": "none"}),
        ("cite", {"document_id": "hai-duong-18-ct-ubnd-2016", "start": 5, "end": 999_999}),
        ("list_duties", {"document_id": "none"}),
        ("ask", {"question": "x", "document_id": "none"}),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(address: str, name: str, arguments: dict[str, Any]) -> None:
    async def call() -> Any:
        async with Client(f"{address}/mcp") as client:
            return await client.call_tool(name, arguments)

    result = asyncio.run(call())
    text = result.content[0].text
    if name == "ask":
        assert "đang lưu" in text
    else:
        assert result.is_error
        assert "Không có văn bản" in text or "Văn bản không có" in text


def test_a_page_of_another_site_does_not_reach_it(address: str) -> None:
    response = httpx.post(f"{address}/mcp", json={}, headers={"host": "evil.example", "accept": "application/json"})
    assert response.status_code == 421
