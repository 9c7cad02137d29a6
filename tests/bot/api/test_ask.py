"""`POST /v1/ask` over real HTTP: answers, events, what cannot be read."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.answering.answer import Answer
from index.directive import Directive

QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"


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
    for response, status in ((wrong, 400), (client.get("/v1/none"), 404), (client.get("/v1/ask"), 405)):
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


def events_of(text: str) -> list[tuple[str, dict[str, object]]]:
    """Server-sent events as (name, data)."""
    events = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_events_tell_the_same_answer(client: httpx.Client) -> None:
    plain = Answer.model_validate(client.post("/v1/ask", json={"question": QUESTION}).json())
    response = client.post("/v1/ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    assert [name for name, _ in events] == ["status", "answer", "citations", "done"]
    assert events[1][1]["answer"] == plain.answer
    done = Answer.model_validate(events[3][1]["answer"])
    assert done.citations == plain.citations
    assert client.post("/v1/feedback", json={"turn_id": events[3][1]["turn_id"], "verdict": "right"}).status_code == 201


def test_every_response_forbids_what_a_page_must_not_load(client: httpx.Client) -> None:
    for response in (
        client.get("/healthz"),
        client.get("/none"),
        client.post("/v1/ask", json={"question": "x" * 99999}),
    ):
        assert "'unsafe-inline'" not in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"


def test_an_address_that_takes_another_method_names_all_that_it_takes(client: httpx.Client) -> None:
    assert client.put("/v1/conversations/x").headers["allow"] == "DELETE, GET"
