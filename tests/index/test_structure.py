from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.letterheads import read_real
from index.directive import Directive, Kind, Provision
from index.structure import read_structure
from index.structure.address import citation_line, place_line


def provision(directive: Directive, address: str) -> Provision:
    return next(found for found in directive.walk() if found.address_line == address)


@pytest.mark.parametrize(
    ("document", "address", "begins"),
    [
        (
            "da-nang-2108-qd-tu-2016",
            "Đề án kèm theo › mục 3 › điểm 3.5 › gạch đầu dòng 4",
            "- Kiên quyết đấu tranh chống lại",
        ),
        ("da-nang-2108-qd-tu-2016", "Quyết định › Điều 2", "Điều 2. Ban cán sự đảng"),
        ("da-nang-2108-qd-tu-2016", "Quyết định › đoạn sau Điều 3", "Quyết định này có hiệu lực"),
        ("da-nang-2108-qd-tu-2016", "Chú thích 2", "An ninh trật tự"),
        (
            "phu-yen-nq-btv-tinh-uy",
            "Phần II › mục 2 › điểm 2.3 › gạch đầu dòng 3 › dấu cộng 2",
            "+ Đến năm 2025, UBND tỉnh",
        ),
        (
            "nghe-an-04-da-tu-2021",
            "“Các nhiệm vụ, giải pháp được xác định trong Đề án 04” › gạch đầu dòng 10",
            "- Củng cố, kiện toàn",
        ),
        ("ha-tinh-ct-btv-thanh-uy", "đoạn sau mục 8", "Ban Dân vận Thành uỷ chủ trì"),
        ("ha-tinh-ct-btv-thanh-uy", "mục 8", "8. Ban Tuyên giáo Thành uỷ"),
        ("hai-duong-18-ct-ubnd-2016", "đoạn sau mục 7", "Nhận được Chỉ thị này"),
        ("hai-duong-18-ct-ubnd-2016", "Dấu đến", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"),
    ],
)
def test_addresses_are_those_an_official_would_write(
    directives: dict[str, Directive], document: str, address: str, begins: str
) -> None:
    directive = directives[document]
    assert directive.own_text(provision(directive, address)).startswith(begins)


def test_every_visible_character_stands_in_one_provision(directives: dict[str, Directive]) -> None:
    for directive in directives.values():
        held: list[int] = [
            offset
            for found in directive.walk()
            for span in found.spans
            for offset in range(span.start, span.end)
            if not directive.text[offset].isspace()
        ]
        assert len(held) == len(set(held))
        assert len(held) == sum(not c.isspace() for c in directive.text)


def test_ids_are_unique_slugs_of_addresses_and_own_text_is_short(directives: dict[str, Directive]) -> None:
    for directive in directives.values():
        ids = [found.id for found in directive.walk()]
        assert len(ids) == len(set(ids))
        assert all(found.id.isascii() and " " not in found.id for found in directive.walk())
        assert max(found.own_length() for found in directive.walk()) <= 2500
    assert provision(directives["da-nang-2108-qd-tu-2016"], "Quyết định › Điều 2").id == "quyet-dinh-dieu-2"


def test_a_signature_split_by_the_recipients_has_two_spans(directives: dict[str, Directive]) -> None:
    directive = directives["hai-duong-18-ct-ubnd-2016"]
    signature = provision(directive, "Chữ ký")
    assert [span.of(directive.text) for span in signature.spans] == ["CHỦ TỊCH", "Nguyễn Dương Thái"]


def test_a_page_has_an_author_and_no_signature(directives: dict[str, Directive]) -> None:
    directive = directives["nghe-an-04-da-tu-2021"]
    kinds = {found.kind for found in directive.walk()}
    assert Kind.AUTHOR in kinds
    assert Kind.SIGNATURE not in kinds


def test_footnote_marks_know_their_notes(directives: dict[str, Directive]) -> None:
    directive = directives["da-nang-2108-qd-tu-2016"]
    marked = [(directive.text[:offset][-5:], note) for offset, note in directive.anchors]
    assert marked == [(" hiện", "chu-thich-1"), ("“4 an”"[-5:], "chu-thich-2")]


def test_the_line_to_copy_runs_from_small_to_large(directives: dict[str, Directive]) -> None:
    directive = directives["da-nang-2108-qd-tu-2016"]
    dash = provision(directive, "Đề án kèm theo › mục 3 › điểm 3.5 › gạch đầu dòng 4")
    assert citation_line(directive, dash) == (
        "Quyết định số 2108-QĐ/TU, ngày 05/9/2016 của Ban Thường vụ Thành ủy Đà Nẵng ban hành Đề án “Nâng cao hiệu quả "
        "công tác dân vận trong các cơ quan nhà nước trên địa bàn thành phố Đà Nẵng” (gạch đầu dòng thứ tư, điểm 3.5, "
        "mục 3 Đề án: “Kiên quyết đấu tranh chống…”)"
    )
    resolution = directives["phu-yen-nq-btv-tinh-uy"]
    point = provision(resolution, "Phần II › mục 2 › điểm 2.3")
    assert place_line(resolution, point) == "điểm 2.3, mục 2, phần II"
    assert "[bản lưu thiếu số, ngày]" in citation_line(resolution, point)


def test_party_and_state_habits_of_dates(directives: dict[str, Directive]) -> None:
    state = directives["hai-duong-18-ct-ubnd-2016"]
    assert citation_line(state, provision(state, "mục 7")).startswith(
        "Chỉ thị số 18/CT-UBND ngày 01 tháng 8 năm 2016 của Chủ tịch Ủy ban nhân dân tỉnh Hải Dương"
    )
    account = directives["nghe-an-04-da-tu-2021"]
    line = citation_line(account, provision(account, "đoạn 1"))
    assert "04-ĐA/TU, ngày 01/10/2021" in line
    assert "không phải toàn văn" in line


def test_text_longer_than_2500_characters_is_cut_at_sentences() -> None:
    sentence = "Các cơ quan, đơn vị thực hiện nghiêm túc công tác dân vận trong thực thi công vụ. "
    text = f"CHỈ THỊ\nvề việc thử\n1. {sentence * 40}".rstrip()
    item = next(found for found in read_structure(text).provisions if found.kind is Kind.ITEM)
    assert not item.spans
    assert [child.address[-1] for child in item.children[:2]] == ["câu 1", "câu 2"]
    assert all(child.own_length() <= 2500 for child in item.children)


def test_under_an_article_numbers_are_khoan_and_letters_points() -> None:
    text = (
        "QUY ĐỊNH\nVỀ VIỆC THỬ\nChương I\nQUY ĐỊNH CHUNG\nĐiều 5. Phạm vi\n1. Một.\n2. Hai gồm:\na) Việc a;\nđ) Việc đ."
    )
    addresses = [found.address_line for part in read_structure(text).provisions for found in part.walk()]
    assert "Chương I › Điều 5 › khoản 2 › điểm đ" in addresses


def test_an_attachment_is_a_part_of_its_own_and_an_appendix_too() -> None:
    text = (
        "QUYẾT ĐỊNH\nban hành Quy chế\nĐiều 1. Ban hành.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn An\n"
        "QUY CHẾ\nlàm việc\n(Ban hành kèm theo Quyết định số 12-QĐ/TU)\nĐiều 1. Phạm vi.\nPHỤ LỤC I\nBiểu mẫu"
    )
    assert [part.address[0] for part in read_structure(text).provisions] == [
        "Quyết định",
        "Quy chế kèm theo",
        "Phụ lục I",
    ]


def test_real_documents_are_read_without_loss(real_directives: Path) -> None:
    readings = read_real(real_directives)
    assert sum(len(one.right) == 4 for one in readings) >= 5
    assert [one.name for one in readings if one.lost] == []
    assert max(one.longest for one in readings) <= 2500
