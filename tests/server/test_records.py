"""What an administrator does with the records, and what the service does by itself."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings
from bot.storage.errors import RecordsUnavailableError
from bot.storage.records import open_records
from bot.storage.schedule import STAMP, purge_when_due
from tests.bot.storage.samples import answer_to
from tests.server.running import MAIN, eventually, running

HASTY = f"""
import bot.server.housekeeping
bot.server.housekeeping.PURGE_FIRST = (0.1, 0.2)
{MAIN}
"""


def danvan(data: Path, *arguments: str) -> str:
    outcome = CliRunner().invoke(app, arguments, env={"DANVAN_DATA": str(data)}, catch_exceptions=False)
    assert outcome.exit_code == 0
    return outcome.output


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    data = tmp_path / "kept"
    with open_records(Settings(data=data)) as records:
        for person in ("web:1", "web:2"):
            records.append_turn(person, "c", answer_to("=Lương của cán bộ?\x1b[31m", "not_found"))
        turn = records.append_turn("web:1", "c", answer_to("Ai ký?"))
        records.add_feedback("web:1", turn.id, "wrong", "thiếu thời hạn")
    return data


def test_unanswered_questions_and_feedback_in_every_form(kept: Path) -> None:
    rows = [json.loads(line) for line in danvan(kept, "records", "unanswered", "--format", "jsonl").splitlines()]
    assert [(row["question"], row["count"]) for row in rows] == [("=Lương của cán bộ?\x1b[31m", 2)]
    table = danvan(kept, "records", "unanswered")
    assert "Lương của cán bộ?" in table
    assert "\x1b" not in table, "what people type must not steer a terminal"
    read = list(csv.DictReader(io.StringIO(danvan(kept, "records", "unanswered", "--format", "csv").lstrip("\ufeff"))))
    assert read[0]["question"].startswith("'=Lương"), "no formula"
    said = danvan(kept, "records", "feedback", "--verdict", "wrong")
    assert "Chưa đúng" in said
    assert "thiếu thời hạn" in said
    assert danvan(kept, "records", "feedback", "--verdict", "right") == "Chưa có dòng nào.\n"
    assert str(kept / "records.sqlite") in danvan(kept, "records", "place")


def old(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn from before the retention period."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) - timedelta(days=200)

    with monkeypatch.context() as then, open_records(Settings(data=data)) as records:
        then.setattr("bot.storage.conversations.datetime", Then)
        records.append_turn("web:1", "alt", answer_to("Ai ký?"))


def test_purge_by_hand(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old(kept, monkeypatch)
    assert danvan(kept, "records", "purge").startswith("Đã xóa 1 lượt hỏi đáp")
    assert danvan(kept, "records", "purge").startswith("Đã xóa 0 lượt hỏi đáp")


def test_once_a_day_over_all_processes(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old(kept, monkeypatch)
    now = datetime.now(UTC)
    with open_records(Settings(data=kept)) as records:
        removed = purge_when_due(records, kept, now)
        assert removed is not None
        assert removed.turns == 1
        assert purge_when_due(records, kept, now + timedelta(hours=23)) is None
        assert purge_when_due(records, kept, now + timedelta(hours=25)) is not None
        (kept / STAMP).write_text("2026-1")  # cut short by a full disk
        assert purge_when_due(records, kept, now) is not None
        (kept / STAMP).unlink()
        (kept / STAMP).mkdir()
        with pytest.raises(RecordsUnavailableError):
            purge_when_due(records, kept, now)


def test_the_running_service_purges_and_one_worker_does_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_records(Settings(data=data)):
        pass
    old(data, monkeypatch)
    with running(data, program=HASTY) as service:
        eventually(lambda: service.log("purge"))
        assert [line["turns"] for line in service.log("purge")] == [1]
    with running(data, program=HASTY, log=data.parent / "second.log") as service, service.client() as client:
        assert client.get("/healthz").status_code == 200
        assert service.log("purge") == [], "a service that starts again the same day has nothing to do"


def test_doctor_looks_at_the_records(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Dữ liệu lưu trữ: đọc và ghi được" in danvan(data, "doctor")
    (data / "records.sqlite").write_bytes(b"khong phai SQLite" * 500)
    outcome = CliRunner().invoke(app, ["doctor"], env={"DANVAN_DATA": str(data)})
    assert outcome.exit_code == 1
    assert "LỖI  Dữ liệu lưu trữ" in outcome.output
    url = "postgresql://a:mat-khau@127.0.0.1:1/x"
    outcome = CliRunner().invoke(app, ["doctor"], env={"DANVAN_DATA": str(data), "DANVAN_DATABASE_URL": url})
    assert "LƯU Ý  Khóa băm" in outcome.output
    assert "mat-khau" not in outcome.output
