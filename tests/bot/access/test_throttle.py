"""Guessing is slowed down over all workers, and nobody may ask without end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from bot.access.rates import source_of
from bot.settings import Settings
from bot.storage.access.errors import CodeRefusedError, TooManyAttemptsError
from bot.storage.access.records import AccessRecords
from bot.storage.records import Records
from tests.bot.access.conftest import Restricted
from tests.bot.storage.conftest import kept, records, server  # noqa: F401  both databases

DAY = timedelta(days=1)
GUESS = "CFGH-2345-JKMN-6789"


@pytest.fixture
def access(records: Records) -> AccessRecords:  # noqa: F811
    return records.access


def waits(access: AccessRecords, source: str, times: int, code: str = GUESS) -> list[int]:
    """Seconds to wait that each attempt is answered with; 0: it was looked at."""
    found = []
    for _ in range(times):
        try:
            access.sign_in(code, source)
        except TooManyAttemptsError as error:
            found.append(error.seconds)
        except CodeRefusedError:
            found.append(0)
    return found


def test_five_attempts_are_free_then_each_failure_doubles_the_time(
    access: AccessRecords, clock: Callable[[float], None]
) -> None:
    assert waits(access, "203.0.113.1", 7) == [0, 0, 0, 0, 0, 0, 1]
    for expected in (2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900):
        clock(901)
        assert waits(access, "203.0.113.1", 2) == [0, expected]


def test_the_right_code_waits_too_and_then_clears_the_address(
    access: AccessRecords, clock: Callable[[float], None]
) -> None:
    code = access.invite("Người gõ nhầm", "reader", DAY).code
    waits(access, "203.0.113.2", 6)
    assert waits(access, "203.0.113.2", 1, code) == [1]
    clock(1)
    person, token = access.sign_in(code, "203.0.113.2")
    assert access.session(token) == person.model_copy(update={"seen_at": access.session(token).seen_at})  # type: ignore[union-attr]
    assert waits(access, "203.0.113.2", 6) == [0] * 6


def test_an_hour_without_a_failure_forgives(access: AccessRecords, clock: Callable[[float], None]) -> None:
    waits(access, "203.0.113.3", 6)
    clock(3601)
    assert waits(access, "203.0.113.3", 6) == [0] * 6


def test_many_addresses_together_are_slowed_down(access: AccessRecords, clock: Callable[[float], None]) -> None:
    looked_at = [waits(access, f"203.0.113.{number}", 1) for number in range(60)].count([0])
    assert looked_at == 51
    clock(11)
    assert waits(access, "198.51.100.7", 1) == [0], "others come in between"
    for _ in range(20):
        clock(11)
        waits(access, "203.0.113.99", 1)
    assert waits(access, "198.51.100.8", 1)[0] <= 10, "and wait ten seconds at most"


def test_right_and_wrong_codes_at_once_from_one_address(access: AccessRecords) -> None:
    """Behind one office's address somebody mistypes while others come in."""
    for number in range(10):
        source = f"203.0.113.{number}"
        waits(access, source, 1)
        codes = [access.invite(f"Người {number}.{one}", "reader", DAY).code for one in range(2)]
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(lambda code, source=source: waits(access, source, 1, code), [*codes, *"XYZW"]))
        assert found[:2] == [[], []], "the right ones came in"
        assert found[2:] == [[0]] * 4, "and the wrong ones were looked at"
        forgotten(access)


def test_while_all_wait_the_right_code_passes_and_wrong_ones_count(
    access: AccessRecords, clock: Callable[[float], None]
) -> None:
    """Somebody with very many addresses must not be able to keep others out."""
    for number in range(60):
        clock(11)
        waits(access, f"2001:db8:0:{number:x}::/64", 1)
    code = access.invite("Người bị chặn lối", "reader", DAY).code
    assert waits(access, "198.51.100.10", 7) == [10] * 6 + [1], "wrong ones wait with all, and are counted"
    assert waits(access, "198.51.100.10", 1, code) == [1], "whoever guesses waits, with the right code as well"
    access.sign_in(code, "192.0.2.200")


def test_whoever_has_to_wait_writes_nothing(access: AccessRecords, records: Records) -> None:  # noqa: F811
    database = records._database
    waits(access, "203.0.113.20", 60)
    for number in range(60):
        waits(access, f"203.0.113.{100 + number}", 1)
    before = attempts_of(access)
    with ThreadPoolExecutor(1) as pool, database.writing():  # nobody else can write now
        late = pool.submit(waits, access, "203.0.113.20", 1)
        assert late.result(timeout=20)[0] > 0
        odd = pool.submit(waits, access, "198.51.100.20", 1, "không phải mã")
        assert odd.result(timeout=20)[0] > 0, "what cannot be a code is not looked up while all wait"
    assert attempts_of(access) == before


def test_what_is_forgotten_is_deleted_with_the_daily_purge(access: AccessRecords, records: Records) -> None:  # noqa: F811
    waits(access, "203.0.113.21", 1)
    access.sign_in(access.invite("Dọn", "reader", timedelta(days=1)).code, "203.0.113.21")
    access.invite("Chưa vào", "reader", DAY)
    records.purge(datetime.now(UTC) + timedelta(hours=20))
    assert attempts_of(access)
    records.purge(datetime.now(UTC) + timedelta(hours=49))
    assert attempts_of(access) == []


def attempts_of(access: AccessRecords) -> list[tuple[object, ...]]:
    with access._database.reading() as session:
        return sorted(tuple(row) for row in session.execute(text("SELECT source, failures FROM access_attempts")))


def forgotten(access: AccessRecords) -> None:
    with access._database.writing() as session:
        session.execute(text("DELETE FROM access_attempts"))


def test_attempts_at_once_are_looked_at_one_by_one(access: AccessRecords) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = [wait for waited in pool.map(lambda _: waits(access, "203.0.113.5", 1), range(40)) for wait in waited]
    assert found.count(0) <= 8, "five free ones, then one a second at most"


def test_a_code_is_used_once_however_many_try_at_once(access: AccessRecords) -> None:
    code = access.invite("Người may mắn", "reader", DAY).code

    def attempt(number: int) -> bool:
        try:
            access.sign_in(code, f"192.0.2.{number}")
        except (CodeRefusedError, TooManyAttemptsError):
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(attempt, range(12))) == 1


def test_codes_and_keys_are_counted_apart(access: AccessRecords) -> None:
    assert [access.wrong_key("203.0.113.6") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 1]
    assert waits(access, "203.0.113.6", 1) == [0]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets the records' time pass."""
    passed = timedelta()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + passed

    monkeypatch.setattr("bot.storage.access.records.datetime", Clock)

    def let_pass(seconds: float) -> None:
        nonlocal passed
        passed += timedelta(seconds=seconds)

    return let_pass


def test_guessing_codes_is_throttled_over_both_workers(service: Restricted) -> None:
    answers = [httpx.post(f"{service.address}/sign-in", data={"code": GUESS}, timeout=30) for _ in range(14)]
    assert [answer.status_code for answer in answers[:5]] == [422] * 5
    late = [answer for answer in answers if answer.status_code == 429]
    assert late
    assert 1 <= int(late[0].headers["retry-after"]) <= 900
    assert "Đã thử sai nhiều lần. Đề nghị thử lại sau" in late[0].text


def test_guessing_keys_is_throttled_while_a_good_key_works(service: Restricted) -> None:
    good = service.key("read")
    with service.client("danvan_guess") as client:
        found = [client.get("/v1/documents") for _ in range(14)]
    assert [one.status_code for one in found[:5]] == [401] * 5
    assert "retry-after" in next(one for one in found if one.status_code == 429).headers
    with service.client(good) as client:
        assert client.get("/v1/documents").status_code == 200, "others behind the same address are not shut out"


def test_rates_of_keys_people_and_addresses(started: Callable[..., Restricted]) -> None:
    service = started(
        DANVAN_WORKERS="1",
        DANVAN_RATE_KEY="8",
        DANVAN_RATE_PERSON="6",
        DANVAN_RATE_ADDRESS="4",
        DANVAN_FORWARDED_ALLOW="127.0.0.1",
    )
    with service.client(service.key("read")) as one, service.client(service.key("read")) as other:
        assert [one.get("/v1/documents").status_code for _ in range(10)] == [200] * 8 + [429] * 2
        late = one.get("/v1/documents")
        assert late.json()["code"] == "too_many_requests"
        assert 1 <= int(late.headers["retry-after"]) <= 60
        assert other.get("/v1/documents").status_code == 200
    browser = service.browser("Hỏi Nhanh")
    assert [browser.get("/account").status_code for _ in range(8)] == [200] * 6 + [429] * 2
    far = {"x-forwarded-for": "203.0.113.77"}
    with service.client() as stranger:
        assert [stranger.get("/v1/documents", headers=far).status_code for _ in range(6)] == [401] * 4 + [429] * 2
        assert stranger.get("/v1/documents", headers={"x-forwarded-for": "203.0.113.78"}).status_code == 401
        assert stranger.get("/healthz", headers=far).status_code == 200


def test_a_header_says_nothing_of_the_address_where_no_proxy_is_set(service: Restricted) -> None:
    """Else every guess would come from another address."""
    statuses = [
        httpx.post(
            f"{service.address}/sign-in",
            data={"code": GUESS},
            headers={"x-forwarded-for": f"203.0.113.{number}", "x-real-ip": f"203.0.113.{number}"},
            timeout=30,
        ).status_code
        for number in range(14)
    ]
    assert 429 in statuses


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1%eth0", "2001:db8:1:2::/64"),
        ("?", "?"),
    ],
)
def test_attempts_of_one_line_are_one_source(address: str, source: str) -> None:
    assert source_of(address) == source


def test_nothing_secret_is_logged_or_stands_in_arguments(service: Restricted, own: Settings) -> None:
    code, key = service.access.invite("Người kín", "reader", DAY).code, service.key("read")
    with service.client(key) as program, service.client() as browser:
        program.get("/v1/documents", params={"key": key})
        assert browser.post("/sign-in", data={"code": code}).status_code == 303
        session = browser.cookies["danvan_session"]
        browser.post("/sign-in", data={"code": code})
    written = service.log.read_text() + "".join(
        path.read_text(errors="replace") for path in own.data.glob("records.sqlite*")
    )
    for secret in (key, code, code.replace("-", ""), session, session.partition(".")[0]):
        assert secret not in written
    made = service.access.create_key("x", ["read"])
    invitation = service.access.code_for("Người kín", DAY)
    assert made.secret not in repr(made) + str(made)
    assert invitation.code not in repr(invitation) + str(invitation)
    helped = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "keys", "revoke", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "khóa" in helped.stdout
