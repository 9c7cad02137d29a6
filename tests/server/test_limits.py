"""Slow, large and too many requests: each is told so, and the others go on."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from bot.settings import Settings
from tests.server.running import MAIN, QUESTION, Running, copied, eventually, running

# The same service with less patience, so that the tests need none.
IMPATIENT = f"""
import bot.server.protocol
import bot.server.limits
bot.server.protocol.HEAD_SECONDS = 0.3
bot.server.limits.SizeLimit.__init__.__defaults__ = (0.3,)
{MAIN}
"""
VIETNAMESE = re.compile(r"[ạảấầẩậếềểệốồổộớờởợứừửựịỉọỏụủỹỷđ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def service(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = copied(settings, tmp_path_factory.mktemp("limits") / "data")
    with running(data, program=IMPATIENT) as started:
        yield started


def said(service: Running, sent: bytes) -> tuple[int, dict[str, str], dict[str, object]]:
    """Status, headers and problem that come back for bytes, after which the connection is closed."""
    address = httpx.URL(service.address)
    with socket.create_connection((address.host, address.port or 0), timeout=30) as connection:
        connection.sendall(sent)
        received = b""
        while part := connection.recv(65536):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(status.split()[1]), headers, json.loads(body)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Le", 408, "request_timeout"),
        (b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{", 408, "request_timeout"),
        (b"GET /" + b"a" * 17_000, 431, "head_too_large"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * 17_000, 431, "head_too_large"),
        (b"GET /v1/x HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * 17_000 + b"\r\n\r\n", 431, "head_too_large"),
        (b"GET /v1/x?" + b"a" * 17_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 431, "head_too_large"),
        (
            b"POST /telegram/webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n" + b"x" * 65_537,
            413,
            "body_too_large",
        ),
        (b"\x16\x03\x01 this is no HTTP\r\n\r\n", 400, "invalid_request"),
        (
            b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n" + b"x" * 65_537,
            413,
            "body_too_large",
        ),
    ],
)
def test_each_limit_is_a_problem_in_vietnamese(service: Running, sent: bytes, status: int, code: str) -> None:
    found, headers, problem = said(service, sent)
    assert (found, problem["status"], problem["code"]) == (status, status, code)
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert VIETNAMESE.search(str(problem["detail"]))
    with service.client() as client:
        assert client.get("/healthz").status_code == 200


def test_a_connection_without_a_word_is_closed(service: Running) -> None:
    address = httpx.URL(service.address)
    with socket.create_connection((address.host, address.port or 0), timeout=30) as connection:
        assert connection.recv(1) == b""


def test_a_slow_head_of_a_second_request_is_not_waited_for_either(service: Running) -> None:
    address = httpx.URL(service.address)
    with socket.create_connection((address.host, address.port or 0), timeout=30) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200" in connection.recv(65536)
        connection.sendall(b"GET /heal")
        received = b""
        while part := connection.recv(65536):
            received += part
    assert b"HTTP/1.1 408" in received


def test_a_question_that_takes_longer_than_a_head_may_is_answered(service: Running) -> None:
    with ThreadPoolExecutor(30) as pool, service.client() as client:
        asked = [pool.submit(client.post, "/v1/ask", json={"question": f"{QUESTION} {n}"}) for n in range(30)]
        assert {future.result().status_code for future in asked} == {200}


def test_streams_that_nobody_feeds_take_no_place(data: Path) -> None:
    """Over MCP nothing is ever sent on a GET, which would wait for ever: it is refused, however many ask for it."""
    with running(data) as service, ExitStack() as stack, service.client() as client:
        address = httpx.URL(service.address)
        sent = b"GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
        heads = []
        for _ in range(101):
            connection = stack.enter_context(socket.create_connection((address.host, address.port or 0), timeout=30))
            connection.sendall(sent)
            heads.append(connection)
        assert client.get("/v1/documents").status_code == 200
        answers = [connection.recv(65536).decode() for connection in heads]
        assert {answer.split(" ")[1] for answer in answers} == {"405"}
        assert all("\r\nallow: POST\r\n" in answer.lower().replace("post", "POST") for answer in answers)
        assert client.delete("/mcp").status_code == 405
        assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 200


def test_a_head_of_the_size_that_is_told_is_taken(service: Running) -> None:
    with service.client() as client:
        assert client.get("/healthz", headers={"cookie": "a" * 15_500}).status_code == 200


def test_connections_of_a_worker_are_limited_beyond_what_it_answers(data: Path) -> None:
    with running(data, DANVAN_REQUESTS_AT_ONCE="1") as service, ExitStack() as stack:
        address = httpx.URL(service.address)
        for _ in range(520):
            stack.enter_context(socket.create_connection((address.host, address.port or 0), timeout=30))
        with service.client() as client:
            eventually(lambda: client.get("/healthz").status_code == 503, 5)
        stack.close()
        with service.client() as client:
            eventually(lambda: client.get("/healthz").status_code == 200)


def test_more_than_a_worker_takes_are_told_to_come_again(data: Path) -> None:
    with running(data, DANVAN_REQUESTS_AT_ONCE="2") as service, ThreadPoolExecutor(20) as pool:
        with service.client() as client:
            asked = [pool.submit(client.post, "/v1/ask", json={"question": f"{QUESTION} {n}"}) for n in range(20)]
            answers = [future.result() for future in asked]
            assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 200
        busy = [answer for answer in answers if answer.status_code == 503]
        assert {answer.status_code for answer in answers} == {200, 503}
        assert busy[0].json()["code"] == "busy"
        assert int(busy[0].headers["retry-after"]) > 0
        assert VIETNAMESE.search(busy[0].json()["detail"])
