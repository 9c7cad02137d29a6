from __future__ import annotations

import pytest

from index.abbreviations import abbreviation_key, abbreviations, find_abbreviations


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("bcd", "ban chỉ đạo"),
        ("BTV", "Ban Thường vụ"),
        ("Th.U", "Thành ủy"),
        ("t/m", "thay mặt"),
        ("b/c", "để báo cáo"),
        ("bc", "Báo cáo"),
        ("CTXH", "chính trị - xã hội"),
        ("ct-xh", "chính trị - xã hội"),
        ("pctubnd", "Phó Chủ tịch Ủy ban nhân dân"),
        ("BCS đảng", "ban cán sự đảng"),
        ("cbccvc", "cán bộ, công chức, viên chức"),
        ("ntm", "nông thôn mới"),
    ],
)
def test_what_short_forms_mean_however_they_are_typed(written: str, meaning: str) -> None:
    assert find_abbreviations(written)[0].meant() == meaning


def test_a_meaning_depends_on_whose_usage_it_is() -> None:
    (entry,) = find_abbreviations("TTr")
    assert (entry.meant("party"), entry.meant("state"), entry.meant()) == ("Thường trực", "Tờ trình", "Thường trực")
    assert [one.text for one in find_abbreviations("TU")[0].meanings] == ["Tỉnh ủy", "Thành ủy"]
    assert [one.text for one in find_abbreviations("QĐ")[0].meanings] == ["Quyết định", "Quy định"]


def test_the_exact_writing_comes_first_where_two_share_a_key() -> None:
    assert [find_abbreviations(form)[0].short for form in ("ĐA", "DA")] == ["ĐA", "DA"]


def test_unknown_forms_give_nothing() -> None:
    assert find_abbreviations("XYZT") == ()
    assert find_abbreviations("") == ()


def test_the_dictionary_is_curated_and_says_everything_once() -> None:
    entries = abbreviations()
    assert 60 <= len(entries) <= 100
    forms = [form for entry in entries for form in (entry.short, *entry.variants)]
    assert len(forms) == len(set(forms))
    assert all(abbreviation_key(form) for form in forms)
