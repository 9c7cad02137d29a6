"""The pages in Chromium: asking in place, copying, the highlighted clause, keys, paper, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot.settings import Settings
from index.directive import Directive
from tests.web.conftest import AXE, Tabs, ask, directives_of
from tools.browser import serving

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
QUESTION = "ai lam truong ban chi dao cong tac dan van o cap xa"
ACCOUNT_OF = "nghe-an-04-da-tu-2021"


def marked(page: Page) -> str:
    return "".join(page.locator("mark").all_text_contents())


def words(page: Page) -> list[str]:
    return page.locator(".text .words").all_text_contents()


def test_a_newcomer_asks_and_reads_the_highlighted_clause(
    site: str, tabs: Tabs, directives: dict[str, Directive]
) -> None:
    page = tabs.open(**PHONE)
    page.goto(site)
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator(".short")).to_contain_text("chủ tịch UBND")
    expect(page.locator("#_status")).to_contain_text("chủ tịch UBND")
    quoted = page.locator("blockquote p").inner_text()
    page.get_by_role("link", name="Mở văn bản tại mục này").click()
    assert marked(page) == quoted
    assert quoted in directives[ACCOUNT_OF].text
    expect(page.locator("mark").first).to_be_in_viewport()
    assert words(page) == [line for line in directives[ACCOUNT_OF].text.split("\n") if line]


def test_answers_come_in_place_and_the_address_can_be_loaded_again(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    page.goto(site)
    page.evaluate("window.stayed = true")
    ask(page, "Hạn báo cáo ở Hải Dương là khi nào?")
    ask(page, "gửi cơ quan nào?", 2)
    assert page.evaluate("window.stayed"), "no page was loaded"
    assert page.input_value("[data-question]") == ""
    assert "/conversations/" in page.url
    shown = page.locator(".short").all_inner_texts()
    page.reload()
    assert page.locator(".short").all_inner_texts() == shown
    page.get_by_role("link", name="Cuộc hỏi đáp mới").click()
    assert page.locator(".turn").count() == 0


def test_a_choice_is_asked_by_its_button(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    page.goto(site)
    ask(page, "Ai ký chỉ thị này?")
    choice = page.locator(".turn .choice").first
    label = choice.inner_text()
    choice.click()
    page.wait_for_selector("#_hoi-2")
    assert label in page.locator("#_hoi-2 .asked").inner_text()
    assert page.locator("#_hoi-2 .is-answered").count() == 1


def test_a_refused_question_stays_and_a_lost_connection_is_said(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    page.goto(site)
    page.fill("[data-question]", "?!")
    page.press("[data-question]", "Enter")
    expect(page.locator(".turn .status")).to_have_text("Chưa đọc được câu hỏi")
    assert page.input_value("[data-question]") == "?!"
    page.route("**/ask", lambda route: route.abort())
    page.press("[data-question]", "Enter")
    expect(page.locator("#_turns")).to_contain_text("Không kết nối được với dịch vụ")
    page.unroute("**/ask")
    page.fill("[data-question]", "x" * 70_000)
    page.press("[data-question]", "Enter")
    expect(page.locator("#_turns > *")).to_contain_text("vượt quá 64 KB")
    ask(page, QUESTION)
    assert page.locator("#_turns > *").count() == 1, "what was said in passing is gone"
    # The browser itself tells of the aborted request.
    tabs.complaints[:] = [one for one in tabs.complaints if "ERR_FAILED" not in one and "Failed to fetch" not in one]


def test_what_is_copied_is_the_quotation_and_its_line(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page.goto(site)
    ask(page, "Ai ký Quyết định 2108?")
    first = page.locator(".quote").first
    first.get_by_role("button", name="Chép trích dẫn").click()
    expect(first.get_by_role("button")).to_have_text("Đã chép")
    expect(page.locator("#_status")).to_have_text("Đã chép trích dẫn.")
    wanted = f"“{first.locator('blockquote p').text_content()}”\n{first.locator('.source').text_content()}"
    assert page.evaluate("navigator.clipboard.readText()") == wanted


def test_a_unit_of_a_directive_is_copied(site: str, tabs: Tabs, directives: dict[str, Directive]) -> None:
    page = tabs.open(**DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/documents/{ACCOUNT_OF}")
    line = page.locator(".line.of-dash").nth(1)
    line.hover()
    line.get_by_role("button").click()
    expect(line.get_by_role("button")).to_have_text("Đã chép")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{line.locator('.words').text_content()}”\nĐề án số ")


def test_without_a_clipboard_the_words_are_selected(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{site}/search?q=tiep+cong+dan")
    first = page.locator(".quote").first
    first.get_by_role("button").click()
    expect(first.get_by_role("button")).to_contain_text("Ctrl + C")
    assert page.evaluate("getSelection().toString().trim()") == first.locator("blockquote p").inner_text().strip()


def test_feedback_in_place(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    page.goto(site)
    ask(page, QUESTION)
    page.get_by_text("Chưa đúng", exact=True).click()
    page.get_by_label("Chưa đúng ở chỗ nào?").fill("thiếu căn cứ")
    page.get_by_role("button", name="Gửi nhận xét").click()
    expect(page.locator(".feedback .kept")).to_have_text("Đã ghi nhận nhận xét: Chưa đúng.")
    page.get_by_role("button", name="Đúng", exact=True).click()
    expect(page.locator(".feedback .kept")).to_have_text("Đã ghi nhận nhận xét: Đúng.")
    page.reload()
    expect(page.locator(".feedback .kept")).to_have_text("Đã ghi nhận nhận xét: Đúng.")


def test_everything_basic_works_without_scripts(site: str, tabs: Tabs) -> None:
    page = tabs.open(**PHONE, java_script_enabled=False)
    page.goto(site)
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator(".short")).to_contain_text("chủ tịch UBND")
    assert page.get_by_role("button", name="Chép trích dẫn").count() == 0, "what needs scripts is not offered"
    page.get_by_label("Hỏi tiếp").fill("còn cấp huyện?")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    assert page.locator(".turn").count() == 2
    page.locator("#_hoi-2").get_by_text("Chưa đúng", exact=True).click()
    page.locator("#_hoi-2").get_by_label("Chưa đúng ở chỗ nào?").fill("chưa rõ")
    page.locator("#_hoi-2").get_by_role("button", name="Gửi nhận xét").click()
    expect(page.locator("#_hoi-2 .kept")).to_have_text("Đã ghi nhận nhận xét: Chưa đúng.")
    page.locator("#_hoi-1").get_by_role("link", name="Mở văn bản tại mục này").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    page.get_by_role("link", name="Lịch sử").click()
    page.get_by_role("link", name="Xóa cuộc hỏi đáp").click()
    page.get_by_role("button", name="Xóa").click()
    expect(page.get_by_text("Chưa có cuộc hỏi đáp nào.")).to_be_visible()


def test_keys(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    page.goto(f"{site}/documents")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.goto(site)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    page.keyboard.type("a/b")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("c")
    assert page.input_value("[data-question]") == "a/b\nc"
    page.fill("[data-question]", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#_hoi-1")
    outline = page.evaluate(
        "() => { const a = document.querySelector('.acts a'); a.focus({focusVisible: true}); "
        "return getComputedStyle(a).outlineStyle }"
    )
    assert outline == "solid"


def test_the_ground_is_switched_and_remembered(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP, color_scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page.goto(site)
    light = page.evaluate(ground)
    page.get_by_role("button", name="Đổi nền sáng, nền tối").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(f"{site}/documents")
    assert page.evaluate(ground) == dark


def test_paper_shows_the_answer_with_its_places_and_nothing_to_press(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    page.goto(site)
    ask(page, QUESTION)
    page.emulate_media(media="print")
    for kept in (".asked", ".short", "blockquote", ".source"):
        assert page.locator(kept).first.is_visible(), kept
    for gone in (".top", ".ask", ".acts", ".feedback", ".foot"):
        assert not page.locator(gone).first.is_visible(), gone
    page.goto(f"{site}/documents/{ACCOUNT_OF}")
    assert not page.locator(".tools").first.is_visible()
    assert page.locator(".text").is_visible()


def test_the_typefaces_are_ours_and_draw_vietnamese(site: str, tabs: Tabs) -> None:
    page = tabs.open(**DESKTOP)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/static/")[0].split("/ask")[0]))
    page.goto(f"{site}/documents/{ACCOUNT_OF}")
    page.evaluate("document.fonts.ready.then(() => null)")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {"Be Vietnam Pro", "Source Serif 4"} <= {family.strip('"') for family in loaded}
    assert all(host.startswith(site) for host in hosts)
    for family in ("Be Vietnam Pro", "Source Serif 4"):
        assert page.evaluate(f"document.fonts.check('16px \"{family}\"', 'ừễợẵ')")


@pytest.fixture(scope="module")
def wide_text(own_corpus: Callable[..., Settings]) -> tuple[Settings, Directive]:
    text = (
        "CHỈ THỊ\nvề việc 𝔸𝔹 thử nghiệm 🙂\n\nBan Thường vụ Tỉnh ủy yêu cầu:\n\n1. Việc 🙂 thứ nhất 𝔸.\n\n"
        "- Gạch đầu dòng 𝔹 một;\n\n- Gạch đầu dòng hai 🙂🙂.\n\n2. Các cơ quan báo cáo hằng năm.\n"
    )
    settings = own_corpus({"wide": text})
    return settings, directives_of(settings)["wide"]


def test_highlights_are_exact_across_units_and_beyond_sixteen_bits(
    wide_text: tuple[Settings, Directive], tabs: Tabs
) -> None:
    settings, directive = wide_text
    assert "🙂" in directive.text
    begin = directive.text.index("thứ nhất")
    spans = [
        (directive.text.index("𝔸"), directive.text.index("𝔸") + 1),
        (begin, directive.text.index("hai 🙂") + 5),
        (0, len(directive.text)),
    ]
    with serving(settings) as address:
        page = tabs.open(**DESKTOP)
        for start, end in spans:
            page.goto(f"{address}/documents/wide?start={start}&end={end}#_trich")
            assert marked(page) == directive.text[start:end].replace("\n", "")
            assert "\n".join(words(page)) == "\n".join(line for line in directive.text.split("\n") if line)


PAGES = (
    "/",
    "/documents",
    f"/documents/{ACCOUNT_OF}?start=10&end=300",
    "/documents/da-nang-2108-qd-tu-2016",
    "/duties",
    "/duties?body=ubnd+xa&dated=true",
    "/search?q=tiep+cong+dan",
    "/conversations",
    "/forget",
    "/none",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_serious_violation_of_accessibility_and_nothing_wider_than_the_screen(
    site: str, tabs: Tabs, device: dict[str, object], scheme: str
) -> None:
    page = tabs.open(**device, color_scheme=scheme)
    check = AXE.read_text(encoding="utf-8")

    def examine(where: str) -> None:
        page.evaluate(check)
        found = page.evaluate("axe.run(document).then(r => r.violations)")
        serious = [
            (one["id"], one["impact"], [node["target"] for node in one["nodes"]][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], where
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where

    for path in PAGES:
        page.goto(site + path)
        examine(path)
    page.goto(site)
    questions = (QUESTION, "Vì sao chỉ đặt 60% xã nông thôn mới ở Phú Yên?", "Lương cán bộ dân vận là bao nhiêu?")
    for number, question in enumerate(
        (*questions, "hỏi chuyện khác, ai ký chỉ thị này?", "Quyết định 290 còn hiệu lực không?"), 1
    ):
        ask(page, question, number)
    page.get_by_text("Chưa đúng", exact=True).first.click()
    examine("a conversation")
    page.goto(f"{site}/conversations")
    examine("a history")
    page.get_by_role("link", name="Xóa cuộc hỏi đáp").first.click()
    examine("a deletion")
