"""Spans: a request, the question in it, its understanding and answering, the search, the records.

Their attributes are the route's template, the status of the answer and the like. No question, no person, and no text of
an exception, which may quote either.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from bot.observing import Observer, watched_by

if TYPE_CHECKING:
    from bot.answering.answer import Answer

NAME = "danvan-assistant"
_PROPAGATOR = TraceContextTextMapPropagator()


class Tracing(Observer):
    """Sends spans as the `OTEL_…` variables say.

    The provider is our own, not the global one: libraries that trace themselves would send what people type.
    """

    def __init__(self) -> None:
        named = os.environ.get("OTEL_SERVICE_NAME") or "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
        resource = {"service.version": version(NAME)} | ({} if named else {"service.name": NAME})
        self._provider = TracerProvider(resource=Resource.create(resource), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer(NAME, version(NAME))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Trace what happens in this process; what is not sent yet is sent when the block ends."""
        with watched_by(self):
            try:
                yield
            finally:
                self._provider.shutdown()

    @contextmanager
    def request(self, method: str, headers: dict[str, str]) -> Iterator[Span]:
        """The span of an HTTP request, which goes on with the trace of whoever sends `traceparent`."""
        parent = _PROPAGATOR.extract(headers)
        with (
            self._tracer.start_as_current_span(
                method,
                context=parent,
                kind=SpanKind.SERVER,
                attributes={"http.request.method": method},
                record_exception=False,
                set_status_on_exception=False,
            ) as span,
            _failing(span),
        ):
            yield span

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A span inside the one that is current."""
        with (
            self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as span,
            _failing(span),
        ):
            yield

    def answered(self, channel: str, answer: Answer, seconds: float) -> None:
        """What came of the question whose span is current."""
        trace.get_current_span().set_attributes(
            {
                "danvan.channel": channel,
                "danvan.status": answer.status,
                "danvan.strategy": answer.strategy or "none",
                "danvan.citations": len(answer.citations),
            }
        )


@contextmanager
def _failing(span: Span) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        span.set_attribute("error.type", type(error).__qualname__)
        span.set_status(Status(StatusCode.ERROR))
        raise
