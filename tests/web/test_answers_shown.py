"""An answer as the page shows it: marks, copied text, what stands apart."""

from __future__ import annotations

from bot import Assistant
from bot.web.cards import card_of
from bot.web.saying import lines_of


def test_only_marks_of_citations_are_links() -> None:
    lines = lines_of("Số [bản lưu thiếu số] theo [1] và [7].\n- một [2]", {1, 2})
    assert [[part.marker for part in line.parts] for line in lines] == [[None, 1, None], [None, 2]]
    assert [line.is_item for line in lines] == [False, True]
    assert "".join(part.text for part in lines[0].parts) == "Số [bản lưu thiếu số] theo [1] và [7]."


def test_no_line_of_an_answer_is_lost() -> None:
    answer = "Đầu:\n- a [1]\n- b [2]\nCuối."
    shown = [
        ("- " if line.is_item else "") + "".join(part.text for part in line.parts) for line in lines_of(answer, {1})
    ]
    assert "\n".join(shown) == answer


def test_what_is_copied_is_the_quotation_and_its_citation_line(assistant: Assistant) -> None:
    answer = assistant.ask("Ai ký Quyết định 2108?")
    for quote, citation in zip(card_of(answer).quotes, answer.citations, strict=True):
        assert quote.copy == f"“{citation.quote}”\n{citation.citation_line}"


def test_the_nearest_passage_and_outside_notes_stand_apart(assistant: Assistant) -> None:
    card = card_of(assistant.ask("Lương cán bộ dân vận là bao nhiêu?"))
    assert card.heading == "Văn bản đang lưu không nêu"
    assert card.nearest
    assert not card.quotes
    noted = card_of(assistant.ask("Quyết định 290 còn hiệu lực không?"))
    assert noted.outside
    assert all(not text.startswith("Ghi chú ngoài văn bản") for text, _ in noted.outside)


def test_a_question_read_otherwise_than_typed_says_how(assistant: Assistant) -> None:
    assert card_of(assistant.ask("Ai ký Quyết định 2108?")).understood_as is None
    english = card_of(assistant.ask("who chairs the steering committee at commune level?"))
    assert english.understood_as
