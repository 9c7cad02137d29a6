from __future__ import annotations

import pytest

from index.directive import Directive
from index.facts.dates import find_dates
from index.facts.metadata import stated_metadata
from index.facts.numbers import NUMBER, normal_number
from index.normalise import canonicalise
from index.normalise.keys import number_key
from index.structure import read_structure


def test_what_the_five_texts_state_of_themselves(directives: dict[str, Directive]) -> None:
    stated = {
        identity: (one.stated.type, one.stated.number, one.stated.issued_on) for identity, one in directives.items()
    }
    assert stated == {
        "da-nang-2108-qd-tu-2016": ("Quyết định", "2108-QĐ/TU", "2016-09-05"),
        "nghe-an-04-da-tu-2021": ("Đề án", "04-ĐA/TU", "2021-10-01"),
        "phu-yen-nq-btv-tinh-uy": ("Nghị quyết", None, None),
        "ha-tinh-ct-btv-thanh-uy": ("Chỉ thị", None, None),
        "hai-duong-18-ct-ubnd-2016": ("Chỉ thị", "18/CT-UBND", "2016-08-01"),
    }


def test_the_office_of_the_arrival_stamp_is_no_issuer(directives: dict[str, Directive]) -> None:
    assert "Sở" not in (directives["hai-duong-18-ct-ubnd-2016"].stated.issuer or "")


def test_a_letterhead_in_two_columns_that_a_converter_mixed() -> None:
    text = canonicalise(
        "HUYỆN ỦY TUY PHONG\nBAN DÂN VẬN ĐẢNG CỘNG SẢN\nVIỆT NAM\n\nSố: 07 - KH/BDV\n"
        "Tuy Phong, ngày 3 tháng 02 năm 2027\nKẾ HOẠCH\nvề việc thử\n1. Việc một."
    ).text
    found = stated_metadata(text, read_structure(text).parts)
    assert (found.type, found.number, found.issued_on, found.issuer) == (
        "Kế hoạch",
        "07-KH/BDV",
        "2027-02-03",
        "Ban dân vận",
    )


@pytest.mark.parametrize(
    "written",
    ["4955/QĐ-UBND", "04- ĐA/TU", "18 /CT-UBND", "28-Ctr/TU", "18/2000/CT-TTg", "34/2007/PL-UBTVQH11", "404-QĐ/Th.U",
     "30c/NQ-CP", "11-QĐi/TW", "7395/UBND-NCPC", "13/2016/QĐ-UBND"],
)  # fmt: skip
def test_numbers_of_documents_in_every_writing(written: str) -> None:
    found = NUMBER.search(f"theo Quyết định số {written} ngày 25-02-2010")
    assert found is not None
    assert normal_number(found.group()) == written.replace(" ", "")


@pytest.mark.parametrize(
    "other", ["giai đoạn 2021-2025", "ngày 05-9-2016", "15/10", "24/7", "2 lớp/năm", "1-2 bậc/năm"]
)
def test_what_is_no_number_of_a_document(other: str) -> None:
    assert NUMBER.search(other) is None


def test_similar_numbers_are_different_documents() -> None:
    assert number_key("4955/QĐ-UBND") == number_key("4955-QĐ/UBND")
    assert (
        len({number_key(n) for n in ("05-CT/TW", "05-CT/TU", "03-KL/TW", "03-CT/TW", "18/CT-UBND", "18/2000/CT-TTg")})
        == 6
    )


def test_dates_in_every_writing_and_no_impossible_ones() -> None:
    text = "05-9-2016, ngày 14 tháng 7 năm 2015, 30/11/2021, 31/02/2020, 2021-2025"
    assert [found.value.isoformat() for found in find_dates(text)] == ["2016-09-05", "2015-07-14", "2021-11-30"]
    assert [found.span.of(text) for found in find_dates(text)][1] == "14 tháng 7 năm 2015"
