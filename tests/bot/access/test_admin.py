"""The administrator's pages, and that they are nobody else's."""

from __future__ import annotations

import re
import socket
import time
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.storage.database import open_database
from tests.bot.access.conftest import Restricted
from tests.bot.access.test_gate import every_door
from tests.bot.access.test_programs import ask

QUESTION = "Mức phạt khi vượt đèn đỏ là bao nhiêu?"


@pytest.fixture(scope="module")
def admin(service: Restricted) -> httpx.Client:
    return service.browser("Quản Trị Thử", "administrator")


PAGES = ("/admin", "/admin/unanswered", "/admin/feedback", "/admin/audit", "/admin/people")


@pytest.mark.parametrize("path", PAGES)
def test_only_administrators_see_them(service: Restricted, admin: httpx.Client, path: str) -> None:
    assert admin.get(path).status_code == 200
    reader = service.browser("Người Đọc")
    refused = reader.get(path)
    assert refused.status_code == 403
    assert "Quyền được cấp không gồm việc này" in refused.text
    assert 'href="/admin"' not in reader.get("/documents").text
    assert 'href="/admin"' in admin.get("/documents").text


def test_unanswered_questions_and_feedback_are_listed_without_names(service: Restricted, admin: httpx.Client) -> None:
    reader = service.browser("Người Hỏi Kín Đáo")
    asked = reader.post("/v1/ask", json={"question": QUESTION + " <b>đậm</b>"})
    turn = {"turn_id": asked.headers["danvan-turn-id"], "verdict": "wrong", "reason": "<script>alert(1)</script>"}
    assert reader.post("/v1/feedback", json=turn).status_code == 201
    unanswered, feedback = admin.get("/admin/unanswered").text, admin.get("/admin/feedback").text
    for page in (unanswered, feedback):
        assert "vượt đèn đỏ" in page
        assert "<b>đậm" not in page
        assert "Người Hỏi Kín Đáo" not in page
    assert "&lt;script&gt;alert(1)" in feedback
    assert "vượt đèn đỏ" not in admin.get("/admin/feedback?verdict=right").text


def test_a_code_that_is_asked_by_mistake_is_neither_kept_nor_listed(service: Restricted, admin: httpx.Client) -> None:
    code = service.access.invite("Người Dán Nhầm", "reader", timedelta(days=1)).code
    reader = service.browser("Người Dán Nhầm Chỗ")
    for question in (code, code.lower().replace("-", " "), f"mức phạt với {code} là bao nhiêu?"):
        refused = reader.post("/v1/ask", json={"question": question})
        assert (refused.status_code, refused.json()["status"]) == (422, "rejected")
        assert refused.json()["answer"].startswith("Nội dung vừa gửi có mã đăng nhập")
        assert "có mã đăng nhập" in reader.post("/ask", data={"question": question}).text
        chat = {"model": "danvan-assistant", "messages": [{"role": "user", "content": question}]}
        assert "có mã đăng nhập" in reader.post("/v1/chat/completions", json=chat).text
        assert "có mã đăng nhập" in ask(service.address, service.key("mcp"), question=question).content[0].text
    assert reader.get("/v1/conversations").json()["items"] == []
    listed = admin.get("/admin/unanswered").text
    assert code not in listed
    assert "mức phạt với" not in listed
    assert reader.post("/v1/ask", json={"question": "Thẻ 2345 6789 2345 678 để làm gì?"}).status_code == 200


def test_somebody_invited_on_the_page_signs_in_and_is_revoked_there(service: Restricted, admin: httpx.Client) -> None:
    page = admin.post("/admin/people", data={"name": "Mời Từ Trang"}).text
    code = re.search(r'class="secret">([^<]+)<', page)
    assert code is not None
    assert code[1] not in admin.get("/admin/people").text, "shown once"
    with service.client(origin=service.address) as browser:
        assert browser.post("/sign-in", data={"code": code[1]}).status_code == 303
        assert browser.get("/account").status_code == 200
        person = next(one for one in service.access.list_people() if one.name == "Mời Từ Trang")
        assert person.role == "reader"
        assert admin.post(f"/admin/people/{person.id}/revoke").status_code == 303
        assert browser.get("/account").status_code == 303
    trail = admin.get("/admin/audit").text
    assert "Mời Từ Trang" in trail
    assert "do Quản Trị Thử" in trail
    assert "Thu hồi quyền người dùng" in trail


def test_an_invitation_is_nobody_elses_account_and_changes_no_role(service: Restricted, admin: httpx.Client) -> None:
    one = service.browser("Nguyễn Trùng Tên")
    asked = one.post("/v1/ask", json={"question": QUESTION}).json()["conversation_id"]
    for name in ("Nguyễn Trùng Tên", "NGUYỄN  trùng tên", "Quản Trị Thử"):
        refused = admin.post("/admin/people", data={"name": name})
        assert refused.status_code == 422
        assert "Nếu là người đó, dùng “Mã mới”" in refused.text
        assert 'class="secret"' not in refused.text
    assert admin.get("/admin").status_code == 200, "still an administrator"
    assert one.get(f"/v1/conversations/{asked}").status_code == 200


def test_a_code_that_an_administrator_made_is_told_as_such(service: Restricted, admin: httpx.Client) -> None:
    """Administrators can let themselves in as somebody, and that shows: to the person, and in the audit trail."""
    reader = service.browser("Lê Bị Vào Hộ")
    assert reader.get("/account").text.count("mã tạo ở dòng lệnh") == 0
    person = next(one for one in service.access.list_people() if one.name == "Lê Bị Vào Hộ")
    made = re.search(r'class="secret">([^<]+)<', admin.post(f"/admin/people/{person.id}/code").text)
    assert made is not None
    with service.client(origin=service.address) as other:
        assert other.post("/sign-in", data={"code": made[1]}).status_code == 303
    own = re.search(r'id="_ma-moi">([^<]+)<', reader.post("/account/code").text)
    assert own is not None
    service.access.redeem(own[1], "telegram:77")
    page = reader.get("/account").text
    assert "2 trình duyệt và 1 tài khoản Telegram" in page
    assert re.search(r"Trình duyệt: từ \d\d giờ \d\d, ngày [\d/]+; không rõ ai tạo mã", page)
    assert re.search(r"Trình duyệt: từ \d\d giờ \d\d, ngày [\d/]+; mã do quản trị viên tạo", page)
    assert re.search(r"Telegram: từ \d\d giờ \d\d, ngày [\d/]+; mã tự tạo", page)
    trail = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", admin.get("/admin/audit").text))
    assert "Đăng nhập Lê Bị Vào Hộ trên trang bằng mã của Quản Trị Thử" in trail, trail
    assert "Tạo mã đăng nhập Lê Bị Vào Hộ do Quản Trị Thử" in trail


def test_an_administrator_stays(service: Restricted, admin: httpx.Client) -> None:
    own = next(one.id for one in service.access.list_people() if one.name == "Quản Trị Thử")
    refused = admin.post(f"/admin/people/{own}/revoke")
    assert refused.status_code == 422
    assert "Không tự thu hồi" in refused.text
    assert admin.post("/admin/people/none/revoke").status_code == 404
    assert admin.post("/admin/people", data={"name": " "}).status_code == 422


def test_a_key_made_on_the_page_works_until_it_is_revoked(service: Restricted, admin: httpx.Client) -> None:
    page = admin.post("/admin/keys", data={"name": "trang", "scope": ["read", "ask"]}).text
    secret = re.search(r'class="secret">([^<]+)<', page)
    assert secret is not None
    key = next(one for one in service.access.list_keys() if one.name == "trang")
    assert key.scopes == ("ask", "read")
    with service.client(secret[1]) as program:
        assert program.get("/v1/documents").status_code == 200
        assert admin.post(f"/admin/keys/{key.id}/revoke").status_code == 303
        assert program.get("/v1/documents").status_code == 401
    assert admin.post("/admin/keys", data={"name": "không quyền"}).status_code == 422
    assert admin.post("/admin/keys", data={"name": "trang web", "scope": "page"}).status_code == 422


def test_the_index_is_built_beside_the_answers(service: Restricted, admin: httpx.Client, own: Settings) -> None:
    before = admin.get("/admin").text
    assert "5</dd>" in before
    assert admin.post("/admin/index").headers["location"] == "/admin"
    page = admin.get("/admin").text
    assert "Đang lập chỉ mục, bắt đầu" in page or "đã mới nhất" in page
    with service.client(service.key("ask", "admin")) as program:
        assert program.post("/v1/ask", json={"question": "Ai ký?"}).status_code == 200
        for _ in range(600):
            rebuild = program.get("/v1/admin/index").json()["rebuild"]
            if rebuild["state"] not in ("starting", "running"):
                break
            again = program.post("/v1/admin/index")
            assert again.json().get("code") == "build_running" or again.status_code == 202
            time.sleep(0.2)
    assert rebuild["state"] == "unchanged"
    assert (rebuild["documents"], rebuild["problem"]) == (5, None)
    assert "đã mới nhất" in admin.get("/admin").text


def test_every_page_has_the_headers(service: Restricted, admin: httpx.Client) -> None:
    outside = [httpx.get(f"{service.address}{path}") for path in ("/sign-in", "/v1/x", "/healthz")]
    for response in (admin.get("/admin"), *outside):
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "camera=()" in response.headers["permissions-policy"]
        assert "strict-transport-security" not in response.headers, "this is plain HTTP"


def test_nothing_that_is_answered_to_a_credential_is_stored(service: Restricted, admin: httpx.Client) -> None:
    asked = {"question": QUESTION}
    with service.client(service.key("read", "ask", "records")) as program:
        for client in (program, admin):
            answers = [client.get(path) for path in ("/v1/documents", "/v1/conversations", "/v1/none", "/metrics")]
            answers.append(client.post("/v1/ask", json=asked))
            answers.append(client.post("/v1/ask", json=asked, headers={"accept": "text/event-stream"}))
            assert {one.headers["cache-control"] for one in answers} == {"no-store"}
    for path in ("/admin", "/documents", "/account", "/duties.csv", "/static/x"):
        told = admin.get(path).headers.get("cache-control")
        assert told == "no-store" or path == "/static/x", path


def test_no_other_site_is_allowed_to_read(service: Restricted, admin: httpx.Client) -> None:
    foreign = {"origin": "https://khac.vn", "access-control-request-method": "POST"}
    for response in (
        admin.get("/account", headers=foreign),
        admin.options("/v1/ask", headers=foreign),
        admin.get("/v1/documents", headers=foreign),
        httpx.options(f"{service.address}/sign-in", headers=foreign),
    ):
        assert not [name for name in response.headers if name.startswith("access-control-")]


def test_no_file_beyond_the_pages_own_is_served(service: Restricted, admin: httpx.Client) -> None:
    for path in ("/.git/config", "/static/.git/config", "/.env", "/static/x/.git/config", "/bot/settings.py"):
        assert admin.get(path).status_code == 404, path
    places = ("..%2f..%2fadmin.py", "..%5c..%5cadmin.py", "%2e%2e/%2e%2e/admin.py", "..%2f..%2ftemplates%2fbase.html")
    for place in (*places, "%2fetc%2fpasswd", "/etc/passwd", "....//admin.py", "%00"):
        with socket.create_connection((httpx.URL(service.address).host, httpx.URL(service.address).port or 0)) as raw:
            raw.sendall(f"GET /static/x/{place} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            assert b" 404 " in raw.makefile("rb").readline(), place


def test_nothing_is_changed_by_a_link(service: Restricted, own: Settings) -> None:
    """Safe methods change nothing, on any route, for somebody who may do everything."""
    browser = service.browser("Người Bấm Liên Kết", "administrator")
    asked = browser.post("/v1/ask", json={"question": QUESTION}).json()["conversation_id"]
    before = _rows(own)
    links = [path for method, path, _ in every_door() if method == "GET"]
    links += [f"/conversations/{asked}", f"/conversations/{asked}/delete", "/?question=Ai", "/feedback?verdict=right"]
    links += ["/sign-out", "/account/sign-out", "/account/code", f"/v1/conversations/{asked}"]
    for link in links:
        browser.get(link)
    assert _rows(own) == before
    assert browser.get("/account").status_code == 200


def _rows(own: Settings) -> dict[str, int]:
    database = open_database(own)
    with database.reading() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        counted = {table: session.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0 for table in tables}
    database.close()
    return counted


def test_over_https_the_cookie_is_secure_and_browsers_stay_with_https(started, own: Settings) -> None:  # type: ignore[no-untyped-def]
    service = started(DANVAN_WORKERS="1", DANVAN_FORWARDED_ALLOW="127.0.0.1", DANVAN_PUBLIC_URL="https://hoi.vn")
    code = service.access.invite("Qua Proxy", "reader", timedelta(days=1)).code
    headers = {"host": "hoi.vn", "x-forwarded-proto": "https", "origin": "https://hoi.vn"}
    response = httpx.post(f"{service.address}/sign-in", data={"code": code}, headers=headers)
    assert response.headers["strict-transport-security"] == "max-age=31536000"
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-danvan_session=")
    assert "; Secure" in cookie
    assert "; Path=/" in cookie
    assert "Domain" not in cookie
    value = cookie.partition("=")[2].partition(";")[0]
    inside = {**headers, "cookie": f"__Host-danvan_session={value}"}
    assert httpx.get(f"{service.address}/account", headers=inside).status_code == 200
    downgraded = {**inside, "origin": "http://hoi.vn"}
    assert httpx.post(f"{service.address}/account/code", headers=downgraded).status_code == 403, "somebody in between"
    assert httpx.post(f"{service.address}/account/code", headers=inside).status_code == 200
    plain = {**headers, "cookie": f"danvan_session={value}"}
    assert httpx.get(f"{service.address}/account", headers=plain).status_code == 303, "not by the name without Secure"
    out = httpx.post(f"{service.address}/sign-out", headers=inside)
    assert out.headers["clear-site-data"] == '"cache"'
