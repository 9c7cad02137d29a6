"""Whatever an answer says, what is sent parses as Telegram's HTML, keeps the limits, and shows the plain answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import messages
from bot.answering.answer import Answer, Choice, Citation, Notice, Understood
from bot.answering.assistant import Assistant
from bot.telegram.keyboards import answer_keyboard
from bot.telegram.markup import LIMIT, Piece, length, sendable, split, to_html, visible
from bot.telegram.rendering import answer_text, copied, render, sources
from tests.telegram.botapi.html import parse_html
from tests.telegram.botapi.texts import formatted, limited

NASTY = [
    "<",
    ">",
    "&",
    "&amp;",
    "</b>",
    "<b>",
    "<blockquote>",
    "\n",
    "\n\n",
    "“",
    "”",
    " ",
    "; ",
    ", ",
    ". ",
    "/han",
    "@x",
]
TEXT = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text(st.characters(), max_size=30),
        st.text("aăâbcđêô ạ,.;:\n", min_size=50, max_size=900),
        st.text("😀𝟚", min_size=1, max_size=300),
    ),
    max_size=12,
).map("".join)


@st.composite
def citations(draw: st.DrawFn) -> tuple[Citation, ...]:
    count = draw(st.integers(0, 12))
    return tuple(
        Citation(
            marker=marker,
            role=draw(st.sampled_from(["support", "nearest", "correction"])),
            document_id="d",
            number=None,
            type="Chỉ thị",
            title=None,
            issuer=None,
            province=None,
            issued_on=None,
            address="mục 1",
            citation_line=draw(TEXT),
            quote=draw(TEXT),
            start=0,
            end=1,
            url="/documents/d#muc-1",
        )
        for marker in range(1, count + 1)
    )


ANSWERS = st.builds(
    Answer,
    status=st.sampled_from(["answered", "corrected", "not_found", "clarify", "smalltalk", "rejected"]),
    answer=TEXT,
    citations=citations(),
    notices=st.lists(
        st.builds(
            Notice,
            kind=st.sampled_from(["validity", "source"]),
            text=TEXT.map(lambda text: f"{messages.OUTSIDE}: {text}") | TEXT,
            source=st.none() | TEXT,
        ),
        max_size=4,
    ).map(tuple),
    choices=st.lists(st.builds(Choice, label=TEXT, question=TEXT), max_size=3).map(tuple),
    suggestions=st.lists(TEXT, max_size=4).map(tuple),
    question=st.builds(Understood, text=TEXT, understood_as=TEXT),
)


def seen(html: str) -> str:
    """What Telegram shows of a message; raises where it refuses it."""
    text, entities = formatted(html, "HTML")
    assert len(entities) <= 100
    return limited(text, 4096)


@settings(max_examples=150, deadline=None)
@given(answer=ANSWERS, source=st.integers(0, 12))
def test_every_message_of_any_answer_is_taken(answer: Answer, source: int) -> None:
    for message in [*render(answer, source), *sources(answer)]:
        seen(to_html(message))
    for citation in answer.citations:
        for message in copied(citation):
            seen(to_html(message))


@settings(max_examples=150, deadline=None)
@given(answer=ANSWERS)
def test_the_visible_text_of_the_answer_part_is_the_plain_answer(answer: Answer) -> None:
    shown = "".join(seen(to_html(message)) for message in render(answer))
    plain = answer_text(answer)
    if length(plain) <= LIMIT - 1000:
        assert shown.startswith(formatted(to_html((Piece(plain),)), "HTML")[0])
    # Where it is cut, white space at the cuts is all that is lost.
    assert "".join(shown.split()).startswith("".join(plain.split()))
    assert plain in (sendable(answer.answer).strip(), messages.NOT_STATED)


@settings(max_examples=150, deadline=None)
@given(text=TEXT, style=st.sampled_from(["plain", "bold", "italic", "quote"]), limit=st.integers(20, 200))
def test_splitting_loses_nothing_and_cuts_no_tag(text: str, style: str, limit: int) -> None:
    text = sendable(text)
    parts = split((Piece("Đầu: "), Piece(text, style)), limit)  # type: ignore[arg-type]
    assert all(length(visible(part)) <= limit for part in parts)
    for part in parts:
        assert parse_html(to_html(part))[0] == visible(part)
    together = "".join(visible(part) for part in parts)
    assert "".join(together.split()) == "".join(f"Đầu: {text}".split())


@settings(max_examples=50, deadline=None)
@given(answer=ANSWERS)
def test_buttons_keep_telegrams_limits(answer: Answer) -> None:
    rows = answer_keyboard(answer, "0" * 32, source=11, page_url="https://danvan.example/")
    for row in rows:
        for _, data in row:
            assert data.startswith("https://") or len(data.encode()) <= 64
    assert sum(map(len, rows)) <= 100


def test_an_answer_is_cut_at_the_borders_of_clauses() -> None:
    clauses = [f"Khoản {number} nêu việc phải làm trong năm; " for number in range(300)]
    parts = split((Piece("".join(clauses), "bold"),))
    assert len(parts) > 1
    assert all(visible(part).rstrip().endswith(";") for part in parts)


def test_paging_through_quotations_changes_the_last_message_only(assistant: Assistant) -> None:
    answer = assistant.ask("tóm tắt chỉ thị Hà Tĩnh")
    assert len(answer.citations) > 2
    first, second = render(answer, 0), render(answer, 1)
    assert len(first) == len(second)
    assert first[:-1] == second[:-1]
    assert answer.citations[0].quote in visible(first[-1])
    assert answer.citations[1].quote in visible(second[-1])


@pytest.mark.parametrize("answer", ["", " \n ", "\u200b", "\ufeff"])
def test_an_answer_of_nothing_is_still_a_message(answer: str) -> None:
    empty = Answer(status="smalltalk", answer=answer, question=Understood(text="?", understood_as="?"))
    assert [seen(to_html(message)) for message in render(empty)] == [messages.NOT_STATED]
