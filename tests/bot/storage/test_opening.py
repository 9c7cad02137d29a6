"""Opening: migrations, several processes at once, the secret, and all that can be wrong with a place."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import portalocker
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.error_messages import describe
from bot.settings import Settings, SettingsError, load_settings
from bot.storage.database import open_database
from bot.storage.errors import (
    DatabaseUrlError,
    RecordsBusyError,
    RecordsDamagedError,
    RecordsNewerError,
    RecordsReadOnlyError,
    RecordsUnavailableError,
    RecordsUnreachableError,
    SecretKeyError,
)
from bot.storage.migrate import downgrade, upgrade
from bot.storage.records import Records, open_records
from bot.storage.tables import Table
from tests.bot.storage.processes import start
from tests.bot.storage.samples import answer_to
from tests.bot.storage.server import Server

OPEN = """
from bot.settings import load_settings
from bot.storage.records import open_records
from tests.bot.storage.samples import answer_to
with open_records(load_settings()) as records:
    print(records.append_turn("web:1", "c", answer_to("Ai ký?")).ordinal)
"""


def test_the_migrations_make_the_tables_of_the_models(kept: Settings, records: Records) -> None:
    database = open_database(kept)
    with database.alone() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
        for table in Table.metadata.sorted_tables:
            keys = inspect(connection).get_foreign_keys(table.name)
            assert all(key["options"]["ondelete"] == "CASCADE" for key in keys)
    database.close()


def test_tables_go_back_and_forth(kept: Settings, records: Records) -> None:
    database = open_database(kept)
    downgrade(database, "base")
    with database.alone() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(database)
    upgrade(database)
    database.close()
    assert records.append_turn("web:1", "c", answer_to("Ai ký?")).ordinal == 1


def test_a_migration_that_fails_leaves_nothing_half_done(kept: Settings) -> None:
    database = open_database(kept)
    with database.alone() as connection:
        connection.execute(text("CREATE TABLE feedback (id INTEGER)"))
    with pytest.raises(Exception, match="feedback"):
        upgrade(database)
    with database.alone() as connection:
        assert inspect(connection).get_table_names() == ["feedback"]
    database.close()


def test_processes_that_start_at_once_migrate_once(kept: Settings) -> None:
    started = [start(OPEN, kept) for _ in range(4)]
    said = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    assert sorted(int(out) for out, _ in said) == [1, 2, 3, 4]
    with open_records(kept) as records:
        assert len(records.history("web:1", "c")) == 4  # one secret, too


def test_tables_of_a_newer_program_are_left_alone(kept: Settings, records: Records) -> None:
    database = open_database(kept)
    with database.alone() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'ffff'"))
    database.close()
    with pytest.raises(RecordsNewerError) as raised:
        open_records(kept)
    assert "phiên bản mới hơn" in describe(raised.value)


def test_files_are_the_services_own(sqlite: Settings) -> None:
    with open_records(sqlite) as records:
        records.append_turn("web:1", "c", answer_to("Ai ký?"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in sqlite.data.iterdir()}
    assert set(modes) >= {"secret.key", "records.sqlite", "records.sqlite-wal", "records.lock"}
    assert set(modes.values()) == {0o600}


def test_a_lock_that_somebody_else_holds_is_not_waited_for_without_end(
    sqlite: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.file_lock.PATIENCE", 0.5)
    with open_records(sqlite) as records, (sqlite.data / "records.lock").open("a") as other:
        portalocker.lock(other, portalocker.LOCK_EX)
        for _ in range(3):
            with pytest.raises(RecordsBusyError) as raised:
                records.append_turn("web:1", "c", answer_to("Ai ký?"))
        assert "records.lock" in describe(raised.value)
        assert [thread.daemon for thread in threading.enumerate() if "_wait" in thread.name] == [True], "one waits on"
        portalocker.unlock(other)
        for thread in threading.enumerate():
            if "_wait" in thread.name:
                thread.join(20)
        # Nobody wanted it any more: it was given back.
        portalocker.lock(other, portalocker.LOCK_EX | portalocker.LOCK_NB)
        with ThreadPoolExecutor(4) as pool:
            later = [pool.submit(records.append_turn, "web:1", "c", answer_to("Ai ký?")) for _ in range(4)]
            time.sleep(0.1)
            portalocker.unlock(other)
            assert sorted(turn.result().ordinal for turn in later) == [1, 2, 3, 4]


def test_sqlite_keeps_what_is_acknowledged_and_forgets_what_is_deleted(sqlite: Settings) -> None:
    database = open_database(sqlite)
    upgrade(database)
    with database.writing() as session:
        found = [
            session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        ]
    database.close()
    assert found == ["wal", 2, 1, 1, 5000]
    with open_records(sqlite) as records:
        for number in range(50):
            records.append_turn("web:1", "c", answer_to(f"bí-mật-{number}?", "not_found"))
        records.delete_person("web:1")
    assert "bí-mật".encode() not in (sqlite.data / "records.sqlite").read_bytes()


def test_a_given_secret_needs_no_file(kept: Settings, tmp_path: Path) -> None:
    settings = Settings(**{**kept.model_dump(), "secret": "x" * 16})
    with open_records(settings) as records:
        assert records.append_turn("web:1", "c", answer_to("Ai ký?")).ordinal == 1
    assert not (settings.data / "secret.key").exists()
    assert settings.data.exists() == (settings.database_url is None)


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_SECRET", "ngắn")
    with pytest.raises(SettingsError, match="DANVAN_SECRET"):
        load_settings()


def test_a_cut_secret_file_is_not_used(sqlite: Settings) -> None:
    sqlite.data.mkdir()
    (sqlite.data / "secret.key").write_text("abc")
    with pytest.raises(SecretKeyError) as raised:
        open_records(sqlite)
    assert "DANVAN_SECRET" in describe(raised.value)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "cannot be read"),
        ("không phải", "cannot be read"),
        ("postgresql://h:cổng/d", "cannot be read"),
        ("mysql://an:mật@h/d", "mysql"),
        ("oracle+khong://h/d", "not supported"),
        ("sqlite:///x.sqlite", "sqlite is not supported"),
    ],
)
def test_a_url_that_cannot_be_used_is_named(tmp_path: Path, url: str, problem: str) -> None:
    with pytest.raises(DatabaseUrlError, match=problem) as raised:
        open_records(Settings(data=tmp_path, database_url=url))
    assert "DANVAN_DATABASE_URL" in describe(raised.value)
    assert "mật@" not in describe(raised.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}://an:mat-khau@127.0.0.1:9/danvan?sslpassword=khoa"
    with pytest.raises(RecordsUnreachableError) as raised:
        open_records(Settings(data=tmp_path, database_url=url))
    assert "127.0.0.1:9/danvan" in describe(raised.value)
    assert "mat-khau" not in describe(raised.value) + repr(raised.value)
    assert "khoa" not in describe(raised.value)


def test_a_database_or_a_right_that_is_not_there_is_named(server: Server, tmp_path: Path) -> None:
    with pytest.raises(RecordsUnreachableError, match="does not exist"):
        open_records(Settings(data=tmp_path, database_url=server.url("khong_co")))
    server.run("CREATE ROLE doc LOGIN")
    url = server.url("postgres").replace("postgres:thu", "doc")
    with pytest.raises(RecordsReadOnlyError, match="permission denied"):
        open_records(Settings(data=tmp_path, database_url=url))
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(DatabaseUrlError, match="LATIN1"):
        open_records(Settings(data=tmp_path, database_url=server.url("latin")))


@pytest.mark.parametrize("damage", ["header", "pages", "no database"])
def test_a_corrupt_file_is_named(sqlite: Settings, damage: str) -> None:
    with open_records(sqlite) as records:
        for number in range(50):
            records.append_turn("web:1", "c", answer_to(f"Câu {number}?"))
    path = sqlite.data / "records.sqlite"
    content = bytearray(path.read_bytes())
    if damage == "header":
        content[:64] = os.urandom(64)
    elif damage == "pages":
        content[4096:] = os.urandom(len(content) - 4096)
    else:
        content = bytearray("Đây là một tệp văn bản.".encode())
    path.write_bytes(content)
    with pytest.raises(RecordsDamagedError) as raised, open_records(sqlite) as records:
        records.history("web:1", "c")
    assert str(path) in describe(raised.value)
    assert "bản sao lưu" in describe(raised.value)
    assert path.read_bytes()[:64] == content[:64]  # left for the administrator


def test_an_answer_that_cannot_be_read_is_damage(kept: Settings, records: Records) -> None:
    records.append_turn("web:1", "c", answer_to("Ai ký?"))
    database = open_database(kept)
    with database.writing() as session:
        session.execute(text("UPDATE turns SET answer = '{}'"))
    database.close()
    with pytest.raises(RecordsDamagedError, match="stored answer"):
        records.load("web:1", "c")


# Whoever runs the tests as root may write everywhere: the process gives up that right once its modules are loaded.
READ_ONLY = """
import os, sys
from pathlib import Path
from bot.error_messages import describe
from bot.settings import load_settings
from bot.storage.errors import RecordsReadOnlyError
from bot.storage.records import open_records
settings = load_settings()
warm = open_records(settings.model_copy(update={"data": Path(sys.argv[1])}))
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    with open_records(settings) as records:
        records.record("e")
except RecordsReadOnlyError as error:
    print(describe(error))
"""


@pytest.mark.parametrize("state", ["empty", "with the secret", "with records", "file alone"])
def test_a_folder_that_may_not_be_written_is_named(sqlite: Settings, tmp_path: Path, state: str) -> None:
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    sqlite.data.mkdir()
    if state == "with the secret":
        (sqlite.data / "secret.key").write_text("k" * 64)
    elif state != "empty":
        open_records(sqlite).close()
    for path in sqlite.data.iterdir():
        path.chmod(0o644)
    (sqlite.data / "records.lock").touch()
    if state == "file alone":
        (sqlite.data / "records.lock").chmod(0o666)
        sqlite.data.chmod(0o777)
        (sqlite.data / "records.sqlite").chmod(0o444)
    else:
        sqlite.data.chmod(0o555)
    process = start(READ_ONLY, sqlite, str(tmp_path / "warm"))
    out, err = process.communicate(timeout=60)
    sqlite.data.chmod(0o755)
    assert "Không ghi được vào" in out, err
    assert str(sqlite.data) in out


def test_another_programs_lock_is_named(sqlite: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    open_records(sqlite).close()
    monkeypatch.setattr("bot.storage.database._PATIENCE", 0.2)
    with open_records(sqlite) as records:
        with closing(sqlite3.connect(sqlite.data / "records.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RecordsBusyError) as raised:
                records.append_turn("web:1", "c", answer_to("Ai ký?"))
            assert records.history("web:1", "c") == []  # readers need not wait
        assert records.append_turn("web:1", "c", answer_to("Ai ký?")).ordinal == 1
    assert "đang bận" in describe(raised.value)


def test_a_folder_that_vanishes_is_named(sqlite: Settings) -> None:
    with open_records(sqlite) as records:
        records.record("e")
        sqlite.data.rename(sqlite.data.with_name("moved"))
        with pytest.raises(RecordsUnavailableError):
            records.record("e")  # not into a file that nobody finds again


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(RecordsUnavailableError) as raised:
        open_records(Settings(data=tmp_path / "data"))
    assert str(tmp_path / "data") in describe(raised.value)
