from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.corpus import read_source
from index.directive import Directive
from index.normalise import canonicalise
from index.normalise.edits import apply
from index.readers import detect
from index.settings import default_corpus

DOCUMENT_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("aăâđeêioôơuưyÀẢỘ .,;:-–+*()“”\n\n\n\t\r\f\u00a0\ufffd\u0301\u0323\u200b/0123456789"),
        st.characters(),
    ),
    max_size=400,
)


def visible(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


@given(DOCUMENT_TEXT)
@example("hiện(\n), luôn\n\n\ufffd\n\n\ufffd 02 năm\n")
@example("a\u200b \n b")
def test_edits_give_the_canonical_text_and_lead_back(source: str) -> None:
    canonical = canonicalise(source)
    assert apply(source, canonical.edits) == canonical.text
    assert not re.search(r"^\s|\s$|[ \t]{2}|\n\s|\s\n", canonical.text)
    touched = {i for edit in canonical.edits for i in range(edit.source_start, edit.source_end)}
    for offset, character in enumerate(canonical.text):
        start, end = canonical.source_of(offset, offset + 1)
        if not touched & set(range(start, end)):
            assert source[start:end] == character


@given(st.text(alphabet=st.sampled_from("abcdđêô ắ.,;\n\t"), max_size=200))
def test_nothing_visible_is_lost_where_nothing_is_cut(source: str) -> None:
    assert visible(canonicalise(source).text) == visible(source)


@given(DOCUMENT_TEXT)
def test_reading_never_fails_on_text(source: str) -> None:
    detect(source)
    canonicalise(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ban Chấp hành Trung\n\nương Đảng về", "Ban Chấp hành Trung ương Đảng về"),
        (
            "1. Các cơ quan thực hiện nghiêm túc công tác dân vận trong thực thi công vụ.\n\n2. Việc hai.\n\n"
            "3. Tạo điều kiện để các tổ chức giám sát và phản biện xã hội theo nội dung\n\nQuyết định số 2",
            None,
        ),
        ("Căn cứ Nghị định số\n150/2025/NĐ-CP;", "Căn cứ Nghị định số 150/2025/NĐ-CP;"),
        ("1. Mục tiêu\nTạo chuyển biến.", "1. Mục tiêu\nTạo chuyển biến."),
        ("I. MỤC ĐÍCH\n\n1. Yêu cầu", "I. MỤC ĐÍCH\n1. Yêu cầu"),
        ("- một việc;\n- hai việc;", "- một việc;\n- hai việc;"),
        ("các tổ chức chính trị\n- xã hội cùng cấp", "các tổ chức chính trị - xã hội cùng cấp"),
        ("QUYẾT ĐỊNH\n\nban hành Quy chế", "QUYẾT ĐỊNH\nban hành Quy chế"),
    ],
)
def test_breaks_inside_a_sentence_are_joined_and_no_others(source: str, expected: str | None) -> None:
    text = canonicalise(source).text
    if expected is None:
        assert "theo nội dung Quyết định số 2" in text
    else:
        assert text == expected


def test_letters_are_composed_and_the_edit_says_so() -> None:
    canonical = canonicalise("To\u0302\u0309 chức")
    assert canonical.text == "Tổ chức"
    assert [edit.reason for edit in canonical.edits] == ["nfc"]


def test_footnote_marks_pair_in_order_and_an_unpaired_one_is_a_warning() -> None:
    canonical = canonicalise("Việc một(\n), việc hai( ).\n\n\ufffd\n\ufffd Chú thích một.\n(\ufffd) Chú thích hai.")
    assert [canonical.text[:offset].split()[-1] for offset in canonical.anchors] == ["một", "hai"]
    assert [canonical.text[offset:].split(".")[0] for offset in canonical.notes] == ["Chú thích một", "Chú thích hai"]
    assert not canonical.warnings
    assert canonicalise("Việc một( ).\n\ufffd Một.\n\ufffd Hai.").warnings


def test_the_canonical_text_of_every_directive_is_the_file_but_for_recorded_edits(
    directives: dict[str, Directive],
) -> None:
    for identity in directives:
        directive, source = read_source(default_corpus(), identity)
        assert apply(source, directive.edits) == directive.text
        cut = "".join(source[e.source_start : e.source_end] for e in directive.edits if not e.replacement.strip())
        kept = sum(map(visible(directive.text).count, set(visible(directive.text))))
        assert kept + len(visible(cut)) >= len(visible(source)) - 2 * len(directive.edits)
        assert unicodedata.is_normalized("NFC", directive.text)


def test_every_word_of_a_file_is_kept_or_stands_in_navigation_or_markup(directives: dict[str, Directive]) -> None:
    """The test of completeness: outside navigation and markup, not one letter or digit goes."""
    for identity in directives:
        directive, source = read_source(default_corpus(), identity)
        noise = [e for e in directive.edits if e.reason in ("navigation", "markup")]
        for edit in reversed(noise):
            source = source[: edit.source_start] + " " + source[edit.source_end :]
        letters = [c for c in unicodedata.normalize("NFC", source) if c.isalnum()]
        assert "".join(letters) == "".join(c for c in directive.text if c.isalnum())


def test_what_is_cut_as_markup_or_navigation_is_what_a_person_has_read(directives: dict[str, Directive]) -> None:
    cut: dict[str, set[str]] = {}
    for identity in directives:
        directive, source = read_source(default_corpus(), identity)
        for edit in directive.edits:
            if edit.reason in ("markup", "navigation"):
                cut.setdefault(identity, set()).add(source[edit.source_start : edit.source_end][:24])
    assert cut == {
        "ha-tinh-ct-btv-thanh-uy": {"**"},
        "hai-duong-18-ct-ubnd-2016": {"<i>[Signature]</i>"},
        "nghe-an-04-da-tu-2021": {"Banner Tỉnh ủy Nghệ An (", "Tin cùng chuyên mục\n\nChủ"},
        "phu-yen-nq-btv-tinh-uy": {"-----"},
    }
