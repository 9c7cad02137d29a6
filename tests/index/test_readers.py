from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import CorpusError
from index.readers import read


def write(folder: Path, content: bytes) -> Path:
    path = folder / "text.txt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    assert read(write(tmp_path, "Chỉ thị số 18\n".encode(encoding))).text == "Chỉ thị số 18\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no text"),
        (b" \n\t\n", "no text"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Word"),
        ("Chỉ thị".encode("cp1258", "replace") + b"\xff\xfe\x80", "UTF-8"),
        (b"text\0text", "NUL"),
        (b"<!DOCTYPE html><html><p>x</p></html>", "HTML"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(CorpusError, match=told):
        read(write(tmp_path, content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(CorpusError, match="folder"):
        read(tmp_path)


def test_the_format_is_told_from_the_content(tmp_path: Path) -> None:
    assert read(write(tmp_path, "**CHỈ THỊ**\n**Về việc này**\nNội dung.".encode())).format == "markdown"
    assert read(write(tmp_path, "Chỉ thị này. 2 ** 3 = 8".encode())).format == "text"
    page = "Trang chủ\n\nBài viết.\n\nTin liên quan\n\nMột tin khác\nMột tin nữa\n"
    assert read(write(tmp_path, page.encode())).format == "web"


def test_a_marker_followed_by_text_cuts_nothing(tmp_path: Path) -> None:
    page = "Tin liên quan\nĐây là một câu của văn bản, không phải tên một tin khác.\n"
    assert not [cut for cut in read(write(tmp_path, page.encode())).noise if cut[2] == "navigation"]


def test_pages_begin_after_form_feeds(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"one\ftwo\fthree")).pages == (0, 4, 8)
