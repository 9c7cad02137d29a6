"""Conversations and feedback over HTTP: they go on, and are a person's own."""

from __future__ import annotations

import httpx
import pytest

FIRST = "Đề án 04 của Nghệ An ban hành ngày nào?"


def ask(client: httpx.Client, question: str, conversation: str | None = None) -> httpx.Response:
    response = client.post("/v1/ask", json={"question": question, "conversation_id": conversation})
    assert response.status_code == 200
    return response


def test_a_conversation_goes_on_and_is_read_back(client: httpx.Client) -> None:
    first = ask(client, FIRST).json()
    identity = first["conversation_id"]
    second = ask(client, "văn bản đó do ai ban hành?", identity).json()
    assert "Nghệ An" in second["answer"]
    turns = client.get(f"/v1/conversations/{identity}").json()["turns"]
    assert [turn["answer"]["question"]["text"] for turn in turns] == [FIRST, "văn bản đó do ai ban hành?"]
    assert all(turn["generation"] for turn in turns)
    assert client.get("/v1/conversations").json()["items"][0]["id"] == identity


def test_a_verdict_is_kept_with_question_answer_and_generation(client: httpx.Client) -> None:
    response = ask(client, FIRST)
    body = {"turn_id": response.headers["danvan-turn-id"], "verdict": "wrong", "reason": "thiếu tháng"}
    kept = client.post("/v1/feedback", json=body)
    assert kept.status_code == 201
    assert kept.json()["question"] == FIRST
    assert kept.json()["reason"] == "thiếu tháng"
    assert kept.json()["generation"]


def test_nobody_reads_deletes_or_judges_another_persons(client: httpx.Client, address: str) -> None:
    response = ask(client, FIRST)
    identity, turn = response.json()["conversation_id"], response.headers["danvan-turn-id"]
    with httpx.Client(base_url=address) as other:
        assert other.get(f"/v1/conversations/{identity}").json()["code"] == "unknown_conversation"
        assert other.delete(f"/v1/conversations/{identity}").status_code == 404
        refused = other.post("/v1/feedback", json={"turn_id": turn, "verdict": "right"})
        assert refused.json()["code"] == "unknown_turn"
    assert client.get(f"/v1/conversations/{identity}").status_code == 200


def test_a_deleted_conversation_is_gone(client: httpx.Client) -> None:
    identity = ask(client, FIRST).json()["conversation_id"]
    assert client.delete(f"/v1/conversations/{identity}").json()["turns"] == 1
    assert client.get(f"/v1/conversations/{identity}").status_code == 404


def test_a_program_names_its_own_people(client: httpx.Client, address: str) -> None:
    with httpx.Client(base_url=address, headers={"Danvan-Person": "nv-0127"}) as program:
        identity = ask(program, FIRST).json()["conversation_id"]
        assert "set-cookie" not in program.get("/v1/conversations").headers
        other = program.get(f"/v1/conversations/{identity}", headers={"Danvan-Person": "nv-0128"})
        assert other.status_code == 404
        assert program.delete("/v1/person").json()["turns"] == 1
        assert program.get("/v1/conversations").json()["items"] == []


@pytest.mark.parametrize("cookie", ["", "x", "../..", "0" * 31, "A" * 32])
def test_a_cookie_that_is_not_ours_is_replaced(address: str, cookie: str) -> None:
    response = httpx.get(f"{address}/v1/conversations", headers={"cookie": f"danvan_person={cookie}"})
    assert "HttpOnly; SameSite=Lax" in response.headers["set-cookie"]


@pytest.mark.parametrize(
    "body",
    [
        {"turn_id": "x", "verdict": "maybe"},
        {"turn_id": "", "verdict": "right"},
        {"turn_id": "x", "verdict": "right", "reason": "y" * 2001},
    ],
)
def test_feedback_of_another_form_is_a_problem(client: httpx.Client, body: dict[str, str]) -> None:
    assert client.post("/v1/feedback", json=body).json()["code"] == "invalid_request"
