"""Nothing acknowledged is lost: killed writers, full disks, a server that goes away."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.error_messages import describe
from bot.settings import Settings
from bot.storage.errors import RecordsBusyError, RecordsFullError, RecordsUnreachableError
from bot.storage.records import Records, open_records
from tests.bot.storage.processes import start
from tests.bot.storage.samples import answer_to
from tests.bot.storage.server import NOBODY, Server

WRITER = """
import sys
from bot.settings import load_settings
from bot.storage.records import open_records
from tests.bot.storage.samples import answer_to
with open_records(load_settings()) as records:
    while True:
        turn = records.append_turn("web:1", "c", answer_to("Ai ký?"))
        print("turn", turn.id, flush=True)
        records.add_feedback("web:1", turn.id, "wrong", turn.id)
        print("feedback", turn.id, flush=True)
"""


@pytest.mark.parametrize("wait", [1, 50, 333])
def test_a_killed_writer_loses_nothing_that_it_acknowledged(kept: Settings, wait: int) -> None:
    process = start(WRITER, kept)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(wait)]
    process.kill()  # SIGKILL
    lines += process.stdout.readlines()
    process.communicate()
    said = [line.split() for line in lines if line.endswith("\n")]
    with open_records(kept) as records:
        turns = records.history("web:1", "c", most=100_000)
        feedback = {one.turn_id for one in records.list_feedback(limit=100_000)}
        assert records.append_turn("web:1", "c", answer_to("Ai ký?")).ordinal == len(turns) + 1
    assert len(said) >= wait
    assert {turn_id for kind, turn_id in said if kind == "turn"} <= {turn.id for turn in turns}
    assert {turn_id for kind, turn_id in said if kind == "feedback"} <= feedback
    assert [turn.ordinal for turn in turns] == list(range(1, len(turns) + 1))


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A memory disk that is full soon; only root may mount one."""
    folder.mkdir()
    options = f"size={size},uid={NOBODY},gid={NOBODY},mode=777"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(records: Records) -> tuple[list[str], RecordsFullError]:
    """Add turns until the disk is full: the ids that were acknowledged, and the error."""
    acknowledged: list[str] = []
    while True:
        assert len(acknowledged) < 50_000
        try:
            acknowledged.append(records.append_turn("web:1", "c", answer_to("Ai ký? " * 100)).id)
        except RecordsFullError as error:
            return acknowledged, error


def ids(records: Records) -> list[str]:
    return [turn.id for turn in records.history("web:1", "c", most=100_000)]


def test_a_full_disk_loses_nothing_and_is_named(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        with open_records(Settings(data=disk)) as records:
            acknowledged, error = fill(records)
            assert len(acknowledged) > 10
            assert ids(records) == acknowledged
        with open_records(Settings(data=disk)) as records:
            assert ids(records) == acknowledged
        subprocess.run(["mount", "-o", "remount,size=4m", disk], check=True)
        with open_records(Settings(data=disk)) as records:
            assert records.append_turn("web:1", "c", answer_to("Ai ký?")).ordinal == len(acknowledged) + 1
    assert "Hết chỗ trống" in describe(error)
    assert str(disk) in describe(error)


@pytest.mark.parametrize("left", [0, 8, 24, 60])
def test_a_disk_that_is_full_from_the_start_is_named(tmp_path: Path, left: int) -> None:
    """`left`: KB that are free."""
    with small_disk(tmp_path / "disk", "1m") as disk:
        (disk / "ballast").write_bytes(b"x" * (1024 - left) * 1024)
        with pytest.raises(RecordsFullError) as raised:
            open_records(Settings(data=disk))
        (disk / "ballast").unlink()
        with open_records(Settings(data=disk)) as records:
            assert records.append_turn("web:1", "c", answer_to("Ai ký?")).ordinal == 1
    assert "Hết chỗ trống" in describe(raised.value)


def test_a_servers_full_disk_loses_nothing_and_is_named(server: Server, tmp_path: Path) -> None:
    place = server.folder / "small"
    with small_disk(place, "12m"):
        server.run(f"CREATE TABLESPACE small LOCATION '{place}'")
        server.run("CREATE DATABASE small TEMPLATE template0 TABLESPACE small")
        try:
            with open_records(Settings(data=tmp_path, database_url=server.url("small"))) as records:
                acknowledged, error = fill(records)
                assert [turn.id for turn in records.history("web:1", "c", most=9)] == acknowledged[-9:]
                subprocess.run(["mount", "-o", "remount,size=40m", place], check=True)  # sorting needs space
                assert ids(records) == acknowledged
        finally:
            server.run("DROP DATABASE small WITH (FORCE)")
            server.run("DROP TABLESPACE small")
    assert "Hết chỗ trống" in describe(error)


def test_a_server_that_goes_away_is_named_and_taken_up_again(server: Server, tmp_path: Path) -> None:
    server.run("CREATE DATABASE cut TEMPLATE template0")
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cut'"
    with open_records(Settings(data=tmp_path, database_url=server.url("cut"))) as records:
        turn = records.append_turn("web:1", "c", answer_to("Ai ký?"))
        with pytest.raises(RecordsUnreachableError) as raised, records._database.reading() as session:  # noqa: PT012
            session.connection()
            server.run(end)
            session.connection().exec_driver_sql("SELECT 1")
        assert "Không kết nối được" in describe(raised.value)
        server.run(end)
        assert records.history("web:1", "c") == [turn]


def test_connections_that_are_all_in_use_are_named(kept: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.database._CONNECTIONS", 2)
    monkeypatch.setattr("bot.storage.database._QUEUE", 0.05)
    with open_records(kept) as records:
        both = records._database.reading(), records._database.reading()
        with both[0], both[1], pytest.raises(RecordsBusyError) as raised:
            records.list_audit()
        assert records.list_audit() == []
    assert "đang bận" in describe(raised.value)
