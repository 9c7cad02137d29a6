from __future__ import annotations

from bot.storage.records import Records
from tests.bot.storage.samples import answer_to


def test_questions_without_an_answer_are_grouped_by_their_words_and_province(records: Records) -> None:
    asked = [
        ("web:1", "Ai được khen thưởng?", None),
        ("web:2", "ai duoc  khen thưởng", None),
        ("web:1", "Lương của Trưởng khối?", "Nghệ An"),
        ("web:1", "AI ĐƯỢC KHEN THƯỞNG ?!", None),
        ("web:1", "Lương của Trưởng khối?", "Hà Tĩnh"),
        ("web:1", "Lương của Trưởng khối?", "Hà Tĩnh"),
    ]
    turns = [
        records.append_turn(person, "c", answer_to(text, "not_found", province)) for person, text, province in asked
    ]
    records.append_turn("web:1", "c", answer_to("Ai được khen thưởng?", "answered"))
    first, second, third = records.list_unanswered()
    assert (first.question, first.count, first.province) == ("AI ĐƯỢC KHEN THƯỞNG ?!", 3, None)
    assert first.understood_as == "AI ĐƯỢC KHEN THƯỞNG ?! (đã hiểu)"
    assert (first.first_asked, first.last_asked) == (turns[0].asked_at, turns[3].asked_at)
    assert (second.province, second.count) == ("Hà Tĩnh", 2)
    assert (third.province, third.count) == ("Nghệ An", 1)
    assert records.list_unanswered(limit=1, offset=1) == [second]


def test_questions_without_a_letter_do_not_fall_into_one_group(records: Records) -> None:
    for text in ("法律?", "😀", "???"):
        records.append_turn("web:1", "c", answer_to(text, "not_found"))
    assert sorted(one.question for one in records.list_unanswered()) == sorted(["法律?", "😀", "???"])


def test_deleting_a_person_takes_back_that_persons_share(records: Records) -> None:
    for person in ("web:1", "web:2", "web:2"):
        records.append_turn(person, "c", answer_to("Ai được khen?", "not_found"))
    records.append_turn("web:2", "c", answer_to("Ai bị phạt?", "not_found"))
    records.delete_person("web:2")
    assert [(one.question, one.count) for one in records.list_unanswered()] == [("Ai được khen?", 1)]
