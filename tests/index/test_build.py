"""Generations under change, interruption and company. Real Chroma, Tantivy and e5 on one-page corpora."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import build
from index.errors import (
    BuildLockedError,
    CorpusError,
    DataFolderError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)
from index.generations import Generations
from index.library import Library, LiveLibrary
from index.settings import IndexSettings

Corpus = Callable[..., IndexSettings]
BUILD = "from pathlib import Path; from index.build import build; from index.settings import IndexSettings as S; "


def build_process(settings: IndexSettings) -> subprocess.Popen[bytes]:
    code = f"{BUILD}build(S(corpus=Path({str(settings.corpus)!r}), data=Path({str(settings.data)!r})), force=True)"
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE)


def first_item(settings: IndexSettings) -> str:
    with Library.open(settings) as library:
        directive = library.directive("one")
        found = library.retriever.search("việc thứ nhất", 3)
        assert found, "an index that answers nothing"
        return next(directive.own_text(p) for p in directive.walk() if p.address_line == "mục 1")


def test_an_unchanged_corpus_is_not_built_again_and_a_changed_one_is(small_corpus: Corpus) -> None:
    settings = small_corpus({"one": "Việc thứ nhất."})
    first, fresh = build(settings)
    assert fresh
    assert build(settings) == (first, False)
    small_corpus({"one": "Việc thứ nhất đã đổi."})
    second, fresh = build(settings)
    assert fresh
    assert second.id != first.id
    assert first_item(settings) == "1. Việc thứ nhất đã đổi."
    assert [path.name for path in (settings.data / "generations").iterdir()] == [second.id]


def test_progress_counts_all_passages(small_corpus: Corpus) -> None:
    seen: list[tuple[int, int]] = []
    manifest, _ = build(small_corpus({"one": "Một.", "two": "Hai."}), lambda done, total: seen.append((done, total)))
    assert seen[-1] == (manifest.passages, manifest.passages)


def test_killed_at_any_moment_the_old_or_the_new_index_answers(small_corpus: Corpus) -> None:
    settings = small_corpus({"one": "Việc thứ nhất, bản 0."})
    build(settings)
    started = time.monotonic()
    first = build_process(settings)
    assert first.communicate() == (None, b"")
    assert first.returncode == 0
    whole = time.monotonic() - started
    dice = random.Random(20161122)
    versions = {0}
    for attempt in range(1, 21):
        small_corpus({"one": f"Việc thứ nhất, bản {attempt}."})
        versions.add(attempt)
        process = build_process(settings)
        time.sleep(dice.uniform(0.3, 1.1) * whole)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        answered = int(first_item(settings).rstrip(".").rsplit(" ", 1)[1])
        assert answered in versions
        versions = {version for version in versions if version >= answered}  # never an older one again
    build(settings)
    assert first_item(settings) == "1. Việc thứ nhất, bản 20."
    assert len(list((settings.data / "generations").iterdir())) == 1, "what was interrupted has been cleaned away"


def test_two_builders_do_not_collide(small_corpus: Corpus) -> None:
    settings = small_corpus({"one": "Việc thứ nhất."})
    with Generations(settings.data).building(), pytest.raises(BuildLockedError):
        build(settings)
    both = [build_process(settings), build_process(settings)]
    outcomes = [(process.communicate()[1].decode(), process.returncode) for process in both]
    assert any(code == 0 for _, code in outcomes)
    assert all(code == 0 or "BuildLockedError" in error for error, code in outcomes)
    assert first_item(settings) == "1. Việc thứ nhất."


def test_a_running_reader_takes_up_a_new_generation_and_the_old_one_goes(small_corpus: Corpus) -> None:
    settings = small_corpus({"one": "Bản cũ."})
    old, _ = build(settings)
    live = LiveLibrary(settings)
    small_corpus({"one": "Bản mới."})
    with live.use() as held:
        new, _ = build(settings)
        assert (settings.data / "generations" / old.id).exists(), "a generation in use must stay"
        with live.use() as fresh:
            assert "Bản mới." in fresh.directive("one").text
        assert "Bản cũ." in held.directive("one").text
        assert held.retriever.search("bản cũ", 1), "a question that has begun is answered from its generation"
    small_corpus({"one": "Bản mới hơn."})
    build(settings)
    assert not (settings.data / "generations" / old.id).exists()
    assert live.use().__enter__().manifest.id != new.id
    live.close()


def test_no_index_another_model_and_another_program_are_told(
    small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small_corpus({"one": "Một."})
    with pytest.raises(IndexMissingError):
        Library.open(settings)
    manifest, _ = build(settings)
    path = Generations(settings.data).path(manifest.id) / "manifest.json"
    for what, field in (("embeddings", "embeddings"), ("program", "program"), ("format", "format")):
        value = 99 if field == "format" else "another"
        changed = manifest.model_copy(update={field: value})
        path.write_text(changed.model_dump_json(), encoding="utf-8")
        with pytest.raises(IndexMismatchError, match=what):
            Library.open(settings)
    monkeypatch.undo()


@pytest.mark.parametrize("part", ["manifest.json", "directives.json", "lexical/meta.json", "vectors/chroma.sqlite3"])
def test_a_damaged_generation_is_told_and_can_be_built_anew(small_corpus: Corpus, part: str) -> None:
    settings = small_corpus({"one": "Một."})
    manifest, _ = build(settings)
    (Generations(settings.data).path(manifest.id) / part).write_text("{", encoding="utf-8")
    with pytest.raises(IndexDamagedError):
        Library.open(settings)
    build(settings, force=True)
    Library.open(settings).close()


def test_a_pointer_to_nothing_is_told(small_corpus: Corpus) -> None:
    settings = small_corpus({"one": "Một."})
    build(settings)
    (settings.data / "CURRENT").write_text("gone\n", encoding="ascii")
    with pytest.raises(IndexDamagedError):
        Library.open(settings)


def test_a_failed_build_leaves_what_was_published(small_corpus: Corpus) -> None:
    settings = small_corpus({"one": "Bản tốt."})
    build(settings)
    (settings.corpus / "one.txt").write_bytes(b"%PDF")
    with pytest.raises(CorpusError):
        build(settings)
    assert first_item(settings) == "1. Bản tốt."


def test_a_damaged_cache_of_vectors_is_made_anew(small_corpus: Corpus) -> None:
    settings = small_corpus({"one": "Một."})
    build(settings)
    (settings.data / "embeddings.sqlite").write_bytes(b"not a database" * 100)
    build(settings, force=True)
    Library.open(settings).close()


def test_a_data_folder_that_is_a_file_is_told(small_corpus: Corpus, tmp_path: Path) -> None:
    settings = small_corpus({"one": "Một."})
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DataFolderError):
        build(settings.model_copy(update={"data": tmp_path / "file"}))
