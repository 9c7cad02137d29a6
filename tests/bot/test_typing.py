"""How people type: slips, Telex left over, compounds by their first letter, wrong marks."""

from __future__ import annotations

import pytest

from bot import Assistant
from bot.question.question import understand
from bot.question.restoration import restorer
from bot.question.targets import named_provinces
from bot.question.typos import without_slips, written_out
from index.library import Library


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("trước khi ra chính sáhc phải lấy ý kiến ai", "chính sách"),
        ("văn bản ban hàhn ngày nào", "ban hành"),
        ("an ninh vùng giáp rannh", "giáp ranh"),
        ("câu đó dduwowcj viết thế nào", "được"),
    ],
)
def test_a_slip_is_read_as_the_word_beside_its_neighbours(library: Library, typed: str, held: str) -> None:
    assert held in understand(typed, library).searched


@pytest.mark.parametrize("typed", ["Tóm tắt để trình sếp", "bây giờ thì sao", "bà con lắm chuyện, đúng chứ"])
def test_everyday_words_that_no_directive_holds_are_no_slips(library: Library, typed: str) -> None:
    mended, places = without_slips(typed, library, restorer(library))
    assert mended == typed
    assert not places


@pytest.mark.parametrize(
    ("typed", "read"), [("dnang", "da nang"), ("gquyet don thu", "giai quyet don thu"), ("y te gduc", "y te giao duc")]
)
def test_a_compound_by_its_first_letter_is_written_out(library: Library, typed: str, read: str) -> None:
    assert written_out(typed, library) == read


@pytest.mark.parametrize("typed", ["sipas", "papi", "ubnd", "thanh", "hello", "x" * 40])
def test_what_is_no_such_compound_stays(library: Library, typed: str) -> None:
    assert written_out(typed, library) == typed


def test_a_province_with_wrong_marks_is_known_behind_a_word_for_a_place(library: Library) -> None:
    assert named_provinces("đơn thư ở nghệ ạn xử lý sao", library) == ["Nghệ An"]
    assert named_provinces("hoa hải đường nở", library) == []


def test_a_question_full_of_slips_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("quyết dịnh 4955 cũa ubnd tp ban hàhn ngày nào")
    assert answer.status == "answered"
    assert "25/7/2014" in answer.answer
