from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.answering.answer import Conversation
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.records import Records, open_records
from bot.storage.tables import ConversationRow
from tests.bot.storage.samples import answer_to

AN, BINH = "web:5b1c", "telegram:123"


def test_a_conversation_is_loaded_as_it_was_said(records: Records) -> None:
    said = [answer_to(f"Câu hỏi {number} về 𝕯ân vận?") for number in range(12)]
    turns = [records.append_turn(AN, "c", answer, generation="g1") for answer in said]
    assert [turn.ordinal for turn in turns] == list(range(1, 13))
    assert records.load(AN, "c") == Conversation(id="c", turns=tuple(said[2:]))
    assert records.load(AN, "c", most=2).turns == tuple(said[-2:])
    assert records.history(AN, "c") == turns
    assert records.history(AN, "c", most=3) == turns[-3:]


def test_what_was_said_is_there_after_opening_again(kept: Settings) -> None:
    with open_records(kept) as records:
        turn = records.append_turn(AN, "c", answer_to("Ai ký?"))
    with open_records(kept) as records:
        assert records.history(AN, "c") == [turn]


def test_nobody_reads_or_deletes_another_persons_conversation(records: Records) -> None:
    own = records.append_turn(AN, "c", answer_to("Ai ký?"))
    other = records.append_turn(BINH, "c", answer_to("Khi nào?"))
    assert own.ordinal == other.ordinal == 1
    assert records.history(AN, "c") == [own]
    assert records.load("web:none", "c").turns == ()
    assert records.list_conversations("web:none") == []
    assert records.delete_conversation("web:none", "c").conversations == 0
    assert records.delete_conversation(AN, "c").turns == 1
    assert records.history(BINH, "c") == [other]


def test_conversations_are_listed_with_their_first_question(records: Records) -> None:
    for name, question in (("a", "Một?"), ("b", "Hai?"), ("a", "Ba?")):
        records.append_turn(AN, name, answer_to(question))
    listed = records.list_conversations(AN)
    assert [(one.id, one.first_question, one.turns) for one in listed] == [("a", "Một?", 2), ("b", "Hai?", 1)]
    assert listed[0].last_asked == records.history(AN, "a")[-1].asked_at
    assert records.list_conversations(AN, limit=1, offset=1) == listed[1:]


def test_people_are_stored_as_keyed_hashes(kept: Settings, records: Records) -> None:
    records.append_turn(AN, "c", answer_to("Ai ký?"))
    database = open_database(kept)
    with database.reading() as session:
        (row,) = session.query(ConversationRow).all()
        assert len(row.person) == 64
        assert "5b1c" not in row.person
    database.close()
    other = Settings(**{**kept.model_dump(), "secret": "một khóa bí mật khác"})
    with open_records(other) as changed:
        assert changed.history(AN, "c") == []


def test_a_deleted_persons_records_are_gone_and_counted(records: Records) -> None:
    for person in (AN, BINH):
        for name in ("a", "b"):
            turn = records.append_turn(person, name, answer_to("Ai được khen?", "not_found"))
        records.add_feedback(person, turn.id, "wrong", "thiếu")
        records.record("asked", person)
    removed = records.delete_person(AN)
    assert removed.model_dump() == {"conversations": 2, "turns": 2, "feedback": 1, "audit": 1}
    assert records.list_conversations(AN) == []
    assert len(records.list_conversations(BINH)) == 2
    assert [one.count for one in records.list_unanswered()] == [2]
    assert [one.turn_id for one in records.list_feedback()] == [turn.id]
    assert len(records.list_audit()) == 1
    assert not any(records.delete_person(AN).model_dump().values())


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_an_id_that_cannot_be_kept_is_refused(records: Records, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 200"):
        records.append_turn(AN, name, answer_to("Ai ký?"))
    with pytest.raises(ValueError, match="identity"):
        records.append_turn("", "c", answer_to("Ai ký?"))


def test_text_that_databases_refuse_is_kept_with_a_replacement(records: Records) -> None:
    turn = records.append_turn(AN, "c", answer_to("Ai \ud800 ký\0 " + "x" * 4000, "not_found"))
    records.add_feedback(AN, turn.id, "wrong", "\0\udfff")
    (given,) = records.list_feedback()
    assert given.question.startswith("Ai \ufffd ký\ufffd x")
    assert given.reason == "\ufffd\ufffd"
    assert records.load(AN, "c").turns[0].question.text.startswith("Ai \ufffd ký\0 x")


def test_threads_that_add_to_one_conversation_lose_and_double_nothing(records: Records) -> None:
    with ThreadPoolExecutor(16) as pool:
        turns = list(pool.map(lambda n: records.append_turn(AN, "c", answer_to(f"Câu {n}?")), range(200)))
    assert sorted(turn.ordinal for turn in turns) == list(range(1, 201))
    kept = {turn.ordinal: turn for turn in turns}
    assert records.history(AN, "c", most=500) == [kept[ordinal] for ordinal in range(1, 201)]


def test_deleting_while_others_add_and_purge_ends_in_whole_conversations(records: Records) -> None:
    def add(n: int) -> None:
        turn = records.append_turn(AN, f"c{n % 3}", answer_to("Ai ký?"))
        records.list_unanswered()
        if n % 5 == 0:
            records.delete_conversation(AN, f"c{n % 3}")
        if n % 7 == 0:
            records.delete_person(AN)
        if n % 11 == 0:
            records.purge()
        assert turn.ordinal >= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(120)))
    for one in records.list_conversations(AN):
        ordinals = [turn.ordinal for turn in records.history(AN, one.id)]
        assert ordinals == list(range(1, one.turns + 1))
