"""Processes that are killed or stopped in the middle: nothing is lost, and one duplicate at most."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.settings import Settings
from bot.telegram import texts
from tests.conftest import REPOSITORY
from tests.telegram.botapi import BotApi, Person, Window, delay
from tests.telegram.conftest import SECRET

QUESTION = "ai ký qđ 2108"
COMMAND = [sys.executable, "-c", "from bot.cli import main; main()"]
Start = Callable[..., "Process"]


class Process:
    """`danvan` in a process of its own; what it says is read line by line."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        self.said: list[str] = []
        self._process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            cwd=REPOSITORY,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip())

    def wait_for(self, pattern: str) -> str:
        for _ in range(600):
            if found := next((line for line in self.said if re.search(pattern, line)), None):
                return found
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(self.said)

    def code(self) -> int:
        """The exit code of a process that ends by itself."""
        self._process.wait(30)
        return self._process.returncode

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        if self._process.poll() is None:
            self._process.send_signal(sign)
        self._process.wait(30)
        self._reader.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return self._process.returncode


@pytest.fixture
def run(api: BotApi, settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Starts `danvan` with the built index; all processes of a test have the same records."""
    started: list[Process] = []
    generations = tmp_path / "data"
    generations.mkdir()
    for name in ("CURRENT", "generations"):
        (generations / name).symlink_to(settings.data / name)

    def begin(*arguments: str, **changes: str) -> Process:
        given = {"DATA": str(generations), "TELEGRAM_TOKEN": api.token, "TELEGRAM_BASE_URL": api.base_url} | changes
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        environment |= {f"DANVAN_{name}": value for name, value in given.items() if value}
        started.append(Process(list(arguments), environment))
        return started[-1]

    yield begin
    for process in started:
        process.end(signal.SIGKILL)


def counts(api: BotApi, asked: list[tuple[Window, Any]]) -> list[int]:
    return [len(chat.answers_to(question)) for chat, question in asked]


def test_a_killed_bot_loses_no_question_and_repeats_one_answer_at_most(run: Start, api: BotApi) -> None:
    people = [(person, api.private(person)) for person in (api.user(f"Người {number}") for number in range(20))]
    asked = []
    for round_ in range(3):
        process = run("telegram")
        process.wait_for("đang chạy")
        # Telegram accepts at once and answers late: the process dies between the two.
        rule = api.fail("sendMessage", delay(0.4), times=None)
        asked += [(chat, person.says(chat, f"{QUESTION}?" + "?" * round_)) for person, chat in people]
        api.wait(lambda: rule.struck > 3, timeout=20)  # noqa: B023  called before the next round
        process.end(signal.SIGKILL)
        api.mend()
    last = run("telegram")
    last.wait_for("đang chạy")
    api.wait(lambda: all(counts(api, asked)), timeout=90)
    api.idle(1.0)
    assert last.end() == 0
    assert set(counts(api, asked)) <= {1, 2}
    assert 2 in counts(api, asked), "nobody was between acceptance and record: the test proves nothing"
    for chat, question in asked:
        assert len({message.text for message in chat.answers_to(question)}) == 1


def test_a_stopped_bot_goes_on_where_it_was(run: Start, api: BotApi, anna: Person, chat: Window) -> None:
    first = run("telegram")
    first.wait_for("đang chạy")
    api.fail("sendMessage", delay(0.5), times=None)
    asked = [(chat, anna.says(chat, QUESTION)) for _ in range(6)]
    chat.wait(2)
    assert first.end() == 0
    assert first.said[-1] == texts.STOPPED
    assert len(chat.from_bot) < 6
    api.mend()
    asked.append((chat, anna.says(chat, QUESTION)))
    second = run("telegram")
    chat.wait(7, timeout=30)
    api.idle()
    assert second.end() == 0
    assert counts(api, asked) == [1] * 7


def test_a_second_bot_waits_and_takes_over(run: Start, api: BotApi, anna: Person, chat: Window) -> None:
    first = run("telegram")
    first.wait_for("đang chạy")
    second = run("telegram")
    second.wait_for(re.escape(texts.ONE_LEADS))
    assert chat.wait_for_answer(anna.says(chat, QUESTION))
    first.end(signal.SIGKILL)
    assert chat.wait_for_answer(anna.says(chat, QUESTION), timeout=40)
    assert second.end() == 0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_the_webhook_inside_the_service(run: Start, api: BotApi) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram/webhook"
    hooked = {"TELEGRAM_WEBHOOK_URL": url, "TELEGRAM_WEBHOOK_SECRET": SECRET}
    people = [(person, api.private(person)) for person in (api.user(f"Người {number}") for number in range(10))]
    asked = []
    for round_ in range(2):
        process = run("serve", "--port", str(port), **hooked)
        process.wait_for(f":{port}")
        rule = api.fail("sendMessage", delay(0.4), times=None)
        asked += [(chat, person.says(chat, f"{QUESTION}?" + "?" * round_)) for person, chat in people]
        api.wait(lambda: rule.struck > 2, timeout=30)  # noqa: B023  called before the next round
        process.end(signal.SIGKILL)
        api.mend()
    process = run("serve", "--port", str(port), **hooked)
    api.wait(lambda: all(counts(api, asked)), timeout=90)
    api.idle(1.0)
    assert set(counts(api, asked)) <= {1, 2}
    update = {"update_id": 1, "message": {"text": "x"}}
    for secret, content, status in (
        (SECRET, update, 204),
        (SECRET + "x", update, 403),
        ("", update, 403),
        (SECRET, {"x": 1}, 400),
        (SECRET, [], 400),
        (SECRET, {"update_id": 2, "message": {"text": "đ" * 15_000}}, 204),
    ):
        answer = httpx.post(url, json=content, headers={"X-Telegram-Bot-Api-Secret-Token": secret}, trust_env=False)
        assert answer.status_code == status
    assert httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).status_code == 200
    process.end()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"TELEGRAM_TOKEN": ""}, texts.NO_TOKEN),
        ({"TELEGRAM_TOKEN": "not a token"}, texts.ODD_TOKEN),
        ({"TELEGRAM_TOKEN": "123:AAwrong_token"}, texts.BAD_TOKEN),
        ({"TELEGRAM_TOKEN": "", "TELEGRAM_TOKEN_FILE": "/none/token"}, "Không đọc được tệp mã của bot /none/token"),
        (
            {"TELEGRAM_WEBHOOK_URL": "https://danvan.example/telegram/webhook", "TELEGRAM_WEBHOOK_SECRET": SECRET},
            texts.WEBHOOK_SET,
        ),
        ({"TELEGRAM_WEBHOOK_URL": "https://danvan.example/telegram/webhook"}, texts.NO_SECRET),
    ],
)
def test_what_is_wrong_at_the_start_is_said(run: Start, changes: dict[str, str], said: str) -> None:
    process = run("telegram", **changes)
    process.wait_for(re.escape(said))
    assert process.code() == 1
    assert not any("Traceback" in line or "AAwrong" in line for line in process.said)


def test_a_webhook_without_its_secret_is_said(run: Start) -> None:
    process = run("serve", "--port", "0", TELEGRAM_WEBHOOK_URL="https://danvan.example/telegram/webhook")
    process.wait_for(re.escape(texts.NO_SECRET))
    assert process.code() == 1


def test_the_token_may_stand_in_a_file(run: Start, api: BotApi, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(f"{api.token}\n")
    process = run("telegram", TELEGRAM_TOKEN="", TELEGRAM_TOKEN_FILE=str(path))
    process.wait_for("đang chạy")
    assert process.end() == 0


def test_no_network_at_the_start_is_waited_out_and_the_token_is_never_said(
    run: Start, api: BotApi, anna: Person, chat: Window
) -> None:
    api.stop()
    process = run("telegram")
    process.wait_for("Chưa kết nối được máy chủ Telegram")
    api.start()
    process.wait_for("đang chạy")
    assert chat.wait_for_answer(anna.says(chat, QUESTION))
    assert process.end() == 0
    assert not any(api.token.partition(":")[2] in line for line in process.said)
