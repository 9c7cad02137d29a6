"""Sentence vectors: one row a sentence, of the passages of the generation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.errors import IndexDamagedError
from index.library import SENTENCES, Library
from index.passages import passages, sentences_of
from index.sentence_vectors import SentenceVectors
from index.settings import IndexSettings


def test_every_sentence_has_its_row(library: Library) -> None:
    directive = next(iter(library.directives.values()))
    for document in passages(directive)[:20]:
        found = library.retriever.nearness("Ai làm trưởng ban chỉ đạo?", str(document.id))
        assert found is not None
        assert len(found) == len(list(sentences_of(directive, document)))
        assert all(-1.01 <= one <= 1.01 for one in found)


def test_a_sentence_is_nearest_to_itself(library: Library) -> None:
    directive = next(iter(library.directives.values()))
    document = max(passages(directive), key=lambda one: len(list(sentences_of(directive, one))))
    spans = list(sentences_of(directive, document))
    said = spans[1].of(directive.text)
    found = library.retriever.nearness(said, str(document.id))
    assert found is not None
    assert found.index(max(found)) == 1


def test_a_question_without_diacritics_has_no_nearness(library: Library) -> None:
    identity = next(iter(library.retriever.passages))
    assert library.retriever.nearness("ai lam truong ban", identity) is None


def test_vectors_of_other_passages_are_refused() -> None:
    with pytest.raises(ValueError, match="do not belong"):
        SentenceVectors(np.zeros((3, 4)), [1, 1], [1, 1], ["a", "b"])


def test_the_nearest_clause_of_a_sentence_counts() -> None:
    rows = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    vectors = SentenceVectors(rows, [1, 1], [2, 1], ["a", "b"])
    assert vectors.similarities("a", [0.0, 1.0]) == [1.0]
    assert vectors.similarities("b", [1.0, 0.0]) == pytest.approx([0.6])


def test_a_generation_without_its_sentence_vectors_is_damaged(settings: IndexSettings, tmp_path: Path) -> None:
    own = settings.model_copy(update={"data": tmp_path})
    manifest, _ = build(own)
    next((tmp_path / "generations").rglob(f"{SENTENCES}/vectors.npy")).unlink()
    with pytest.raises(IndexDamagedError):
        Library.open(own)
    assert manifest.passages > 0
