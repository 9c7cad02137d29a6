from __future__ import annotations

import hashlib
import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.question.diacritics import MODEL, Restorer, default_restorer
from evaluation.diacritics import measure, partly_marked
from evaluation.gold import load_questions
from index.directive import Directive
from index.normalise.keys import fold


@pytest.fixture(scope="module")
def restorer(directives: dict[str, Directive]) -> Restorer:
    return default_restorer().with_texts(directive.text for directive in directives.values())


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("quy che cong tac dan van", "quy chế công tác dân vận"),
        ("Thanh uy Da Nang", "Thành ủy Đà Nẵng"),
        ("QUYET DINH CUA THANH UY", "QUYẾT ĐỊNH CỦA THÀNH ỦY"),
        ("dan van kheo o nghe an", "dân vận khéo ở nghệ an"),
        ("  nghi  quyet\tso 25-NQ/TW, dieu 4!", "  nghị  quyết\tsố 25-NQ/TW, điều 4!"),
        ("qd 290-QD/TW cua ubnd tinh", "qd 290-QD/TW của ubnd tỉnh"),
        ("chi thi cua BTV TU Nghe An", "chỉ thị của BTV TU Nghệ An"),
        ("chi so PAPI, Par Index", "chỉ số PAPI, Par Index"),
        # As one talks, and names of provinces.
        ("toi lam o xa thi toi phai lo chuyen gi", "tôi làm ở xã thì tôi phải lo chuyện gì"),
        ("o ha tinh voi hai duong thi ai nhac", "ở hà tĩnh với hải dương thì ai nhắc"),
        ("gui ve banngoai@hatinh.gov.vn", "gửi về banngoai@hatinh.gov.vn"),
    ],
)
def test_restores(restorer: Restorer, typed: str, restored: str) -> None:
    assert restorer.restore(typed) == restored


@pytest.mark.parametrize(
    "text", ["", " \n ", "123", "Ban Dân vận Tỉnh ủy", "what is the index", "ubnd hdnd", "29-CT/TU", "\ud800 x", "?!"]
)
def test_leaves(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text) == text


def test_keeps_what_was_typed_with_marks(restorer: Restorer) -> None:
    assert restorer.restore("quy chế cong tac dan van") == "quy chế công tác dân vận"
    assert restorer.restore("hoà giai o co so") == "hoà giải ở cơ sở"
    # Beside the "vẫn" that was typed, "dan" is no longer read as in "dân vận".
    assert restorer.restore("cong tac dan vẫn").endswith(" vẫn")


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["quy", "che", "DAN", "Uỷ", "an", "25-NQ/TW", ".", "İ", "ß"])).map(" ".join)
)
@example("e\u0302 ban do\u0323")
def test_changes_nothing_but_marks(text: str) -> None:
    restored = default_restorer().restore(text)
    assert len(restored) == len(text)
    assert len(restored.split()) == len(text.split())
    assert fold(restored) == fold(text)
    assert default_restorer().restore(text) == restored


def test_a_long_text_is_quick(restorer: Restorer) -> None:
    text = ("trach nhiem cua nguoi dung dau cap uy trong cong tac dan van " * 100)[:5000]
    begun = time.perf_counter()
    assert restorer.restore(text) != text
    assert time.perf_counter() - begun < 1


def test_most_syllables_of_gold_questions_are_right(restorer: Restorer) -> None:
    texts = [question.question for question in load_questions("foundation") if question.diacritics]
    assert measure(restorer, texts).of_syllables >= 0.95
    typed = [partly_marked(text, 0.5, seed) for seed, text in enumerate(texts)]
    assert measure(restorer, texts, typed).of_syllables > measure(Untouched(), texts, typed).of_syllables
    # A question typed with its marks is left as it is.
    assert measure(restorer, texts, texts).of_syllables >= 0.999


class Untouched(Restorer):
    def __init__(self) -> None:
        pass

    def restore(self, text: str) -> str:
        return text


def test_texts_add_their_words() -> None:
    plain = default_restorer()
    assert plain.with_texts([]).restore("dan van") == plain.restore("dan van")
    assert plain.with_texts(["Pờ Lăng Khuỷa"] * 3).restore("o xa Po Lang Khuya") == "ở xã Pờ Lăng Khuỷa"


def test_the_stored_file_is_the_one_described() -> None:
    described = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
    assert hashlib.sha256(MODEL.read_bytes()).hexdigest() == described["output_sha256"]
    assert MODEL.stat().st_size < 4_000_000
