from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.normalise.keys import accented_syllables, fold, fold_aligned, has_diacritics, terms


def test_folding_meets_all_spellings() -> None:
    assert fold("Ủy ban") == fold("Uỷ ban") == fold("U\u0309y ban") == "uy ban"
    assert fold("Đề án ĐẢNG") == "de an dang"


def test_accented_syllables_meet_the_two_places_of_a_tone_only() -> None:
    assert accented_syllables("hòa thuỷ") == accented_syllables("hoà thủy")
    assert accented_syllables("cơ sở") != accented_syllables("có sổ")


def test_terms_are_syllables_and_neighbours() -> None:
    assert terms("Dân vận khéo") == ["dan", "van", "kheo", "dan_van", "van_kheo"]


def test_a_text_typed_without_diacritics_is_known() -> None:
    assert has_diacritics("dân van")
    assert not has_diacritics("dan van 2016")


@given(st.text())
def test_keys_never_fail_and_aligned_folding_keeps_offsets(text: str) -> None:
    assert len(fold_aligned(text)) == len(text)
    terms(text)
    accented_syllables(text)
