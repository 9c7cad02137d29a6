"""What handlers compute waits for what will be there again."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from bot.telegram.desk import Desk, opened
from index.errors import DanvanError, VectorServerUnreachableError, VectorsLostError


def test_a_question_waits_for_the_vectors_and_for_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.desk._SERVER_SECONDS", 0.01)
    failures: list[Exception] = [
        VectorServerUnreachableError("http://chroma:8000", "timed out"),
        VectorsLostError("http://chroma:8000", "no such collection"),
    ]

    def answer(question: str) -> str:
        if failures:
            raise failures.pop(0)
        return f"trả lời: {question}"

    with opened(Desk(*cast(list[Any], [None] * 6))) as desk:
        assert asyncio.run(desk.compute(answer, "ai ký?")) == "trả lời: ai ký?"
        assert failures == []
        failures.append(DanvanError("something else"))
        with pytest.raises(DanvanError, match="something else"):
            asyncio.run(desk.compute(answer, "ai ký?"))
