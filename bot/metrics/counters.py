"""The counters, and the observer that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram

from bot.observing import Observer, Requested

if TYPE_CHECKING:
    from bot.answering.answer import Answer

# A typed fact takes some milliseconds, a passage some tens, a machine with too much to do seconds.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Counters(Observer):
    """Counts in a registry of its own. Every label has few values: none comes from what people type."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "danvan_questions",
            "Questions that have been answered; the statuses not_found and rejected are refusals",
            ("channel", "status", "strategy"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "danvan_question_seconds",
            "Time from a question to its answer, waiting for its turn included",
            ("status",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._verdicts = Counter(
            "danvan_feedback", "Verdicts on answers: right or wrong", ("verdict",), registry=self.registry
        )
        self._requests = Counter(
            "danvan_http_requests", "HTTP requests", ("method", "route", "status"), registry=self.registry
        )
        self._request_seconds = Histogram(
            "danvan_http_request_seconds",
            "Time from an HTTP request to the end of its response",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._problems = Counter(
            "danvan_http_problems", "HTTP requests that were answered with a problem", ("code",), registry=self.registry
        )
        self._failures = Counter(
            "danvan_records_failures", "Times that the records could not be used", ("kind",), registry=self.registry
        )

    def answered(self, channel: str, answer: Answer, seconds: float) -> None:
        """Count by where it came from and what came of it."""
        self._questions.labels(channel, answer.status, answer.strategy or "none").inc()
        self._seconds.labels(answer.status).observe(seconds)

    def judged(self, verdict: str) -> None:
        """Count a verdict."""
        self._verdicts.labels(verdict).inc()

    def requested(self, request: Requested) -> None:
        """Count by the route's template; a method or an address that nobody knows is "other"."""
        route = request.route or "other"
        method = request.method if request.method in _METHODS else "other"
        self._requests.labels(method, route, "broken" if request.status is None else str(request.status)).inc()
        self._request_seconds.labels(route).observe(request.seconds)
        if request.problem is not None:
            self._problems.labels(request.problem).inc()

    def records_failed(self, kind: str) -> None:
        """Count by the kind of failure."""
        self._failures.labels(kind).inc()
