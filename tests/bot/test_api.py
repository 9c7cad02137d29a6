"""The service over real HTTP: a process, a port, requests."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import httpx
import pytest

from bot.settings import Settings
from index.build import build
from index.directive import Directive
from index.settings import IndexSettings

SERVE = [sys.executable, "-c", "from bot.cli import main; main()", "serve"]


def start(settings: IndexSettings) -> tuple[subprocess.Popen[str], str]:
    environment = os.environ | {"DANVAN_DATA": str(settings.data), "DANVAN_CORPUS": str(settings.corpus)}
    process = subprocess.Popen([*SERVE, "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    address = re.search(r"http://[\d.:]+", process.stdout.readline())
    assert address is not None
    return process, address.group()


def stop(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    return process.returncode


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[httpx.Client]:
    process, address = start(settings)
    with httpx.Client(base_url=address, timeout=30) as opened:
        yield opened
    stop(process)


def test_ask_answers_with_a_verbatim_citation(client: httpx.Client, directives: dict[str, Directive]) -> None:
    question = {"question": "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"}
    response = client.post("/v1/ask", json=question)
    assert response.status_code == 200
    answer = response.json()
    assert "chủ tịch UBND" in answer["answer"]
    citation = answer["citations"][0]
    assert citation["document_id"] == "nghe-an-04-da-tu-2021"
    assert citation["quote"] == directives[citation["document_id"]].text[citation["start"] : citation["end"]]


def test_filters_are_read(client: httpx.Client) -> None:
    body = {"question": "công tác dân vận", "filters": {"province": "Phú Yên"}}
    citations = client.post("/v1/ask", json=body).json()["citations"]
    assert {citation["province"] for citation in citations} <= {"Phú Yên"}


@pytest.mark.parametrize("question", ["", " \n", "x" * 5000, "\u0007"])
def test_a_question_that_cannot_be_read_is_422_with_an_answer(client: httpx.Client, question: str) -> None:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 422
    assert response.json()["status"] == "rejected"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"question": 3}',
        b'{"question": "x", "other": 1}',
        b'{"question": "x", "filters": {"year": 1}}',
    ],
)
def test_a_request_of_another_form_is_a_problem(client: httpx.Client, body: bytes) -> None:
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "invalid_request"


def test_bytes_that_are_no_text_unknown_addresses_and_methods_are_problems(client: httpx.Client) -> None:
    wrong = client.post("/v1/ask", content=b"\xff", headers={"content-type": "application/json"})
    for response, status in ((wrong, 400), (client.get("/none"), 404), (client.get("/v1/ask"), 405)):
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["status"] == status


def test_lone_surrogates_and_a_huge_body(client: httpx.Client) -> None:
    content = rb'{"question": "4 an l\ud800 g\u00ec"}'
    assert client.post("/v1/ask", content=content, headers={"content-type": "application/json"}).status_code in (
        200,
        422,
    )
    assert client.post("/v1/ask", json={"question": "x" * 100_000}).status_code == 413


def test_facts_are_served_as_rows_and_as_files(client: httpx.Client) -> None:
    items = client.get("/v1/facts/references", params={"document": "hai-duong-18-ct-ubnd-2016"}).json()["items"]
    assert {item["document_id"] for item in items} == {"hai-duong-18-ct-ubnd-2016"}
    for form, media in (("csv", "text/csv"), ("jsonl", "application/x-ndjson"), ("ics", "text/calendar")):
        response = client.get("/v1/facts/duties", params={"form": form})
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(media)
    assert client.get("/v1/facts/duties", params={"form": "xlsx"}).content[:2] == b"PK"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/facts/none", 404),
        ("/v1/facts/duties?document=none", 404),
        ("/v1/facts/references?form=ics", 422),
        ("/v1/facts/duties?form=pdf", 422),
    ],
)
def test_facts_that_are_not_there_are_problems(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_health_names_the_generation(client: httpx.Client) -> None:
    assert client.get("/healthz").json()["generation"]


def test_a_running_service_takes_up_a_new_generation(small_corpus: Callable[..., IndexSettings]) -> None:
    settings = small_corpus({"one": "Việc cũ."})
    build(settings)
    process, address = start(settings)
    try:
        before = httpx.get(f"{address}/healthz").json()["generation"]
        small_corpus({"one": "Việc mới."})
        after, _ = build(settings)
        assert httpx.get(f"{address}/healthz").json()["generation"] == after.id != before
    finally:
        assert stop(process) == -signal.SIGTERM, "stopped by the signal, after its requests"


def test_a_busy_port_is_a_sentence(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = os.environ | {"DANVAN_DATA": str(settings.data)}
        outcome = subprocess.run(
            [*SERVE, "--port", port], capture_output=True, text=True, env=environment, check=False, timeout=60
        )
    assert outcome.returncode == 1
    assert port in outcome.stderr
    assert "Traceback" not in outcome.stderr
