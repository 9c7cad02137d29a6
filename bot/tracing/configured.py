"""Whether traces are wanted, by OpenTelemetry's own variables; nothing of it is imported where they are not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.logs import log

if TYPE_CHECKING:
    from bot.tracing.spans import Tracing

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
PROTOCOL = "http/protobuf"


def tracing() -> Tracing | None:
    """Traces to the endpoint that `OTEL_EXPORTER_OTLP_ENDPOINT` names; None where there is none.

    A variable that cannot be followed, or a missing extra, is told in the log: nobody goes without answers for it.
    """
    if not any(os.environ.get(name) for name in _ENDPOINTS):
        return None
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    if os.environ.get("OTEL_TRACES_EXPORTER", "otlp") != "otlp":
        return None
    protocol = next((value for name in _PROTOCOLS if (value := os.environ.get(name))), PROTOCOL)
    if protocol != PROTOCOL:
        log().warning("no_traces", message=f"OTEL_EXPORTER_OTLP_PROTOCOL={protocol} is not supported, only {PROTOCOL}")
        return None
    try:
        from bot.tracing.spans import Tracing
    except ImportError:
        log().warning("no_traces", message="a package is missing: pip install 'danvan-assistant[otel]'")
        return None
    return Tracing()
