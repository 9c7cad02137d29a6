"""Telegram's HTML: what is taken, what is refused, and where entities begin and end."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.telegram.botapi import ApiError, Entity
from tests.telegram.botapi.entities import units
from tests.telegram.botapi.formatting import to_html
from tests.telegram.botapi.html import TAGS
from tests.telegram.botapi.texts import INVISIBLE, formatted


def parsed(source: str) -> tuple[str, list[tuple[str, str]]]:
    """The visible text, and the words that each entity covers."""
    text, entities = formatted(source, "HTML")
    return text, [(entity.type, entity.of(text)) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>một</b> <strong>hai</strong>", "một hai", [("bold", "một"), ("bold", "hai")]),
        ("<i>một</i> <em>hai</em>", "một hai", [("italic", "một"), ("italic", "hai")]),
        ("<u>một</u> <ins>hai</ins>", "một hai", [("underline", "một"), ("underline", "hai")]),
        ("<s>a</s> <strike>b</strike> <del>c</del>", "a b c", [("strikethrough", letter) for letter in "abc"]),
        ('<span class="tg-spoiler">a</span> <tg-spoiler>b</tg-spoiler>', "a b", [("spoiler", "a"), ("spoiler", "b")]),
        ("<code>x &lt; y</code>", "x < y", [("code", "x < y")]),
        ("<pre>x</pre>", "x", [("pre", "x")]),
        ("<blockquote>Trích</blockquote>", "Trích", [("blockquote", "Trích")]),
        ("<blockquote expandable>Dài</blockquote>", "Dài", [("expandable_blockquote", "Dài")]),
        ("<BLOCKQUOTE EXPANDABLE=''>Dài</BLOCKQUOTE>", "Dài", [("blockquote", "Dài")]),
        ("<b>đậm <i>nghiêng</i></b>", "đậm nghiêng", [("bold", "đậm nghiêng"), ("italic", "nghiêng")]),
        ("<b>x</>", "x", [("bold", "x")]),
        ("<B >x</b >", "x", [("bold", "x")]),
        ("<b></b>x", "x", []),
        ("a &amp;lt; &quot;b&quot; &#39;c&#x27; &nbsp; &ampersand & &", "a &lt; \"b\" 'c' &nbsp; &ampersand & &", []),
        ("&lt&gt", "<>", []),
        ("a > b", "a > b", []),
        ("😀<b>đ</b>", "😀đ", [("bold", "đ")]),
        ("&#128512;", "😀", []),
        ("&#xD83D;&#xDE00;<b>x</b>", "😀x", [("bold", "x")]),
    ],
)
def test_reads_the_supported_markup(source: str, text: str, entities: list[tuple[str, str]]) -> None:
    assert parsed(source) == (text, entities)


def test_arguments_of_entities() -> None:
    assert formatted('<a href="https://VD.vn?a=1&amp;b=2">x</a>', "HTML")[1] == [
        Entity("text_link", 0, 1, "https://vd.vn/?a=1&b=2")
    ]
    assert formatted('<a href="tg://user?id=42">x</a>', "HTML")[1] == [Entity("text_mention", 0, 1, "42")]
    assert formatted('<pre><code class="language-python">x</code></pre>', "HTML")[1] == [Entity("pre", 0, 1, "python")]
    assert formatted('<code class="language-python">x</code>', "HTML")[1] == [Entity("code", 0, 1)]
    assert formatted('<tg-emoji emoji-id="5368">👍</tg-emoji>', "HTML")[1] == [Entity("custom_emoji", 0, 2, "5368")]
    assert formatted("<a href='khong-phai-dia-chi'>x</a>", "HTML") == ("x", []), "a wrong address is left out silently"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ('<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("đ < b", 'Unsupported start tag "" at byte offset 3'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<", "Unclosed start tag at byte offset 0"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x_y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b /x>y</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("&#xD83D;", "Text contains invalid Unicode characters"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", 'Nested "blockquote" at byte offset 13'),
        ("<blockquote>a<b><blockquote expandable>b</blockquote></b></blockquote>", 'Nested "blockquote"'),
    ],
)
def test_refuses_what_telegram_refuses(source: str, reason: str) -> None:
    """The first four sentences are those that the live server was seen to answer; the others are TDLib's."""
    with pytest.raises(ApiError, match=re.escape(f"Bad Request: can't parse entities: {reason}")):
        formatted(source, "HTML")


@pytest.mark.parametrize("source", ["", "   ", "\n", "<b> </b>", "&#8203;", "\u200b\u200e", "\u2800"])
def test_refuses_a_text_of_which_nothing_is_seen(source: str) -> None:
    with pytest.raises(ApiError, match="text must be non-empty"):
        formatted(source, "HTML")


def test_trims_and_cleans_as_telegram() -> None:
    assert parsed(" \n x\t\ty \r\n\n") == ("x  y", [])
    assert formatted("  <b> x </b> ", "HTML") == (" x", [Entity("bold", 0, 2)]), "formatted space in front stays"
    assert parsed("a\u2028b\u202ec") == ("abc", [])
    assert parsed("a\r<b>b\rc</b>") == ("abc", [("bold", "bc")])
    assert parsed("\u00a0x\u00a0") == ("\u00a0x\u00a0", []), "a no-break space is no space"


def test_nothing_stands_inside_code_and_links_do_not_nest() -> None:
    assert parsed("<code>a<b>b</b></code>") == ("ab", [("code", "ab")])
    assert parsed("<b>a<code>b</code>c</b>") == ("abc", [("bold", "a"), ("code", "b"), ("bold", "c")])
    assert parsed("<b><code>b</code></b>") == ("b", [("code", "b")])
    assert parsed('<a href="http://a.vn">x<a href="http://b.vn">y</a></a>') == ("xy", [("text_link", "xy")])


def test_finds_commands_mentions_and_links_itself() -> None:
    text = "/han@danvan_bot xem https://vd.vn/a?b=1. hỏi @anna_pham #dânvận a@b.vn, /a/b x/y"
    assert parsed(text)[1] == [
        ("bot_command", "/han@danvan_bot"),
        ("url", "https://vd.vn/a?b=1"),
        ("mention", "@anna_pham"),
        ("hashtag", "#dânvận"),
        ("email", "a@b.vn"),
    ]
    assert parsed("<code>/han</code>")[1] == [("code", "/han")]


def test_further_entities_than_a_hundred_are_ignored() -> None:
    text, entities = formatted(" ".join(["<b>x</b>"] * 130), "HTML")
    assert len(entities) == 100
    assert text == " ".join(["x"] * 130)


unhurried = settings(deadline=None)

# Everything that a text may hold, but for lone surrogates, which are no text, and NUL, which Telegram refuses.
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
visible = anything.filter(lambda text: not INVISIBLE.fullmatch(formatted_plain(text)))


def formatted_plain(text: str) -> str:
    try:
        return formatted(text, "")[0]
    except ApiError:
        return ""


@unhurried
@given(visible)
@example("a < b & c > d")
@example("&amp;#60;b>")
@example("\"'`</b><")
def test_an_escaped_text_is_seen_as_it_was(text: str) -> None:
    for escaped in (html.escape(text), html.escape(text, quote=False)):
        assert formatted(escaped, "HTML")[0] == formatted(text, "")[0]


@unhurried
@given(anything, anything, st.text(st.characters(codec="ascii", exclude_characters="\0 \t\r\n\v>"), max_size=8))
@example("", "", "")
def test_a_stray_tag_is_refused(before: str, after: str, tag: str) -> None:
    if tag.lower() in TAGS or tag.startswith("/"):
        tag = "x" + tag.removeprefix("/")
    with pytest.raises(ApiError, match="can't parse entities"):
        formatted(f"{html.escape(before)}<{tag}>{html.escape(after)}", "HTML")


def wrapped(tag: str, inner: str) -> str:
    attribute = {"span": ' class="tg-spoiler"', "tg-emoji": ' emoji-id="1"', "a": ' href="http://vd.vn/x"'}.get(tag, "")
    return f"<{tag}{attribute}>{inner}</{tag}>"


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(inner, st.builds(wrapped, st.sampled_from(sorted(TAGS)), inner)), max_size=4).map("".join)


markup = st.recursive(anything.map(html.escape), larger)


@unhurried
@given(markup)
def test_balanced_tags_change_no_visible_character(source: str) -> None:
    try:
        text, entities = formatted(source, "HTML")
    except ApiError as refusal:
        reject_unless(refusal, "non-empty", 'Nested "blockquote"')
        return
    plain = html.unescape(re.sub(r"<[^>]*>", "", source))
    assert text.strip(" \n") == formatted_plain(plain).strip(" \n")
    assert all(0 <= entity.offset < entity.end <= units(text) for entity in entities)


@unhurried
@given(markup)
def test_written_back_and_read_again_it_is_the_same(source: str) -> None:
    try:
        text, entities = formatted(source, "HTML")
    except ApiError:
        return
    assert formatted(to_html(text, entities), "HTML") == (text, entities)


def reject_unless(refusal: ApiError, *reasons: str) -> None:
    if not any(reason in refusal.description for reason in reasons):
        raise refusal
