"""Vectors on a real Chroma server: the same answers, one collection a generation, and what happens when it is away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import create_server
from threading import Timer

import httpx
import pytest

from bot import Assistant
from bot.command_texts import CHECK_CHROMA, CHECK_INDEX
from bot.doctor import examine
from bot.settings import Settings, SettingsError, load_settings
from index.build import build
from index.errors import (
    IndexMismatchError,
    VectorServerRefusedError,
    VectorServerUnreachableError,
    VectorsLostError,
)
from index.filters import Filters
from index.generations import Generations
from index.library import Library, LiveLibrary
from index.settings import IndexSettings
from tests.index.chroma_server import ChromaServer, listening, running
from tests.serving import start, stop

Corpus = Callable[..., IndexSettings]
TOKEN = "bi-mat-0123456789"
QUESTION = "việc thứ nhất"
CLI = [sys.executable, "-c", "from bot.cli import main; main()"]


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with running(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def server(shared_server: ChromaServer) -> Iterator[ChromaServer]:
    """A running server; a test leaves it so that the next one finds nothing in it."""
    shared_server.stop()
    shared_server.start(f"data-{time.monotonic_ns()}")
    return shared_server


def on(server: ChromaServer | str, settings: IndexSettings, **more: object) -> IndexSettings:
    url = server if isinstance(server, str) else server.url
    return type(settings).model_validate(settings.model_dump() | {"chroma_url": url} | more)


def found(settings: IndexSettings, question: str = QUESTION) -> list[str]:
    with Library.open(settings) as library:
        return [str(document.id) for document in library.retriever.search(question, 5)]


def generations(settings: IndexSettings) -> set[str]:
    return {path.name for path in (settings.data / "generations").iterdir()}


def collection_of(settings: IndexSettings) -> str:
    current = Generations(settings.data).current_id()
    assert current is not None
    vectors = Generations(settings.data).manifest(current).vectors
    assert vectors is not None
    return vectors.name


def danvan(settings: IndexSettings, *arguments: str, **environment: str) -> tuple[int, str]:
    """Exit status and everything printed by a command."""
    places = {"DANVAN_DATA": str(settings.data), "DANVAN_CORPUS": str(settings.corpus)}
    made = subprocess.run(
        [*CLI, *arguments],
        env=os.environ | places | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return made.returncode, made.stdout


def test_answers_citations_and_filters_are_those_of_a_folder(
    server: ChromaServer, settings: Settings, library: Library, assistant: Assistant, tmp_path: Path
) -> None:
    shutil.copy(settings.data / "embeddings.sqlite", tmp_path)  # nothing is embedded twice
    own = on(server, settings, data=tmp_path)
    manifest, fresh = build(own)
    assert fresh
    assert server.collections() == {manifest.vectors.name}  # type: ignore[union-attr]
    assert not (Generations(own.data).path(manifest.id) / "vectors").exists()
    questions = (
        "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?",
        "Cơ quan nào hướng dẫn, kiểm tra việc thực hiện Đề án?",
        "Thời hạn gửi báo cáo ở Hải Dương?",
        "Người đứng đầu cơ quan phải đối thoại với dân mấy lần một năm?",
        "ai ky de an cua nghe an",
        "Giá vàng hôm nay bao nhiêu?",
    )
    with Assistant(own) as other:
        for question in questions:
            ours, theirs = other.ask(question), assistant.ask(question)
            assert ours.model_dump(exclude={"elapsed_ms"}) == theirs.model_dump(exclude={"elapsed_ms"})
        assert any(other.ask(question).strategy == "passage" for question in questions)
    filters = (None, Filters(province="Hải Dương"), Filters(type="Chỉ thị", year=2021), Filters(province="Cà Mau"))
    with Library.open(own) as opened:
        vector = opened.retriever.embeddings.embed_query("Ban chỉ đạo công tác dân vận")
        for chosen in filters:
            ours, theirs = (one.retriever.vectors.search(vector, 10, chosen) for one in (opened, library))
            assert [document.id for document, _ in ours] == [document.id for document, _ in theirs]
            assert [similarity for _, similarity in ours] == pytest.approx([one for _, one in theirs], abs=1e-5)
            assert bool(ours) == (chosen != filters[-1])


def test_a_rebuild_leaves_one_collection_and_none_that_is_read_goes(server: ChromaServer, small_corpus: Corpus) -> None:
    settings = on(server, small_corpus({"one": "Bản cũ."}))
    first, _ = build(settings)
    assert build(settings) == (first, False)
    old = collection_of(settings)
    live = LiveLibrary(settings)
    small_corpus({"one": "Bản mới."})
    with live.use() as held:
        build(settings)
        new = collection_of(settings)
        assert server.collections() == {old, new}, "a generation that is read keeps its collection"
        with live.use() as fresh:
            assert "Bản mới." in fresh.directive("one").text
        assert held.retriever.search("bản cũ", 1)
        held.check_vectors()
    build(settings, force=True)
    assert server.collections() == {new, collection_of(settings)}, "nobody has asked since"
    live.close()
    build(settings, force=True)
    assert server.collections() == {collection_of(settings)}
    assert len(generations(settings)) == 1


def test_data_folders_on_one_server_leave_each_other_alone(
    server: ChromaServer, small_corpus: Corpus, tmp_path: Path
) -> None:
    one = on(server, small_corpus({"one": "Việc thứ nhất."}))
    build(one)
    two = one.model_copy(update={"data": tmp_path / "two"})
    copy = one.model_copy(update={"data": tmp_path / "copy"})
    build(two)
    shutil.copytree(one.data, copy.data)
    assert found(copy) == found(one), "a copy reads what the original reads"
    build(copy, force=True)
    build(two, force=True)
    assert found(one)
    assert server.collections() == {collection_of(settings) for settings in (one, two, copy)}
    assert len(server.collections()) == 3


def test_a_build_that_fails_leaves_nothing(
    server: ChromaServer, small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = on(server, small_corpus({"one": "Việc thứ nhất."}))
    build(settings)
    before = server.collections(), generations(settings)

    def fail(done: int, total: int) -> None:
        assert len(server.collections()) == 2
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(settings, fail, force=True)
    assert (server.collections(), generations(settings)) == before


def test_what_a_killed_build_left_is_gone_after_the_next(server: ChromaServer, small_corpus: Corpus) -> None:
    settings = on(server, small_corpus({"one": "Việc thứ nhất."}))
    places = f"corpus=Path({str(settings.corpus)!r}), data=Path({str(settings.data)!r}), chroma_url={server.url!r}"
    code = (
        "import os; from pathlib import Path; from index.build import build; from index.settings import IndexSettings; "
        f"build(IndexSettings({places}), lambda *_: os.kill(os.getpid(), 9))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    (left,) = server.collections()
    build(settings)
    assert server.collections() == {collection_of(settings)} != {left}


def test_what_could_not_be_deleted_is_deleted_later(server: ChromaServer, small_corpus: Corpus) -> None:
    settings = on(server, small_corpus({"one": "Việc thứ nhất."}))
    build(settings)

    def away(done: int, total: int) -> None:
        server.stop()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(settings, away, force=True)
    assert len(generations(settings)) == 2, "the folder stays, as it knows the collection"
    server.start()
    assert len(server.collections()) == 2
    assert found(settings)
    build(settings, force=True)
    assert server.collections() == {collection_of(settings)}
    assert len(generations(settings)) == 1


def test_a_service_is_unavailable_while_the_server_is_and_comes_back_with_it(
    server: ChromaServer, small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = on(server, small_corpus({"one": "Các sở tổ chức hội nghị đối thoại với nông dân."}))
    first, _ = build(settings)
    monkeypatch.setenv("DANVAN_CHROMA_URL", server.url)
    process, address = start(settings)

    def ask() -> httpx.Response:
        question = {"question": "Ai tổ chức hội nghị đối thoại với nông dân?"}
        return httpx.post(f"{address}/v1/ask", json=question, timeout=30)

    def ready(status: int) -> dict[str, str]:
        for _ in range(200):
            response = httpx.get(f"{address}/readyz", timeout=30)
            if response.status_code == status:
                return dict(response.json())
            time.sleep(0.1)
        raise AssertionError(response.text)

    try:
        ready(200)
        assert ask().json()["status"] == "answered"
        server.stop()
        assert (ask().status_code, ask().json()["code"]) == (503, "unavailable")
        assert "Máy chủ Chroma" in ask().json()["detail"]
        told = ready(503)
        assert "véc-tơ" in told["detail"]
        assert server.url not in str(told)
        assert httpx.get(f"{address}/healthz").status_code == 200
        server.start()
        assert ask().json()["status"] == "answered", "no restart is needed"
        ready(200)
        server.stop()
        server.start("empty")
        assert "danvan index" in ask().json()["detail"]
        ready(503)
        again, fresh = build(settings)
        assert fresh, "lost vectors are a reason to build"
        assert again.content == first.content
        assert ask().json()["status"] == "answered"
        assert ready(200)["generation"] == again.id
    finally:
        stop(process)


def test_a_server_that_is_away_or_empty_is_told_in_a_sentence(server: ChromaServer, small_corpus: Corpus) -> None:
    settings = on(server, small_corpus({"one": "Việc thứ nhất."}))
    build(settings)
    server.stop()
    server.start("empty-too")
    with pytest.raises(VectorsLostError, match="danvan index"):
        Library.open(settings)
    checks = {check.name: check for check in examine(lambda: Settings(**settings.model_dump()))}
    assert (checks[CHECK_CHROMA].passed, checks[CHECK_CHROMA].detail) == (True, f"{server.url} trả lời")
    assert not checks[CHECK_INDEX].passed
    assert "Lập lại: danvan index" in checks[CHECK_INDEX].detail
    server.stop()
    checks = {check.name: check for check in examine(lambda: Settings(**settings.model_dump()))}
    assert not checks[CHECK_CHROMA].passed
    with pytest.raises(VectorServerUnreachableError, match="DANVAN_CHROMA_URL"):
        Library.open(settings)
    for command in (("index",), ("serve", "--port", "0")):
        code, said = danvan(settings, *command, DANVAN_CHROMA_URL=server.url)
        assert code == 1
        assert f"Máy chủ Chroma {server.url} không trả lời" in said
        assert "Traceback" not in said


def test_a_server_that_keeps_silent_is_not_waited_for(
    small_corpus: Corpus, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = on(server, small_corpus({"one": "Việc thứ nhất."}))
    build(settings)
    server.stop()
    monkeypatch.setattr("index.vectors.ASKING", 0.5)
    with create_server(("127.0.0.1", server.port)) as silent:  # takes connections, and says nothing
        end = Timer(10, silent.close)  # whoever waits for ever gets another error then
        end.start()
        with pytest.raises(VectorServerUnreachableError, match="timed out"):
            Library.open(settings)
        end.cancel()


def test_another_program_at_that_address_is_told(small_corpus: Corpus) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>")

        def do_DELETE(self) -> None:
            self.send_error(501)

        def log_message(self, *_: object) -> None:
            pass

    with (
        listening(Page) as url,
        pytest.raises(VectorServerUnreachableError, match="no answer of a Chroma server"),
    ):
        build(on(url, small_corpus({"one": "Việc thứ nhất."})))


@contextmanager
def guarded(server: ChromaServer) -> Iterator[str]:
    """A proxy before the server that lets pass only who brings the token: a Chroma server itself asks for none."""

    class Guard(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                status, content = 401, f"no: {self.headers['Authorization']}".encode()
            else:
                headers = {"Content-Type": "application/json"}
                answer = httpx.request(self.command, f"{server.url}{self.path}", content=body, headers=headers)
                status, content = answer.status_code, answer.content
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self.do_POST()

        def do_DELETE(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            pass

    with listening(Guard) as url:
        yield url


def test_a_token_opens_and_is_told_to_nobody(server: ChromaServer, small_corpus: Corpus) -> None:
    with guarded(server) as url:
        corpus = small_corpus({"one": "Việc thứ nhất."})
        settings = on(url, corpus, chroma_token=TOKEN)
        build(settings)
        assert found(settings)
        own = {"DANVAN_CHROMA_URL": url, "DANVAN_LOG_LEVEL": "debug"}
        code, said = danvan(corpus, "doctor", DANVAN_CHROMA_TOKEN=TOKEN, **own)
        assert code == 0, said
        for command in (("index", "--force"), ("serve", "--port", "0")):
            code, refused = danvan(corpus, *command, DANVAN_CHROMA_TOKEN="sai-" + TOKEN, **own)
            assert code == 1
            assert f"Máy chủ Chroma {url} từ chối truy cập (HTTP 401). Kiểm tra DANVAN_CHROMA_TOKEN." in refused
            said += refused
        with pytest.raises(VectorServerRefusedError):
            Library.open(on(url, corpus))
        with pytest.raises(VectorServerRefusedError) as told:
            Library.open(on(url, corpus, chroma_token="sai-" + TOKEN))
        written = [path.read_bytes() for path in corpus.data.rglob("*") if path.is_file()]
    assert TOKEN not in said
    assert "Traceback" not in said
    assert TOKEN not in f"{told.value} {settings!r}"
    assert not any(TOKEN.encode() in content for content in written)
    assert server.collections() == {collection_of(settings)}


def test_another_place_of_the_vectors_needs_another_index(
    server: ChromaServer, small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded = small_corpus({"one": "Việc thứ nhất."})
    manifest, _ = build(embedded)
    text = (Generations(embedded.data).path(manifest.id) / "manifest.json").read_text(encoding="utf-8")
    assert "vectors" not in text, "as before there were servers: indexes of then are indexes of now"
    assert found(embedded)
    settings = on(server, embedded)
    with pytest.raises(IndexMismatchError, match=rf"vectors embedded, not {server.url}; run `danvan index`"):
        Library.open(settings)
    assert build(settings)[1]
    assert found(settings)
    with pytest.raises(IndexMismatchError, match=rf"vectors {server.url}, not embedded"):
        Library.open(embedded)
    code, said = danvan(embedded, "ask", QUESTION)
    assert code == 1
    assert "Chạy lại: danvan index" in said
    assert build(embedded)[1]
    assert found(embedded)
    assert server.collections() == set(), "the collection went with its generation"


def test_a_server_that_is_no_longer_named_gets_no_token(
    server: ChromaServer, small_corpus: Corpus, tmp_path: Path
) -> None:
    with guarded(server) as url:
        corpus = small_corpus({"one": "Việc thứ nhất."})
        build(on(url, corpus, chroma_token=TOKEN))
        (left,) = server.collections()
        elsewhere = on(server, corpus, chroma_token=TOKEN)
        build(elsewhere)
        assert server.collections() == {left, collection_of(elsewhere)}, "it was refused there, having brought no token"
        assert len(generations(elsewhere)) == 1


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("CHROMA_URL", "chroma:8000", "http://host:port"),
        ("CHROMA_URL", "http://", "http://host:port"),
        ("CHROMA_URL", "http://chroma:cổng", "http://host:port"),
        ("CHROMA_URL", "http://chroma:8000/?x=1", "http://host:port"),
        ("CHROMA_URL", "http://danvan:mat-khau@chroma:8000", "DANVAN_CHROMA_TOKEN"),
        ("CHROMA_TOKEN", "mat-khau có dấu", "ASCII"),
        ("CHROMA_TOKEN", "mat-khau\n", "ASCII"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_without_its_value(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"DANVAN_{variable}", value)
    with pytest.raises(SettingsError, match=told) as error:
        load_settings()
    assert error.value.variable == f"DANVAN_{variable}"
    assert "mat-khau" not in str(error.value)


def test_settings_that_are_set_to_nothing_are_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_CHROMA_URL", "")
    monkeypatch.setenv("DANVAN_CHROMA_TOKEN", "")
    assert (load_settings().chroma_url, load_settings().chroma_token) == (None, None)
    monkeypatch.setenv("DANVAN_CHROMA_URL", "https://chroma.example.vn/du-lieu/")
    assert load_settings().chroma_url == "https://chroma.example.vn/du-lieu"
