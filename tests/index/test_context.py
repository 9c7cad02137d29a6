from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.catalogue import load_catalogue
from index.context import Context, Ended, ended, load_context, next_date
from index.directive import Directive
from index.errors import ContextError
from index.facts.records import Deadline
from index.settings import default_corpus

GOOD = """
[[body]]
old = ["Ban Công tác"]
today = "Ban Vận động"
since = 2030-02-01
source = "thông báo thử"
dated = 2030-02-01

[[place]]
kind = "province"
old = "Lộc Ninh"
merged_with = ["Bình An"]
today = ["Bình An"]
since = 2030-07-01
source = "nghị quyết thử"
dated = 2030-07-01

[[replaced]]
type = "Quyết định"
number = "512-QĐ/TU"
by = "Quyết định số 700-QĐ/TU"
since = 2031-01-01
status = "unverified"
source = "quyết định thử"
dated = "2031-01-01"

[[ended]]
document_ids = ["one"]
scope = "issuer"
since = 2030-07-01
why = "Tỉnh Lộc Ninh không còn."
source = "nghị quyết thử"
dated = 2030-07-01
"""


def write(folder: Path, text: str) -> Path:
    (folder / "context.toml").write_text(text, encoding="utf-8")
    return folder


def one(identity: str = "one") -> Directive:
    return Directive(identity, "văn bản", "", (), ())


def test_a_good_file(tmp_path: Path) -> None:
    context = load_context(write(tmp_path, GOOD), known=["one"])
    assert [body.today for body in context.body_today("ban cong tac")] == ["Ban Vận động"]
    found = context.replacement("quyết định", "512 /QĐ-TU")
    assert found is not None
    assert (found.by, found.status, found.dated) == ("Quyết định số 700-QĐ/TU", "unverified", date(2031, 1, 1))
    assert context.replacement("Quy định", "512-QĐ/TU") is None
    assert Context.model_validate_json(context.model_dump_json()) == context


def test_places_are_read_from_old_to_new_only(tmp_path: Path) -> None:
    context = load_context(write(tmp_path, GOOD))
    old = context.place_today("LỘC NINH")
    assert old is not None
    assert old.today == ("Bình An",)
    assert context.place_today("Bình An") is None


def test_a_missing_file_is_an_empty_context(tmp_path: Path) -> None:
    assert load_context(tmp_path, known=["one"]) == Context()


@pytest.mark.parametrize(
    ("old", "new", "table", "key"),
    [
        ('source = "thông báo thử"\n', "", "body.1", "source"),
        ("dated = 2030-02-01\n", "", "body.1", "dated"),
        ("since = 2030-02-01", 'since = "mùa xuân"', "body.1", "since"),
        ("since = 2030-02-01", "since = 7", "body.1", "since"),
        ('status = "unverified"', 'status = "sure"', "replaced.1", "status"),
        ('kind = "province"', 'kind = "province"\ncolour = "red"', "place.1", "colour"),
        ('document_ids = ["one"]', "document_ids = []", "ended.1", "document_ids"),
        ('document_ids = ["one"]', 'document_ids = ["two"]', "ended.1", "document_ids"),
        ("[[ended]]", "[[over]]", "", "over"),
        ("[[ended]]", "[ended", "", ""),
    ],
)
def test_a_wrong_field_is_named_with_its_table(tmp_path: Path, old: str, new: str, table: str, key: str) -> None:
    assert old in GOOD
    with pytest.raises(ContextError) as caught:
        load_context(write(tmp_path, GOOD.replace(old, new)), known=["one"])
    assert (caught.value.table, caught.value.key) == (table, key)
    assert str(caught.value.file) in str(caught.value)


def test_a_source_error_names_a_document_of_the_catalogue(tmp_path: Path) -> None:
    fields = {"document_id": "two", "about": "Luật", "written": "1", "right": "2", "source": "s", "dated": "2030-01-01"}
    wrong = "\n".join(["[[source_error]]", *(f'{key} = "{value}"' for key, value in fields.items())])
    with pytest.raises(ContextError, match="two"):
        load_context(write(tmp_path, wrong), known=["one"])


def test_ended_from_its_day_on(tmp_path: Path) -> None:
    context = load_context(write(tmp_path, GOOD))
    assert ended(context, one(), date(2030, 6, 30)) is None
    found = ended(context, one(), date(2030, 7, 1))
    assert found is not None
    assert found.why == "Tỉnh Lộc Ninh không còn."
    assert ended(context, one("two"), date(2031, 1, 1)) is None


YEARLY = Deadline("trước ngày 15 tháng 6", month_day="06-15", inclusive=False)


@pytest.mark.parametrize(
    ("deadline", "today", "expected"),
    [
        (YEARLY, date(2030, 6, 14), date(2030, 6, 14)),
        (YEARLY, date(2030, 6, 15), date(2031, 6, 14)),
        (Deadline("ngày 15/6", month_day="06-15"), date(2030, 6, 15), date(2030, 6, 15)),
        (Deadline("trước ngày 01/01", month_day="01-01", inclusive=False), date(2030, 5, 1), date(2030, 12, 31)),
        (Deadline("trước ngày 01/01", month_day="01-01", inclusive=False), date(2030, 12, 31), date(2030, 12, 31)),
        (Deadline("ngày 29/02", month_day="02-29"), date(2031, 1, 1), date(2031, 2, 28)),
        (Deadline("ngày 29/02", month_day="02-29"), date(2032, 1, 1), date(2032, 2, 29)),
        (Deadline("năm 2031", year=2031), date(2030, 1, 1), None),
    ],
)
def test_the_next_day_of_a_yearly_duty(deadline: Deadline, today: date, expected: date | None) -> None:
    assert next_date(deadline, today, None) == expected


def test_nothing_falls_due_once_the_issuer_has_ended() -> None:
    over = Ended(
        source="thử", dated=date(2030, 7, 1), document_ids=("one",), scope="issuer", since=date(2030, 7, 1), why="hết"
    )
    assert next_date(YEARLY, date(2030, 6, 1), over) == date(2030, 6, 14)
    assert next_date(YEARLY, date(2030, 6, 20), over) is None
    assert next_date(YEARLY, date(2030, 8, 1), over) is None


def test_the_product_context_is_sourced_and_knows_its_documents() -> None:
    folder = default_corpus()
    context = load_context(folder, known=load_catalogue(folder).documents)
    assert {one.old: one.today for one in context.place if one.kind == "province"} == {
        "Phú Yên": ("Đắk Lắk",),
        "Hải Dương": ("Hải Phòng",),
        "Quảng Nam": ("Đà Nẵng",),
    }
    assert {one.number for one in context.replaced if one.status == "unverified"} == {"16/CT-TTg"}
    assert context.place_today("Đắk Lắk") is None
    gone = [i for one in context.ended for i in one.document_ids]
    assert sorted(gone) == ["ha-tinh-ct-btv-thanh-uy", "hai-duong-18-ct-ubnd-2016", "phu-yen-nq-btv-tinh-uy"]
