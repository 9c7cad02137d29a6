"""Traces for OpenTelemetry, by the extra `otel`: where a question's time goes, and nothing of what it says."""
