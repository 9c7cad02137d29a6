"""Faults on order and at random, and Telegram's own limits."""

from __future__ import annotations

from collections import Counter

import httpx
import pytest

from tests.telegram.botapi import (
    BotApi,
    Fault,
    FloodLimits,
    Window,
    blocked,
    chat_migrated,
    chat_not_found,
    delay,
    drop_after,
    drop_before,
    flood,
    refusal,
    server_error,
)
from tests.telegram.botapi.conftest import Ask


@pytest.mark.parametrize(
    ("fault", "status", "description"),
    [
        (flood(3), 429, "Too Many Requests: retry after 3"),
        (server_error(), 500, "Internal Server Error"),
        (blocked(), 403, "Forbidden: bot was blocked by the user"),
        (chat_not_found(), 400, "Bad Request: chat not found"),
        (chat_migrated(-1001), 400, "Bad Request: group chat was upgraded to a supergroup chat"),
        (refusal(400, "Bad Request: TOPIC_CLOSED"), 400, "Bad Request: TOPIC_CLOSED"),
    ],
)
def test_a_refusal_has_no_effect(
    api: BotApi, chat: Window, client: httpx.Client, ask: Ask, fault: Fault, status: int, description: str
) -> None:
    api.fail("sendMessage", fault)
    answer = client.post(f"{api.base_url}{api.token}/sendMessage", json={"chat_id": chat.id, "text": "x"})
    assert (answer.status_code, answer.json()["description"]) == (status, description)
    assert chat.messages == []
    assert ask("sendMessage", chat_id=chat.id, text="x")["ok"], "once only"
    assert [(call.outcome, call.accepted) for call in api.calls()] == [(str(status), False), ("ok", True)]


def test_parameters_of_refusals(api: BotApi, chat: Window, ask: Ask) -> None:
    api.fail(None, flood(0.5))
    api.fail(None, chat_migrated(-1001))
    assert ask("sendMessage", chat_id=chat.id, text="x")["parameters"] == {"retry_after": 0.5}
    assert ask("sendMessage", chat_id=chat.id, text="x")["parameters"] == {"migrate_to_chat_id": -1001}


def test_a_proxy_error_is_no_json(api: BotApi, client: httpx.Client) -> None:
    api.fail("getMe", server_error(502))
    answer = client.post(f"{api.base_url}{api.token}/getMe")
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (502, "text/html")


def test_drops_before_and_after_acceptance(api: BotApi, chat: Window, ask: Ask) -> None:
    api.fail("sendMessage", drop_before())
    api.fail("sendMessage", drop_after())
    for visible in (0, 1):
        with pytest.raises(httpx.RemoteProtocolError):
            ask("sendMessage", chat_id=chat.id, text="x")
        assert len(chat.from_bot) == visible
    outcomes = [(call.outcome, call.accepted) for call in api.calls("sendMessage")]
    assert outcomes == [("dropped before", False), ("dropped after", True)]


def test_an_error_after_acceptance(api: BotApi, chat: Window, ask: Ask) -> None:
    api.fail("sendMessage", server_error(500, accepted=True))
    assert ask("sendMessage", chat_id=chat.id, text="x")["error_code"] == 500
    assert len(chat.from_bot) == 1


def test_a_late_answer_is_accepted_at_once(api: BotApi, chat: Window, client: httpx.Client) -> None:
    api.fail("sendMessage", delay(1.0))
    with pytest.raises(httpx.ReadTimeout):
        client.post(f"{api.base_url}{api.token}/sendMessage", json={"chat_id": chat.id, "text": "x"}, timeout=0.2)
    assert chat.wait(1)


def test_rules_count_skip_and_choose_chats(api: BotApi, chat: Window, ask: Ask) -> None:
    other = api.private(api.user("Bình"))
    rule = api.fail("sendMessage", flood(1), times=2, skip=1, chat=other)
    codes = [
        ask("sendMessage", chat_id=where.id, text="x").get("error_code") for where in [chat, other, other, other, other]
    ]
    assert codes == [None, None, 429, 429, None]
    assert rule.struck == 2
    api.fail(None, flood(1), times=None)
    assert not ask("getMe")["ok"]
    api.mend()
    assert ask("getMe")["ok"]


def test_faults_at_random_are_the_same_with_the_same_seed(chat: Window, api: BotApi, ask: Ask) -> None:
    def struck() -> list[str]:
        api.fail_randomly([flood(1), server_error()], share=0.3, methods=["getMe"], seed=5)
        codes = [str(ask("getMe").get("error_code", "ok")) for _ in range(60)]
        api.mend()
        return codes

    first = struck()
    assert first == struck()
    counted = Counter(first)
    assert set(counted) == {"ok", "429", "500"}
    assert 6 <= counted["429"] + counted["500"] <= 32
    api.fail_randomly([flood(1)], share=1, at_most=3)
    assert sum(not ask("getMe")["ok"] for _ in range(5)) == 3


def test_telegrams_own_limits(api: BotApi, ask: Ask) -> None:
    api.flood_limits = FloodLimits(per_second=1000, chat_per_second=1000, burst=1000, group_per_minute=20)
    group = api.group("Nhóm", members=[api.user("Anna")])
    answers = [ask("sendMessage", chat_id=group.id, text="x") for _ in range(21)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False]
    assert 1 <= answers[-1]["parameters"]["retry_after"] <= 60
    api.flood_limits = None
    assert ask("sendMessage", chat_id=group.id, text="x")["ok"]
