"""How updates reach a bot: long polling, and a webhook."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from tests.telegram.botapi import BotApi, Person, Window
from tests.telegram.botapi.conftest import Ask


def texts(answer: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


def test_an_update_comes_again_until_a_later_offset_confirms_it(
    ask: Ask, api: BotApi, anna: Person, chat: Window
) -> None:
    for word in ("một", "hai", "ba"):
        anna.says(chat, word)
    first = ask("getUpdates")
    assert texts(first) == ["một", "hai", "ba"]
    assert texts(ask("getUpdates")) == ["một", "hai", "ba"]
    ids = [update["update_id"] for update in first["result"]]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert texts(ask("getUpdates", offset=ids[1], limit=1)) == ["hai"]
    assert api.updates_pending == 2
    assert texts(ask("getUpdates", offset=ids[2] + 1)) == []
    assert (api.updates_pending, api.updates_confirmed) == (0, 3)


def test_a_negative_offset_keeps_only_the_last(ask: Ask, anna: Person, chat: Window) -> None:
    for word in ("một", "hai", "ba"):
        anna.says(chat, word)
    assert texts(ask("getUpdates", offset=-1)) == ["ba"]
    assert texts(ask("getUpdates")) == ["ba"]


def test_a_long_poll_returns_as_soon_as_something_comes(ask: Ask, anna: Person, chat: Window) -> None:
    threading.Timer(0.2, anna.says, (chat, "Chào")).start()
    began = time.monotonic()
    assert texts(ask("getUpdates", timeout=8)) == ["Chào"]
    assert time.monotonic() - began < 6


def test_a_long_poll_ends_empty(ask: Ask) -> None:
    assert ask("getUpdates", timeout=1)["result"] == []


def test_only_wanted_kinds_come_and_the_wish_lasts(ask: Ask, anna: Person, chat: Window) -> None:
    ask("getUpdates", allowed_updates=["edited_message"])
    message = anna.says(chat, "một")
    anna.edits(message, "hai")
    assert [list(update)[1] for update in ask("getUpdates")["result"]] == ["edited_message"]
    ask("getUpdates", allowed_updates=[])
    anna.says(chat, "ba")
    assert len(ask("getUpdates")["result"]) == 2


def test_a_second_poller_ends_the_first(ask: Ask, api: BotApi) -> None:
    answers: list[dict[str, Any]] = []
    first = threading.Thread(target=lambda: answers.append(ask("getUpdates", timeout=8)))
    first.start()
    api.wait(lambda: api.calls("getUpdates"))
    assert ask("getUpdates")["ok"]
    first.join()
    assert answers[0]["error_code"] == 409
    assert answers[0]["description"].startswith("Conflict: terminated by other getUpdates request")


def test_polling_and_a_webhook_exclude_each_other(ask: Ask, api: BotApi) -> None:
    answers: list[dict[str, Any]] = []
    poll = threading.Thread(target=lambda: answers.append(ask("getUpdates", timeout=8)))
    poll.start()
    api.wait(lambda: api.calls("getUpdates"))
    assert ask("setWebhook", url="http://127.0.0.1:9/x")["ok"]
    poll.join()
    assert answers[0]["description"] == "Conflict: terminated by setWebhook request"
    assert ask("getUpdates")["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    ask("deleteWebhook")
    assert ask("getUpdates")["ok"]


class Hook:
    """A bot's webhook: keeps what came, and answers with the statuses it is told, then with 200."""

    def __init__(self) -> None:
        self.came: list[tuple[str | None, dict[str, Any]]] = []
        self.statuses: list[int] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.came.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
                self.send_response(hook.statuses.pop(0) if hook.statuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *_: Any) -> None:  # noqa: A002
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/telegram/webhook"

    @property
    def words(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.came]


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    thread = threading.Thread(target=hook.server.serve_forever, args=(0.02,))
    thread.start()
    yield hook
    hook.server.shutdown()
    thread.join()
    hook.server.server_close()


def test_a_webhook_gets_updates_in_order_with_its_secret(
    ask: Ask, api: BotApi, anna: Person, chat: Window, hook: Hook
) -> None:
    anna.says(chat, "trước")
    assert ask("setWebhook", url=hook.url, secret_token="bi_mat-1", allowed_updates=["message"])["ok"]
    for word in ("một", "hai"):
        anna.says(chat, word)
    api.wait_until_confirmed()
    assert hook.words == ["trước", "một", "hai"]
    assert {secret for secret, _ in hook.came} == {"bi_mat-1"}
    info = ask("getWebhookInfo")["result"]
    assert (info["url"], info["pending_update_count"], info["allowed_updates"]) == (hook.url, 0, ["message"])


def test_a_webhook_gets_an_update_again_until_it_says_2xx(
    ask: Ask, api: BotApi, anna: Person, chat: Window, hook: Hook
) -> None:
    hook.statuses = [500, 403]
    ask("setWebhook", url=hook.url)
    anna.says(chat, "một")
    anna.says(chat, "hai")
    api.wait_until_confirmed()
    assert hook.words == ["một", "một", "một", "hai"]
    assert hook.came[0] == hook.came[2]
    info = ask("getWebhookInfo")["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


def test_a_webhook_that_is_away_gets_all_later(ask: Ask, api: BotApi, anna: Person, chat: Window, hook: Hook) -> None:
    ask("setWebhook", url="http://127.0.0.1:9/away")
    anna.says(chat, "một")
    api.wait(lambda: "last_error_message" in ask("getWebhookInfo")["result"])
    assert ask("getWebhookInfo")["result"]["last_error_message"] == "Connection refused"
    assert api.updates_pending == 1
    ask("setWebhook", url=hook.url)
    api.wait_until_confirmed()
    assert hook.words == ["một"]


def test_pending_updates_can_be_dropped(ask: Ask, api: BotApi, anna: Person, chat: Window) -> None:
    anna.says(chat, "một")
    ask("deleteWebhook", drop_pending_updates=True)
    assert (api.updates_pending, api.updates_confirmed) == (0, 0)


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"url": "vd"}, "bad webhook"), ({"url": "https://vd.vn", "secret_token": "bí mật"}, "secret token contains")],
)
def test_what_set_webhook_refuses(refused: Callable[..., str], values: dict[str, str], reason: str) -> None:
    assert reason in refused("setWebhook", **values)


def test_an_outage_refuses_connections_and_loses_nothing(ask: Ask, api: BotApi, anna: Person, chat: Window) -> None:
    anna.says(chat, "một")
    before = api.base_url
    ended: list[Exception] = []

    def poll() -> None:
        try:
            ask("getUpdates", offset=10**12, timeout=20)
        except httpx.TransportError as error:
            ended.append(error)

    polling = threading.Thread(target=poll)
    anna.says(chat, "hai")
    polling.start()
    api.wait(lambda: api.calls("getUpdates") and not api.updates_pending)
    api.stop()
    polling.join()
    assert ended, "the waiting poll lost its connection"
    with pytest.raises(httpx.ConnectError):
        ask("getMe")
    anna.says(chat, "ba")
    api.start()
    assert api.base_url == before
    assert texts(ask("getUpdates")) == ["ba"]
    assert [message.text for message in chat.messages] == ["một", "hai", "ba"]
