from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.catalogue import load_catalogue
from index.corpus import load_corpus
from index.errors import CatalogueError, CorpusError
from index.settings import IndexSettings

Corpus = Callable[..., IndexSettings]


def change(settings: IndexSettings, old: str, new: str) -> Path:
    path = settings.corpus / "catalogue.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return settings.corpus


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('province = "Thử Nghiệm"', 'province = ""', "province"),
        ('level = "tỉnh"', 'level = "khu"', "level"),
        ('level = "tỉnh"', "level = 3", "level"),
        ('status = "unverified"', 'status = "unverified"\ncolour = "red"', "colour"),
        ('file = "one.txt"', 'file = "none.txt"', "file"),
        ('file = "one.txt"', 'file = "../one.txt"', "file"),
        ('issuer = "Ban Thường vụ Tỉnh ủy Thử Nghiệm"', 'issuer = ""', "issuer"),
    ],
)
def test_a_wrong_field_is_named_with_its_table(small_corpus: Corpus, old: str, new: str, key: str) -> None:
    folder = change(small_corpus({"one": "Một."}), old, new)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.table == "documents.one"
    assert caught.value.key == key
    assert str(caught.value.file) in str(caught.value)


@pytest.mark.parametrize("content", ["", "documents = 3", "[documents]", "[documents.one\n", "[other]\na = 1"])
def test_a_catalogue_without_documents_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "catalogue.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_catalogue(tmp_path)


def test_a_missing_catalogue_a_missing_folder_and_a_folder_as_file(small_corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        load_corpus(tmp_path / "none")
    with pytest.raises(CatalogueError, match="does not exist"):
        load_catalogue(tmp_path)
    settings = small_corpus({"one": "Một."})
    (settings.corpus / "one.txt").unlink()
    (settings.corpus / "one.txt").mkdir()
    with pytest.raises(CorpusError, match="folder"):
        load_corpus(settings.corpus)


def test_an_id_is_fit_for_a_link(small_corpus: Corpus) -> None:
    folder = change(small_corpus({"one": "Một."}), "[documents.one]", '[documents."Một"]')
    with pytest.raises(CatalogueError, match="ASCII"):
        load_catalogue(folder)
