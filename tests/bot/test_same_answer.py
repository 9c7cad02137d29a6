"""curl, an OpenAI client and an MCP client get the same answer with the same citations to the same question."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from typing import Any

import openai
import pytest
from mcp import Client

from bot.settings import Settings
from tests.serving import start, stop

QUESTIONS = (
    "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?",
    "Vì sao Phú Yên chỉ đặt mục tiêu 60% xã đạt chuẩn nông thôn mới?",
    "Số điện thoại đường dây nóng là số nào?",
)
# What two answers to the same question may differ in.
_OWN = ("conversation_id", "elapsed_ms")


def by_curl(address: str, question: str) -> Any:
    command = ["curl", "-s", f"{address}/v1/ask", "-H", "content-type: application/json"]
    said = subprocess.run(
        [*command, "-d", json.dumps({"question": question})], capture_output=True, check=True, timeout=60
    )
    return json.loads(said.stdout)


def by_openai(address: str, question: str) -> Any:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        completion = client.chat.completions.create(
            model="danvan-assistant", messages=[{"role": "user", "content": question}]
        )
    assert completion.model_extra is not None
    answer = completion.model_extra["danvan"]
    assert (completion.choices[0].message.content or "").startswith(answer["answer"])
    return answer


def by_mcp(address: str, question: str) -> Any:
    async def asked() -> Any:
        async with Client(f"{address}/mcp") as client:
            return (await client.call_tool("ask", {"question": question})).structured_content

    return asyncio.run(asked())


def test_three_clients_get_the_same(settings: Settings) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine")
    process, address = start(settings)
    try:
        for question in QUESTIONS:
            answers = [ask(address, question) for ask in (by_curl, by_openai, by_mcp)]
            same = [{key: value for key, value in one.items() if key not in _OWN} for one in answers]
            assert same[0] == same[1] == same[2], question
            assert answers[0]["status"] in ("answered", "corrected", "not_found")
    finally:
        stop(process)
