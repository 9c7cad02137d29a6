"""HTML in a question or in a directive is text, wherever it is shown."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import docx
import httpx
import openpyxl
import pytest

from bot.settings import Settings
from tests.web.conftest import Tabs, ask, directives_of
from tools.browser import serving

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<svg/onload=alert(2)>"
TEMPLATE = "{{777*7777}}"
EVIL = f"{SCRIPT} {IMAGE} {TEMPLATE} \"' onfocus=alert(3) autofocus"
TEXT = f"""CHỈ THỊ
về công tác {EVIL}

Ban Thường vụ Tỉnh ủy yêu cầu:

1. Các cơ quan {EVIL} báo cáo kết quả kiểm tra kho thóc trước ngày 15 tháng 11 hằng năm.

- UBND xã {EVIL} tổ chức đối thoại.
"""


@pytest.fixture(scope="module")
def evil(own_corpus: Callable[..., Settings]) -> Iterator[tuple[str, Settings]]:
    settings = own_corpus({"evil": TEXT}, province="Tỉnh <b>đậm</b>")
    with serving(settings) as address:
        yield address, settings


def test_the_directive_holds_it_as_text(evil: tuple[str, Settings]) -> None:
    text = directives_of(evil[1])["evil"].text
    assert SCRIPT in text
    assert IMAGE in text
    assert TEMPLATE in text


def test_pages_show_it_and_run_nothing(evil: tuple[str, Settings], tabs: Tabs) -> None:
    address, settings = evil
    length = len(directives_of(settings)["evil"].text)
    page = tabs.open()
    paths = (
        "/",
        "/documents",
        f"/documents/evil?start=0&end={length}",
        "/duties",
        f"/duties?body={SCRIPT}",
        "/search?q=kiểm tra kho thóc",
        f"/search?q={IMAGE}",
        f"/?question={EVIL}",
        f"/documents/{IMAGE.replace('/', '')}",
        f"/{SCRIPT}",
        "/duties?level=<b>",
    )
    for path in paths:
        page.goto(address + path)
        assert page.locator("img, main svg, script:not([src]), b").count() == 0, path
        assert "6042729" not in page.locator("main").inner_text(), path
    page.goto(f"{address}/documents/evil")
    shown = page.locator("main").inner_text()
    for one in (SCRIPT, IMAGE, TEMPLATE):
        assert one in shown


def test_questions_show_it_and_run_nothing(evil: tuple[str, Settings], tabs: Tabs) -> None:
    page = tabs.open()
    page.goto(evil[0])
    for number, question in enumerate((f"Khi nào báo cáo kết quả kiểm tra kho thóc? {EVIL}", f"{EVIL} là gì?"), 1):
        ask(page, question, number)
        assert page.locator(f"#_hoi-{number} .asked").text_content() == f"Câu hỏi: {question}"
    assert SCRIPT in page.locator("blockquote").first.inner_text()
    for path in (page.url, f"{evil[0]}/conversations", f"{page.url}/delete"):
        page.goto(path)
        assert page.locator("img, main svg, script:not([src]), b").count() == 0, path
        assert SCRIPT in page.locator("main").inner_text()


def test_a_fragment_is_escaped_as_well(evil: tuple[str, Settings]) -> None:
    headers = {"hx-request": "true"}
    answered = httpx.post(f"{evil[0]}/ask", data={"question": f"kho thóc {EVIL}"}, headers=headers)
    assert "<script" not in answered.text
    assert "<svg" not in answered.text
    refused = httpx.post(f"{evil[0]}/ask", data={"question": "kho", "document": SCRIPT}, headers=headers)
    assert refused.status_code == 404
    assert "<script" not in refused.text
    key = httpx.post(
        f"{evil[0]}/feedback", data={"turn": SCRIPT, "verdict": "right", "key": '"><script>'}, headers=headers
    )
    assert key.status_code == 422
    assert not re.search(r"<script(?! src)", key.text)


def test_files_hold_it_as_text(evil: tuple[str, Settings]) -> None:
    def file(form: str) -> bytes:
        return httpx.get(f"{evil[0]}/v1/facts/duties", params={"form": form}).content

    sheet = openpyxl.load_workbook(io.BytesIO(file("xlsx"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(SCRIPT in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    table = docx.Document(io.BytesIO(file("docx"))).tables[0]
    assert any(SCRIPT in cell.text for row in table.rows for cell in row.cells)
    unfolded = file("ics").replace(b"\r\n ", b"").decode()
    assert "<script>" in unfolded
