"""The seam for the Telegram bot: a code lets a channel's identity be a person, until the person is revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage.access.errors import CodeRefusedError, TooManyAttemptsError
from bot.storage.access.records import AccessRecords
from bot.storage.records import Records
from tests.bot.storage.conftest import kept, records, server  # noqa: F401  both databases

DAY = timedelta(days=1)
TELEGRAM = "telegram:123"


@pytest.fixture
def access(records: Records) -> AccessRecords:  # noqa: F811
    return records.access


def test_a_code_from_a_deep_link_lets_somebody_in_once(access: AccessRecords) -> None:
    code = access.invite("Người dùng Telegram", "reader", DAY).code
    assert access.person_of_identity(TELEGRAM) is None
    person = access.redeem(code, TELEGRAM)
    assert person.name == "Người dùng Telegram"
    assert access.person_of_identity(TELEGRAM) == person.model_copy(update={"seen_at": access.list_people()[0].seen_at})
    assert access.person_of_identity("telegram:124") is None
    with pytest.raises(CodeRefusedError):
        access.redeem(code, "telegram:124")


def test_a_revoked_person_is_out_there_too(access: AccessRecords) -> None:
    access.redeem(access.invite("Thu hồi", "reader", DAY).code, TELEGRAM)
    left = access.code_for("Thu hồi", DAY).code
    access.revoke_person("Thu hồi")
    assert access.person_of_identity(TELEGRAM) is None
    with pytest.raises(CodeRefusedError):
        access.redeem(left, TELEGRAM)
    # The name is free again, for somebody else.
    again = access.redeem(access.invite("Thu hồi", "reader", DAY).code, TELEGRAM)
    assert access.person_of_identity(TELEGRAM).id == again.id  # type: ignore[union-attr]
    assert len({person.id for person in access.list_people()}) == 2


def test_an_identity_is_one_person_and_a_person_has_many(access: AccessRecords) -> None:
    one = access.redeem(access.invite("Một", "reader", DAY).code, TELEGRAM)
    access.redeem(access.code_for("Một", DAY).code, "telegram:999")
    two = access.redeem(access.invite("Hai", "administrator", DAY).code, TELEGRAM)
    assert access.person_of_identity(TELEGRAM).id == two.id  # type: ignore[union-attr]
    assert access.person_of_identity("telegram:999").id == one.id  # type: ignore[union-attr]


def test_guessing_in_a_chat_is_throttled_by_who_guesses(access: AccessRecords) -> None:
    for _ in range(6):
        with pytest.raises(CodeRefusedError):
            access.redeem("CFGH-2345-JKMN-6789", TELEGRAM)
    with pytest.raises(TooManyAttemptsError):
        access.redeem("CFGH-2345-JKMN-6789", TELEGRAM)
    access.redeem(access.invite("Khác", "reader", DAY).code, "telegram:5")


def test_a_person_and_a_key_are_gone_from_the_next_look_on(access: AccessRecords) -> None:
    _, token = access.sign_in(access.invite("Vào", "reader", DAY).code, "192.0.2.1")
    made = access.create_key("máy", ["read"])
    assert access.session(token)
    assert access.key(made.secret)
    access.revoke_person("Vào")
    access.revoke_key("máy")
    assert access.session(token) is None
    assert access.key(made.secret) is None
    assert [one.used_at is not None for one in access.list_keys()] == [True]


def test_codes_that_were_typed_are_read_as_meant(access: AccessRecords) -> None:
    code = access.invite("Gõ", "reader", DAY).code
    assert access.redeem(f"  {code.lower().replace('-', ' ')} ", TELEGRAM).name == "Gõ"


def test_the_audit_trail_tells_who_was_let_in(access: AccessRecords, records: Records) -> None:  # noqa: F811
    person = access.redeem(access.invite("Nhật ký", "reader", DAY, by="cli").code, TELEGRAM)
    with pytest.raises(CodeRefusedError):
        access.redeem("X", TELEGRAM)
    access.revoke_person(person.id, by="abc")
    told = [(entry.event, entry.detail) for entry in records.list_audit()]
    assert told == [
        ("person_revoked", f"{person.id} by abc"),
        ("sign_in_refused", ""),
        ("signed_in", f"{person.id} telegram code cli"),
        ("person_invited", f"{person.id} reader by cli"),
    ]
    assert all(entry.person is None for entry in records.list_audit())
