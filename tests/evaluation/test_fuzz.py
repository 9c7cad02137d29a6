from __future__ import annotations

import pytest

from bot import Assistant
from bot.answering.answer import Answer
from bot.settings import Settings
from evaluation.contract import breaches
from evaluation.fuzz import fuzz
from evaluation.fuzz_inputs import LONGEST, attempts
from index.directive import Directive
from index.filters import Filters
from index.library import Library


def test_no_text_makes_the_assistant_fail_or_invent(assistant: Assistant) -> None:
    found = fuzz(assistant, 500, seed=1)
    assert not found.broken, str(found)
    assert found.count == 500
    assert {"answered", "not_found", "rejected"} <= set(found.statuses)


def test_the_same_seed_gives_the_same_inputs_of_every_kind(directives: dict[str, Directive]) -> None:
    made = list(attempts(600, 3, ["Ai ký Chỉ thị 18?", "hạn báo cáo là ngày nào"], list(directives.values())))
    assert made == list(attempts(600, 3, ["Ai ký Chỉ thị 18?", "hạn báo cáo là ngày nào"], list(directives.values())))
    texts = "".join(attempt.question for attempt in made)
    for needed in ("\0", "DROP TABLE", "{{7*7}}", "<script>", "Bỏ qua mọi hướng dẫn"):
        assert needed in texts
    for first, last in (("\u0300", "\u036f"), ("\u202a", "\u202e"), ("\ud800", "\udfff"), ("\U0001f300", "\U0001faff")):
        assert any(first <= character <= last for character in texts), repr(first)
    lengths = [len(attempt.question) for attempt in made]
    assert any(length > LONGEST for length in lengths)
    assert any(LONGEST // 2 < length <= LONGEST for length in lengths)
    assert any(attempt.follows for attempt in made)
    assert any(attempt.filters for attempt in made)


class _Raising(Assistant):
    def ask(self, question: str, **_: object) -> Answer:
        raise RuntimeError("down")


def test_an_exception_is_reported_with_its_input(settings: Settings) -> None:
    with _Raising(settings) as raising:
        found = fuzz(raising, 5, seed=0)
    assert (found.exceptions, len(found.broken)) == (5, 5)
    assert "RuntimeError('down')" in str(found)
    assert repr(found.broken[0][0].question)[:50] in str(found)


def _answered(assistant: Assistant) -> Answer:
    answer = assistant.ask("Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?")
    assert answer.status == "answered"
    return answer


def test_a_real_answer_breaks_nothing(assistant: Assistant, library: Library) -> None:
    assert breaches(_answered(assistant), library) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"answer": "không có dấu dẫn"}, "marks"),
        ({"answer": " "}, "nothing said"),
        ({"citations": ()}, "without a supporting citation"),
        ({"status": "not_found"}, "with a supporting citation"),
        ({"status": "done"}, "status done"),
        ({"status": "clarify"}, "clarify without choices"),
    ],
)
def test_each_breach_is_seen(assistant: Assistant, library: Library, change: dict[str, object], problem: str) -> None:
    broken = _answered(assistant).model_copy(update=change)
    assert any(problem in found for found in breaches(broken, library))


def test_a_moved_quotation_is_seen(assistant: Assistant, library: Library) -> None:
    answer = _answered(assistant)
    moved = answer.citations[0].model_copy(update={"start": answer.citations[0].start + 1})
    assert "citation 1 is not verbatim" in breaches(answer.model_copy(update={"citations": (moved,)}), library)
    twice = answer.model_copy(update={"citations": answer.citations * 2})
    assert "two citations of one mark" in breaches(twice, library)


def test_a_citation_outside_the_filters_is_seen(assistant: Assistant, library: Library) -> None:
    answer = _answered(assistant)
    for filters in (
        Filters(province="Phú Yên"),
        Filters(document_ids=("ha-tinh-ct-btv-thanh-uy",)),
        Filters(type="Chỉ thị"),
        Filters(year=1999),
    ):
        assert any("citation of" in found for found in breaches(answer, library, filters)), filters
    assert breaches(answer, library, Filters(province="Nghệ An", year=2021)) == []
