from __future__ import annotations

from pathlib import Path

import pytest

from bot import Assistant
from bot.settings import Settings
from evaluation.altered import altered_corpus
from evaluation.altered_gold import Carrier, NotCarriedError
from evaluation.answer_gold import Dialogue, Evidence, Single, load_answers
from evaluation.answer_judge import ask_all
from evaluation.answers_altered import make_copy, original_values
from index.directive import Directive
from index.normalise.keys import fold
from index.settings import default_corpus

SEED = 1


@pytest.fixture(scope="module")
def carrier(directives: dict[str, Directive], tmp_path_factory: pytest.TempPathFactory) -> Carrier:
    copies, alterations = altered_corpus(default_corpus(), tmp_path_factory.mktemp("altered"), SEED)
    return Carrier(directives, copies, alterations)


def _single(question: str, documents: tuple[str, ...] = (), facts: tuple[tuple[str, ...], ...] = ()) -> Single:
    return Single(
        id="x",
        question=question,
        expected_status=("answered",),
        document_ids=documents,
        facts=facts,
        style="who",
        kind="answerable",
        diacritics=True,
    )


def test_nearly_all_of_the_gold_set_is_carried_over_and_nothing_keeps_an_original_name(carrier: Carrier) -> None:
    singles, dialogues = load_answers("development")
    names = [fold(name) for name in ("Đà Nẵng", "Nghệ An", "Phú Yên", "Hà Tĩnh", "Hải Dương", "Võ Công Trí", "290-QĐ")]
    lost = 0
    for one in singles:
        try:
            changed = carrier.single(one)
        except NotCarriedError:
            lost += 1
            continue
        written = fold(f"{changed.question} {changed.facts} {changed.forbidden} {changed.evidence}")
        assert not [name for name in names if name in written], changed
        assert len(changed.facts) == len(one.facts)
    assert lost <= len(singles) // 50
    assert sum(len(carrier.dialogue(one).turns) for one in dialogues) == sum(len(one.turns) for one in dialogues)


def test_names_are_replaced_as_they_are_typed(carrier: Carrier) -> None:
    new = carrier.single(_single("Hải Dương")).question
    assert carrier.single(_single("HẢI DƯƠNG là tỉnh nào")).question != "HẢI DƯƠNG là tỉnh nào"
    assert carrier.single(_single("ai ky chi thi 18 hai duong")).question.endswith(fold(new))
    assert carrier.single(_single("Who signed it in Hai Duong?")).question == f"Who signed it in {fold(new).title()}?"
    # A province that the copies now have is asked about as one that they no longer have.
    assert carrier.single(_single(f"Ai ký chỉ thị của tỉnh {new}?")).question == "Ai ký chỉ thị của tỉnh Hải Dương?"


def test_bare_and_typed_numbers_change_alike(carrier: Carrier) -> None:
    number = carrier.single(_single("Đề án 2108")).question.split()[-1]
    assert number != "2108"
    for typed in ("qd {}", "QĐ số {}", "Decision {}", "{}-qd/tu", "{}/QĐ-TU", "đề án {} mỗi năm"):
        assert carrier.single(_single(typed.format(2108))).question == typed.format(number)
    for kept in ("Điều 2 nói gì", "4 an là gì", "mục 3.5", "tốp 15", "3 bước"):
        assert carrier.single(_single(kept)).question == kept


def test_a_wrong_percentage_stays_wrong(carrier: Carrier, directives: dict[str, Directive]) -> None:
    about = ("phu-yen-nq-btv-tinh-uy",)
    right = carrier.single(_single("Phú Yên có 80% xã?", about, (("80%",),)))
    assert right.facts[0][0] in right.question
    wrong = {carrier.single(_single(f"Phú Yên có {n}% xã?", about, (("80%",),))).question for n in (60, 61, 62, 63, 85)}
    assert right.question not in wrong


def test_a_date_has_all_its_usual_spellings(carrier: Carrier) -> None:
    facts = carrier.single(_single("Ngày nào?", ("da-nang-2108-qd-tu-2016",), (("05-9-2016",),))).facts[0]
    day, month, year = facts[0].split("-")
    assert f"{int(day):02}/{int(month):02}/{year}" in facts
    assert f"{int(day)} tháng {int(month)} năm {year}" in facts


def test_what_cannot_be_carried_is_an_error(carrier: Carrier) -> None:
    with pytest.raises(NotCarriedError, match="order"):
        carrier.single(_single("Gạch đầu dòng thứ hai nói gì?"))
    with pytest.raises(NotCarriedError, match="not in"):
        carrier.single(
            _single("Ai ký?").model_copy(
                update={"evidence": (Evidence(document_id="hai-duong-18-ct-ubnd-2016", quote="không có câu này"),)}
            )
        )


def test_a_copy_is_answered_without_original_values_and_they_would_be_seen(
    settings: Settings, assistant: Assistant, tmp_path: Path
) -> None:
    singles, dialogues = load_answers("development")
    gold: list[Single | Dialogue] = [*singles[::12], *dialogues[:2]]
    copy = make_copy(settings, tmp_path, SEED, gold)
    carried = [copy.gold[one.id] for one in gold if one.id in copy.gold]
    with Assistant(copy.settings) as changed:
        run = ask_all(
            changed,
            [one for one in carried if isinstance(one, Single)],
            [one for one in carried if isinstance(one, Dialogue)],
        )
    assert original_values(run, copy.originals) == []
    assert all(one.valid for one in run.answers)
    before = ask_all(
        assistant, [_single("Ai ký Quyết định của Đà Nẵng?"), _single("Hải Dương làm CCHC theo nghị quyết nào?")], []
    )
    assert any("Võ Công Trí" in leak for leak in original_values(before, copy.originals))
    assert any("30c/NQ-CP" in leak for leak in original_values(before, copy.originals))
