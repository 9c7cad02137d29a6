"""Questions on several places: what is asked of each."""

from __future__ import annotations

import pytest

from bot import Assistant
from bot.question.parts import questions_on
from evaluation.answers import citations_valid


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        # The same of both: joined places, whatever stands between them, and the words that only compare.
        ("Mức hài lòng ở Lào Cai và Cần Thơ?", "Mức hài lòng ở Lào Cai?", "Mức hài lòng ở Cần Thơ?"),
        ("So sánh hạn nộp của Lào Cai với Cần Thơ", "hạn nộp của Lào Cai", "hạn nộp của Cần Thơ"),
        ("Kế hoạch Lào Cai và kế hoạch Cần Thơ do ai ký", "Kế hoạch Lào Cai do ai ký", "Kế hoạch Cần Thơ do ai ký"),
        ("Tổ tự quản ở Lào Cai khác Cần Thơ chỗ nào", "Tổ tự quản ở Lào Cai", "Tổ tự quản ở Cần Thơ"),
        (
            "ty le ho ngheo cua lao cai voi can tho co giong nhau ko",
            "ty le ho ngheo cua lao cai",
            "ty le ho ngheo cua can tho",
        ),
        # Which is more, and whether they are one, as it is asked of one.
        (
            "Kế hoạch Lào Cai hay Cần Thơ, bên nào ra sớm hơn",
            "Kế hoạch Lào Cai, ra khi nào",
            "Kế hoạch Cần Thơ, ra khi nào",
        ),
        ("Lào Cai và Cần Thơ nơi nào mở nhiều lớp hơn", "Lào Cai mở bao nhiêu lớp", "Cần Thơ mở bao nhiêu lớp"),
        (
            "Quy chế mà Lào Cai dẫn và Cần Thơ dẫn có phải cùng một quyết định không",
            "Quy chế mà Lào Cai dẫn là quyết định nào",
            "Quy chế mà Cần Thơ dẫn là quyết định nào",
        ),
        # Something else of each.
        (
            "Việc tiếp dân: Lào Cai giao ai chủ trì, Cần Thơ mỗi tháng mấy buổi?",
            "Việc tiếp dân: Lào Cai giao ai chủ trì",
            "Việc tiếp dân: Cần Thơ mỗi tháng mấy buổi",
        ),
        (
            "Báo cáo thì Lào Cai nộp qua đâu, còn Cần Thơ trình ai?",
            "Báo cáo thì Lào Cai nộp qua đâu",
            "Báo cáo thì Cần Thơ trình ai",
        ),
        (
            "Trong hai văn bản Lào Cai, Cần Thơ: một bên họp khi nào, một bên nộp ở đâu?",
            "Trong văn bản Lào Cai họp khi nào",
            "Trong văn bản Cần Thơ nộp ở đâu",
        ),
        # What the second leaves out is as for the first, and the other way round.
        (
            "Lào Cai dẫn quyết định nào của Chính phủ còn Cần Thơ dẫn quyết định nào?",
            "Lào Cai dẫn quyết định nào của Chính phủ",
            "Cần Thơ dẫn quyết định nào của Chính phủ",
        ),
        (
            "Lào Cai giao ai, Cần Thơ giao ai việc hòa giải?",
            "Lào Cai giao ai việc hòa giải",
            "Cần Thơ giao ai việc hòa giải",
        ),
    ],
)
def test_each_place_is_asked_its_own_question(question: str, first: str, second: str) -> None:
    asked = questions_on(["Lào Cai", "Cần Thơ"], question)
    assert [" ".join(one.replace(" ,", ",").replace(" ?", "?").split()) for one in asked] == [first, second]


def test_places_asked_different_things_get_different_answers(assistant: Assistant) -> None:
    answer = assistant.ask("Kiểm tra hằng năm: Đà Nẵng giao cơ quan nào chủ trì, còn Nghệ An tối thiểu mấy lần?")
    first, second = answer.answer.split("\n")
    assert first.startswith("Đà Nẵng: ")
    assert "Uỷ ban Kiểm tra Thành uỷ chủ trì" in first
    assert second.startswith("Nghệ An: ")
    assert "01 lần" in second
    assert citations_valid(assistant, answer)
