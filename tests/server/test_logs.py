"""One line a request, which tells nothing of what people typed."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.logs import configure_logs
from bot.server.app import create_app
from bot.settings import Settings
from tests.conftest import REPOSITORY
from tests.server.running import QUESTION, running

SECRET = "tên riêng 0912345678"


def test_a_line_for_each_request_and_for_start_and_stop(data: Path) -> None:
    with running(data) as service, service.client(SECRET.encode().hex()) as client:
        client.cookies.set("danvan_person", "f" * 32)
        answered = client.post("/v1/ask?ten=" + SECRET, json={"question": f"{QUESTION} {SECRET}"})
        named = client.get("/v1/documents/khong-co", headers={"X-Request-ID": "yeu-cau.1"})
        assert service.stop() == -15
        lines = {line["request_id"]: line for line in service.log("request")}
        text = service.log_file.read_text(encoding="utf-8")
        starts, stops = service.log("start"), service.log("stop")
    line = lines[answered.headers["x-request-id"]]
    assert (line["method"], line["route"], line["status"]) == ("POST", "/v1/ask", 200)
    assert line["worker"] == starts[0]["worker"] == stops[0]["worker"]
    assert line["generation"] == starts[0]["generation"]
    assert line["ms"] > 0
    assert named.json()["instance"] == named.headers["x-request-id"] == "yeu-cau.1"
    assert lines["yeu-cau.1"]["route"] == "/v1/documents/{document_id}"
    assert lines["yeu-cau.1"]["problem"] == "unknown_document"
    for typed in ("riêng", "0912345678", SECRET.encode().hex(), "f" * 32, "ten=", "khong-co"):
        assert typed not in text


def test_the_documented_line_is_as_the_service_writes_it(data: Path) -> None:
    page = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    shown = next(json.loads(line) for line in page.splitlines() if line.strip().startswith('{"time"'))
    with running(data) as service, service.client() as client:
        client.get("/v1/documents/khong-co", headers={"X-Request-ID": shown["request_id"]})
        written = next(line for line in service.log("request") if line["request_id"] == shown["request_id"])
    changing = ("time", "ms", "worker")
    assert list(written) == list(shown)
    assert {k: v for k, v in written.items() if k not in changing} == {
        k: v for k, v in shown.items() if k not in changing
    }


@pytest.fixture
def restored_logs() -> Iterator[None]:
    handlers, level, raising = logging.root.handlers[:], logging.root.level, logging.raiseExceptions
    yield
    logging.root.handlers, logging.raiseExceptions = handlers, raising
    logging.root.setLevel(level)
    for name in ("danvan", "uvicorn"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.usefixtures("restored_logs")
@pytest.mark.parametrize("given", ["", "a" * 65, "a b", "a\x7f", "é"])
def test_an_id_of_another_form_is_not_taken_over(settings: Settings, given: str) -> None:
    configure_logs(settings)
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        response = client.get("/none", headers={"X-Request-ID": given.encode("latin-1")})
    assert response.headers["x-request-id"] != given
    assert len(response.headers["x-request-id"]) == 32


@pytest.mark.usefixtures("restored_logs")
def test_what_nobody_foresaw_is_in_the_log_and_not_in_the_answer(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logs(settings.model_copy(update={"log_format": "json"}))
    app = create_app(settings)

    @app.get("/v1/boom/{word}")
    def boom(word: str) -> None:
        raise RuntimeError(f"{SECRET} {word}")

    with TestClient(app, base_url="http://localhost") as client:
        response = client.get("/v1/boom/xyz")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert response.status_code == 500
    assert response.json()["code"] == "internal_error"
    assert "content-security-policy" in response.headers
    error = next(line for line in lines if line["event"] == "exception")
    request = next(line for line in lines if line["event"] == "request")
    assert error["request_id"] == request["request_id"] == response.json()["instance"]
    assert error["exception"] == "RuntimeError"
    assert any("test_logs.py" in frame and "boom" in frame for frame in error["traceback"])
    assert (request["status"], request["route"]) == (500, "/v1/boom/{word}")
    assert SECRET not in json.dumps(lines, ensure_ascii=False) + response.text
    assert "xyz" not in json.dumps(lines)


def test_text_for_people_and_a_level(data: Path) -> None:
    with running(data, DANVAN_LOG_FORMAT="text", DANVAN_LOG_LEVEL="WARNING") as service, service.client() as client:
        client.get("/none")
        service.stop()
        assert service.log_file.read_text() == ""
    with running(data, DANVAN_LOG_FORMAT="text") as service, service.client() as client:
        client.get("/none")
        service.stop()
        lines = service.log_file.read_text().splitlines()
    assert any(" info request method=GET route=None status=404 " in line for line in lines)
