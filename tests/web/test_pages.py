"""The pages over HTTP: what a browser without scripts does, who may see what, what is refused."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import docx
import httpx
import openpyxl
import pytest

from index.directive import Directive

QUESTION = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"


@pytest.fixture
def visitor(site: str) -> Iterator[httpx.Client]:
    """A person of one's own, as a browser that follows redirects."""
    with httpx.Client(base_url=site, timeout=30, follow_redirects=True) as client:
        yield client


def asked(visitor: httpx.Client, question: str = QUESTION, **more: str) -> httpx.Response:
    return visitor.post("/ask", data={"question": question} | more)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_asking_leads_to_a_page_that_can_be_loaded_again(visitor: httpx.Client) -> None:
    answered = asked(visitor)
    assert answered.status_code == 200
    assert answered.history[0].status_code == 303
    assert answered.url.path.startswith("/conversations/")
    assert "chủ tịch UBND" in answered.text
    again = visitor.get(answered.url)
    assert again.text.count('class="turn"') == 1


def test_a_conversation_goes_on(visitor: httpx.Client) -> None:
    first = asked(visitor, "Hạn báo cáo ở Hải Dương là khi nào?")
    second = asked(visitor, "gửi cơ quan nào?", conversation=hidden(first.text, "conversation"))
    assert second.text.count('class="turn"') == 2
    assert second.text.count("Sở Nội vụ") >= 2


def test_the_chosen_document_is_kept_for_the_next_question(visitor: httpx.Client) -> None:
    chosen = "phu-yen-nq-btv-tinh-uy"
    answered = asked(visitor, "Chỉ tiêu nông thôn mới?", document=chosen)
    assert f'value="{chosen}" selected' in answered.text
    assert f"/documents/{chosen}?start=" in answered.text


def test_nobody_else_sees_a_conversation(visitor: httpx.Client, site: str) -> None:
    answered = asked(visitor)
    assert QUESTION in visitor.get("/conversations").text
    assert httpx.get(str(answered.url)).status_code == 404
    assert QUESTION not in httpx.get(f"{site}/conversations").text


def test_a_verdict_is_kept_and_can_be_changed(visitor: httpx.Client) -> None:
    page = asked(visitor).text
    form = {name: hidden(page, name) for name in ("turn", "conversation", "key")}
    wrong = visitor.post("/feedback", data=form | {"verdict": "wrong", "reason": "thiếu cấp huyện"})
    assert "Đã ghi nhận nhận xét: <strong>Chưa đúng</strong>" in wrong.text
    right = visitor.post("/feedback", data=form | {"verdict": "right"})
    assert "Đã ghi nhận nhận xét: <strong>Đúng</strong>" in right.text
    assert visitor.post("/feedback", data=form | {"turn": "0" * 32, "verdict": "right"}).status_code == 404
    assert visitor.post("/feedback", data=form | {"verdict": "maybe"}).status_code == 422


def test_deleting_asks_first_and_then_deletes(visitor: httpx.Client) -> None:
    one, two = (asked(visitor, question).url.path for question in (QUESTION, "Ai ký Quyết định 2108?"))
    assert "Xóa cuộc hỏi đáp này?" in visitor.get(f"{one}/delete").text
    assert visitor.get(one).status_code == 200, "reading the question deletes nothing"
    assert "Đã xóa cuộc hỏi đáp." in visitor.post(f"{one}/delete").text
    assert visitor.get(one).status_code == 404
    assert visitor.post(f"{one}/delete").status_code == 404
    assert visitor.get(two).status_code == 200
    assert "Xóa tất cả?" in visitor.get("/forget").text
    assert "Chưa có cuộc hỏi đáp nào." in visitor.post("/forget").text
    assert visitor.get(two).status_code == 404


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}, {"origin": "null"}]
)
@pytest.mark.parametrize("path", ["/ask", "/feedback", "/forget", "/conversations/x/delete"])
def test_forms_of_other_sites_are_refused(visitor: httpx.Client, path: str, headers: dict[str, str]) -> None:
    form = {"question": QUESTION, "turn": "x", "verdict": "right"}
    refused = visitor.post(path, data=form, headers=headers)
    assert refused.status_code == 403
    assert "Yêu cầu gửi từ trang khác" in refused.text


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin", "origin": "https://behind.example"}, {}])
def test_forms_of_our_own_pages_are_taken(visitor: httpx.Client, headers: dict[str, str]) -> None:
    assert visitor.post("/ask", data={"question": QUESTION}, headers=headers).status_code == 200
    own = {"origin": str(visitor.base_url).rstrip("/")}
    assert visitor.post("/ask", data={"question": QUESTION}, headers=own).status_code == 200


@pytest.mark.parametrize("question", ["", " \n ", "x" * 5000])
def test_a_question_that_cannot_be_read_stays_in_the_box(visitor: httpx.Client, question: str) -> None:
    refused = asked(visitor, question)
    assert refused.status_code == 422
    assert "Chưa đọc được câu hỏi" in refused.text
    assert question.strip() in refused.text
    assert "Chưa có cuộc hỏi đáp nào." in visitor.get("/conversations").text


def test_a_refused_question_does_not_hide_what_was_said_before(visitor: httpx.Client) -> None:
    before = asked(visitor)
    refused = asked(visitor, "?", conversation=hidden(before.text, "conversation"))
    assert refused.status_code == 422
    assert QUESTION in refused.text
    assert "Chưa đọc được câu hỏi" in refused.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/none", 404, "Không có địa chỉ này"),
        ("/documents/none", 404, "Không có văn bản này"),
        ("/conversations/none", 404, "Không có cuộc hỏi đáp này"),
        ("/duties?document=none", 404, "Không có văn bản này"),
        ("/duties?level=none", 422, "Yêu cầu không đúng mẫu"),
        ("/ask", 405, "Địa chỉ này không nhận phương thức đó"),
    ],
)
def test_problems_are_pages_for_people_and_json_for_programs(site: str, path: str, status: int, said: str) -> None:
    response = httpx.get(site + path)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert f"<h1>{said}</h1>" in response.text
    assert httpx.get(f"{site}/v1/none").headers["content-type"] == "application/problem+json"


def test_a_span_that_the_text_has_not_is_said(site: str, directives: dict[str, Directive]) -> None:
    name, directive = next(iter(directives.items()))
    for start, end in ((5, 5), (9, 3), (0, len(directive.text) + 1)):
        page = httpx.get(f"{site}/documents/{name}", params={"start": start, "end": end})
        assert page.status_code == 200
        assert "không còn ở vị trí" in page.text
        assert "<mark" not in page.text
    assert httpx.get(f"{site}/documents/{name}", params={"start": -1, "end": 3}).status_code == 422


def test_duties_shown_are_the_duties_in_the_files(site: str) -> None:
    page = httpx.get(f"{site}/duties", params={"body": "ubnd xa", "level": "xã"}).text
    assert "Đang lọc theo cơ quan: ủy ban nhân dân xã" in page
    shown = page.count("Mở điều khoản</a>")
    assert shown
    address = re.search(r'href="(/v1/facts/duties[^"]+)xlsx"', page)
    assert address is not None
    download = site + html.unescape(address[1])
    workbook = httpx.get(f"{download}xlsx")
    assert workbook.headers["content-disposition"] == 'attachment; filename="viec-phai-lam.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content)).active
    assert sheet is not None
    assert sheet.max_row == shown + 1
    assert len(docx.Document(io.BytesIO(httpx.get(f"{download}docx").content)).tables[0].rows) == shown + 1
    assert httpx.get(f"{download}ics").text.startswith("BEGIN:VCALENDAR")


def test_a_duty_leads_to_its_clause(site: str, directives: dict[str, Directive]) -> None:
    page = httpx.get(f"{site}/duties", params={"dated": "true"}).text
    links = re.findall(r'href="(/documents/([\w-]+)\?start=(\d+)&amp;end=(\d+)#_trich)"', page)
    assert links
    for address, name, start, end in links[:5]:
        marked = re.findall(r"<mark[^>]*>([^<]*)</mark>", httpx.get(site + html.unescape(address)).text)
        quote = directives[name].text[int(start) : int(end)]
        assert html.unescape("".join(marked)) == quote.replace("\n", "")


def test_an_account_says_that_it_is_one(site: str, directives: dict[str, Directive]) -> None:
    account = next(one for one in directives.values() if one.is_account)
    assert "không phải toàn văn" in httpx.get(f"{site}/documents/{account.id}").text
    assert "không phải toàn văn" in httpx.get(f"{site}/documents").text


def test_static_files_are_kept_for_good_under_their_digest_only(site: str) -> None:
    page = httpx.get(site).text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        response = httpx.get(site + address)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
    old = re.sub(r"/static/\w+/", "/static/0/", address)
    assert httpx.get(site + old).headers["cache-control"] == "no-cache"
    assert httpx.get(f"{site}/static/0/none.css").status_code == 404
    assert httpx.get(f"{site}/static/0/../../templates/base.html").status_code == 404


def test_pages_are_kept_by_no_shared_computer_and_hold_nothing_inline(site: str) -> None:
    for path in ("/", "/documents", "/duties", "/search?q=dân vận", "/conversations", "/forget", "/none"):
        response = httpx.get(site + path)
        assert response.headers["cache-control"] == "no-store"
        assert "unsafe" not in response.headers["content-security-policy"]
        assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|<style", response.text)
