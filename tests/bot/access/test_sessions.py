"""People: codes, sessions, cookies, sign-out and revocation, on two workers and through a restart."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.settings import Settings
from tests.bot.access.conftest import Restricted, serving

DAY = timedelta(days=1)
COOKIE = "danvan_session"
QUESTION = {"question": "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"}


def statuses(address: str, path: str, times: int = 24, **given: object) -> list[int]:
    """Asked over connections of their own, so that every worker is met."""
    return [httpx.get(f"{address}{path}", timeout=30, **given).status_code for _ in range(times)]  # type: ignore[arg-type]


def workers_met(log: str) -> set[str]:
    return set(re.findall(r'"event": "request".*?"worker": (\d+)', log))


def test_a_code_signs_in_once_without_a_script(service: Restricted) -> None:
    code = service.access.invite("Lê Thị Một Lần", "reader", DAY).code
    with service.client(accept="text/html") as browser:
        sent = browser.get("/duties?level=xã")
        assert sent.status_code == 303
        form = browser.get(sent.headers["location"])
        assert 'value="/duties?level=x%C3%A3"' in form.text
        assert "<form" in form.text
        entered = browser.post("/sign-in", data={"code": code.lower().replace("-", " "), "next": "/duties?level=xã"})
        assert entered.headers["location"].startswith("/duties")
        page = browser.get("/duties")
        assert "Lê Thị Một Lần" in page.text
        assert "Quản trị" not in page.text
        again = httpx.post(f"{service.address}/sign-in", data={"code": code})
        assert again.status_code == 422
        assert "Mã không đúng, đã dùng hoặc hết hạn" in again.text


@pytest.mark.parametrize("code", ["", "X", "CFGH-2345-JKMN-6789", "' OR 1=1 --", "\0", "𝕏" * 30, "9" * 200])
def test_what_is_no_code_is_refused(own: Settings, code: str) -> None:
    from bot.storage.access.errors import CodeRefusedError, TooManyAttemptsError
    from bot.storage.records import open_records

    with open_records(own) as records, pytest.raises((CodeRefusedError, TooManyAttemptsError)):
        records.access.sign_in(code, f"203.0.113.{len(code)}")


def test_an_expired_code_is_refused(service: Restricted) -> None:
    code = service.access.invite("Người đến muộn", "reader", timedelta(seconds=-1)).code
    with service.client() as browser:
        assert browser.post("/sign-in", data={"code": code}).status_code == 422


def test_the_cookie_is_the_browsers_own_and_cannot_be_forged(service: Restricted) -> None:
    browser = service.browser("Trần Văn Cookie")
    response = httpx.post(f"{service.address}/sign-in", data={"code": service.code("Trần Văn Cookie")})
    told = response.headers["set-cookie"]
    assert re.search(r"; HttpOnly; Max-Age=\d+; Path=/; SameSite=lax", told), told
    good = browser.cookies[COOKIE]
    token, _, signature = good.rpartition(".")
    for forged in (token, f"{token}.", f"{token}A.{signature}", f"{token}.{signature[::-1]}", signature, "x.y", ""):
        found = httpx.get(f"{service.address}/account", headers={"cookie": f"{COOKIE}={forged}"})
        assert found.status_code == 303, forged
    assert browser.get("/account").status_code == 200


def test_signing_in_gives_a_new_session_and_ends_the_former(service: Restricted) -> None:
    browser = service.browser("Phạm Thị Cố Định")
    former = browser.cookies[COOKIE]
    code = service.code("Phạm Thị Cố Định")
    assert browser.post("/sign-in", data={"code": code}).status_code == 303
    assert browser.cookies[COOKIE] != former
    assert httpx.get(f"{service.address}/account", headers={"cookie": f"{COOKIE}={former}"}).status_code == 303
    # A token that an attacker has set beforehand is not taken over.
    fixed = httpx.post(
        f"{service.address}/sign-in",
        data={"code": service.code("Phạm Thị Cố Định")},
        headers={"cookie": f"{COOKIE}=attackers.choice"},
    )
    assert "attackers" not in fixed.headers["set-cookie"]


def test_signing_out_ends_the_session_on_all_workers(service: Restricted) -> None:
    browser = service.browser("Vũ Văn Ra")
    cookie = {"cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    assert set(statuses(service.address, "/account", headers=cookie)) == {200}
    out = browser.post("/sign-out")
    assert out.headers["location"] == "/sign-in"
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert set(statuses(service.address, "/account", headers=cookie)) == {303}
    assert len(workers_met(service.log.read_text())) == 2, "both workers were asked"


def test_signing_out_everywhere_ends_all_sessions_of_the_person_alone(service: Restricted) -> None:
    one, two, other = (service.browser(name) for name in ("Hồ Hai Máy", "Hồ Hai Máy", "Ngô Khác"))
    assert "2 trình duyệt" in one.get("/account").text
    assert one.post("/account/sign-out").status_code == 303
    assert [browser.get("/account").status_code for browser in (one, two, other)] == [303, 303, 200]


def test_signing_out_everywhere_leaves_no_way_in(service: Restricted) -> None:
    """Whoever was at the computer may have made codes, or linked a Telegram account."""
    owner = service.browser("Hồ Mất Máy")
    first = _own_code(owner)
    service.access.redeem(first, "telegram:666")
    left = _own_code(owner)
    assert "mã chưa dùng hết hiệu lực" in owner.get("/account").text
    assert owner.post("/account/sign-out").status_code == 303
    assert service.access.person_of_identity("telegram:666") is None
    assert httpx.post(f"{service.address}/sign-in", data={"code": left}).status_code == 422


def test_a_new_code_ends_the_former_ones(service: Restricted) -> None:
    owner = service.browser("Hồ Hai Mã")
    first, second = _own_code(owner), _own_code(owner)
    third = service.access.code_for("Hồ Hai Mã", DAY).code
    found = [httpx.post(f"{service.address}/sign-in", data={"code": code}) for code in (first, second, third)]
    assert [one.status_code for one in found] == [422, 422, 303]


def test_a_revoked_person_is_out_within_a_second_on_all_workers(service: Restricted) -> None:
    browser = service.browser("Đỗ Thu Hồi")
    left = service.code("Đỗ Thu Hồi")
    cookie = {"cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    assert set(statuses(service.address, "/account", headers=cookie)) == {200}
    service.access.revoke_person("Đỗ Thu Hồi")
    revoked = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(statuses, service.address, "/account", 3, headers=cookie) for _ in range(8)]
        assert {status for job in jobs for status in job.result()} == {303}
    assert time.monotonic() - revoked < 30, "and none of these was let in at all"
    assert httpx.post(f"{service.address}/sign-in", data={"code": left}).status_code == 422


def test_a_revoked_key_is_out_within_a_second_on_all_workers(service: Restricted) -> None:
    made = service.access.create_key("thu hồi", ["read"])
    shown = {"authorization": f"Bearer {made.secret}"}
    assert set(statuses(service.address, "/v1/documents", headers=shown)) == {200}
    service.access.revoke_key(made.key.id)
    assert not set(statuses(service.address, "/v1/documents", headers=shown)) - {401, 429}


def test_a_session_survives_a_restart_and_ends_when_nobody_uses_it(own: Settings, tmp_path: Path) -> None:
    with serving(own, tmp_path / "log") as first:
        cookie = {"cookie": f"{COOKIE}={first.browser('Mai Khởi Động').cookies[COOKIE]}"}
    with serving(own, tmp_path / "log") as second:
        assert set(statuses(second.address, "/account", 4, headers=cookie)) == {200}
        _set_back("access_sessions", "seen_at", own, hours=own.session_idle_hours)
        assert set(statuses(second.address, "/account", 4, headers=cookie)) == {303}


def test_a_session_ends_when_its_time_is_over_however_much_it_is_used(service: Restricted, own: Settings) -> None:
    browser = service.browser("Lâm Dài Hạn")
    _set_back("access_sessions", "expires_at", own, days=own.session_days)
    assert browser.get("/account").status_code == 303


def test_a_persons_conversations_are_the_same_on_all_devices_and_nobody_elses(service: Restricted) -> None:
    desk, phone, other = (service.browser(name) for name in ("Tạ Hai Nơi", "Tạ Hai Nơi", "Tạ Khác"))
    answer = desk.post("/v1/ask", json=QUESTION)
    assert answer.status_code == 200, answer.text
    identity = answer.json()["conversation_id"]
    assert phone.get(f"/v1/conversations/{identity}").status_code == 200
    assert other.get(f"/v1/conversations/{identity}").status_code == 404
    # A header is a program's word; a person is nobody else by it.
    assert other.get(f"/v1/conversations/{identity}", headers={"danvan-person": "person:x"}).status_code == 404
    assert "danvan_person" not in desk.cookies


def test_two_programs_do_not_share_people(service: Restricted) -> None:
    with service.client(service.key("ask", "records")) as one, service.client(service.key("ask", "records")) as two:
        named = {"danvan-person": "nv-1"}
        identity = one.post("/v1/ask", json=QUESTION, headers=named).json()["conversation_id"]
        assert one.get(f"/v1/conversations/{identity}", headers=named).status_code == 200
        assert two.get(f"/v1/conversations/{identity}", headers=named).status_code == 404
        assert one.get(f"/v1/conversations/{identity}").status_code == 404


def test_a_persons_own_code_lets_in_another_device(service: Restricted) -> None:
    desk = service.browser("Cao Thiết Bị")
    code = _own_code(desk)
    with service.client() as phone:
        assert phone.post("/sign-in", data={"code": code}).status_code == 303
        assert "Cao Thiết Bị" in phone.get("/account").text


def _own_code(browser: httpx.Client) -> str:
    code = re.search(r'id="_ma-moi">([^<]+)<', browser.post("/account/code").text)
    assert code is not None
    return code[1]


ELSEWHERE = ["//khac.vn", "https://khac.vn/", "/\\khac.vn", "javascript:alert(1)", "/a\nb", "/sign-in"]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(service: Restricted, place: str) -> None:
    code = service.code("Chu Chuyển Hướng")
    response = httpx.post(f"{service.address}/sign-in", data={"code": code, "next": place})
    assert response.headers["location"] == "/"


def test_other_sites_cannot_act_for_somebody_signed_in(service: Restricted) -> None:
    browser = service.browser("Kiều Trang Khác")
    del browser.headers["origin"]
    for headers in ({"origin": "https://khac.vn"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        for method, path, body in (
            ("POST", "/v1/ask", {"json": QUESTION}),
            ("POST", "/ask", {"data": QUESTION}),
            ("DELETE", "/v1/person", {}),
            ("POST", "/account/sign-out", {}),
            ("POST", "/sign-out", {}),
            ("POST", "/sign-in", {"data": {"code": "x"}}),
        ):
            refused = browser.request(method, path, headers=headers, **body)  # type: ignore[arg-type]
            assert refused.status_code == 403, (path, headers)
    assert browser.get("/account", headers={"sec-fetch-site": "cross-site"}).status_code == 200, "a link may lead here"
    with service.client(service.key("ask")) as program:
        assert program.post("/v1/ask", json=QUESTION, headers={"origin": "https://khac.vn"}).status_code == 200


def test_htmx_is_sent_to_sign_in_by_a_header_it_follows(service: Restricted) -> None:
    with service.client(origin=service.address) as browser:
        response = browser.post("/ask", data=QUESTION, headers={"hx-request": "true"})
    assert response.status_code == 401
    assert response.headers["hx-redirect"] == "/sign-in"


def _set_back(table: str, column: str, settings: Settings, **by: int) -> None:
    """Time passes."""
    from sqlalchemy import text

    from bot.storage.database import open_database

    database = open_database(settings)
    with database.writing() as session:
        spent = " ".join(f"-{count} {unit}" for unit, count in by.items())
        session.execute(text(f"UPDATE {table} SET {column} = datetime({column}, '{spent}', '-1 second')"))
    database.close()
