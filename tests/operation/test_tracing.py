"""Traces: where a question's time goes, and nothing of what it says; nothing at all where nobody asks for them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from index.build import build
from index.settings import IndexSettings
from tests.conftest import REPOSITORY
from tests.serving import start, stop


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """The far end: an OTLP/HTTP receiver, and what it was sent."""
    bodies: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_question_can_be_followed_and_not_read(
    small_corpus: Callable[..., IndexSettings],
    collector: tuple[str, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = small_corpus({"one": "Các sở tổ chức hội nghị đối thoại."})
    build(settings)
    endpoint, bodies = collector
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=thu")
    secret, parent = f"zq{uuid.uuid4().hex[:8]}", uuid.uuid4().hex
    process, address = start(settings)
    try:
        asked = httpx.post(
            f"{address}/v1/ask",
            json={"question": f"Ai tổ chức hội nghị đối thoại {secret}?"},
            headers={"traceparent": f"00-{parent}-00f067aa0ba902b7-01", "Danvan-Person": f"canbo-{secret}"},
            timeout=30,
        )
        httpx.get(f"{address}/?question={secret}")
        httpx.get(f"{address}/v1/documents/{secret}")
        httpx.get(f"{address}/healthz")
    finally:
        stop(process)
    assert bodies, "sent before the process ended"
    assert all(secret.encode() not in body and b"canbo" not in body for body in bodies)
    spans: list[Span] = []
    for body in bodies:
        for sent in ExportTraceServiceRequest.FromString(body).resource_spans:
            told = {one.key: one.value.string_value for one in sent.resource.attributes}
            assert told["service.name"] == "danvan-assistant"
            assert told["deployment.environment.name"] == "thu"
            spans += [span for scope in sent.scope_spans for span in scope.spans]
    by_id = {span.span_id: span for span in spans}
    ours = [span for span in spans if span.trace_id.hex() == parent]
    (request,) = [span for span in ours if span.parent_span_id.hex() == "00f067aa0ba902b7"]
    assert request.name == "POST /v1/ask"
    attributes = {one.key: one.value for one in request.attributes}
    assert attributes["http.route"].string_value == "/v1/ask"
    assert attributes["http.response.status_code"].int_value == 200
    assert attributes["danvan.request_id"].string_value == asked.headers["x-request-id"]
    path = {}
    for span in ours:
        names, at = [span.name], span
        while at.span_id != request.span_id:
            at = by_id[at.parent_span_id]
            names.insert(0, at.name)
        path[span.name] = names
    assert path["understand"] == ["POST /v1/ask", "question", "understand"]
    assert path["retrieve"] == ["POST /v1/ask", "question", "answer", "retrieve"]
    assert path["records.write"] == ["POST /v1/ask", "records.write"]
    question = next(span for span in ours if span.name == "question")
    assert {one.key: one.value.string_value for one in question.attributes}["danvan.status"] == asked.json()["status"]
    assert {"GET /", "GET /v1/documents/{document_id}"} <= {span.name for span in spans}
    assert "GET /healthz" not in {span.name for span in spans}
    assert all(not span.events for span in spans), "no exception's text"
    failed = next(span for span in spans if span.name == "GET /v1/documents/{document_id}")
    assert failed.status.code != Status.STATUS_CODE_ERROR, "an address that is not there is no failure of the service"


PROGRAM = """
import sys
if sys.argv[1] == "missing":
    sys.modules["opentelemetry.exporter.otlp.proto.http"] = None
from bot.logs import configure_logs
from bot.server.app import create_app
from bot.settings import load_settings
configure_logs(load_settings())
create_app(load_settings())
print(*(name for name in sys.modules if name.startswith(("bot.tracing.", "opentelemetry.exporter.otlp.proto.http"))))
"""


def imported(extra: str, **variables: str) -> tuple[set[str], str]:
    environment = os.environ | variables
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM, extra],
        capture_output=True,
        text=True,
        env=environment,
        cwd=REPOSITORY,
        check=True,
    )
    return set(made.stdout.split()), made.stderr


def test_nothing_is_imported_where_nobody_asks_for_traces() -> None:
    endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    for variables in ({}, endpoint | {"OTEL_SDK_DISABLED": "true"}, endpoint | {"OTEL_TRACES_EXPORTER": "none"}):
        assert imported("there", **variables) == ({"bot.tracing.configured"}, "")
    assert "bot.tracing.spans" in imported("there", **endpoint)[0]


def test_a_missing_extra_is_told_and_costs_nobody_an_answer() -> None:
    names, said = imported("missing", OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9")
    assert "danvan-assistant[otel]" in said
    assert "bot.tracing.spans" not in names
