"""Backup and restore: a moment of a busy service, whole, from either database into either, or not at all."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import select, text

from bot.error_messages import describe
from bot.settings import Settings
from bot.storage.backup.archive import FORMAT
from bot.storage.backup.errors import BackupError
from bot.storage.backup.restore import restore
from bot.storage.backup.save import save
from bot.storage.columns import AnswerJson
from bot.storage.database import open_database
from bot.storage.errors import RecordsFullError
from bot.storage.migrate import downgrade
from bot.storage.records import open_records
from bot.storage.tables import ConversationRow, FeedbackRow, Table, TurnRow
from tests.bot.storage.processes import start
from tests.bot.storage.samples import answer_to
from tests.bot.storage.server import Server
from tests.bot.storage.test_durability import small_disk

WRITER = """
import sys
from bot.settings import load_settings
from bot.storage.records import open_records
from tests.bot.storage.samples import answer_to
with open_records(load_settings()) as records:
    for number in range(5000):
        turn = records.append_turn(sys.argv[1], f"c{number // 5}", answer_to("Ai ký?"))
        print("turn", turn.id, flush=True)
        records.add_feedback(sys.argv[1], turn.id, "wrong", turn.id)
        print("feedback", turn.id, flush=True)
"""
SECRET = "khóa băm của các máy"


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Settings]]:
    """Makes settings with an empty database of a kind, and the same key as `kept`."""
    made: list[str] = []

    def make(kind: str) -> Settings:
        folder = tmp_path / f"target-{len(made)}"
        if kind == "sqlite":
            return Settings(data=folder, secret=SECRET)
        server: Server = request.getfixturevalue("server")
        made.append(name := f"danvan_{uuid.uuid4().hex}")
        server.run(f"CREATE DATABASE {name} TEMPLATE template0")
        return Settings(data=folder, secret=SECRET, database_url=server.url(name))

    yield make
    for name in made:
        request.getfixturevalue("server").run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def source(kept: Settings) -> Settings:
    return Settings(**{**kept.model_dump(), "secret": SECRET})


def contents(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the models, as the models read it."""
    database = open_database(settings)
    try:
        with database.reading() as session:
            return {
                table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
                for table in Table.metadata.sorted_tables
            }
    finally:
        database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_under_load_is_whole_in_either_database(
    source: Settings, target: Callable[[str], Settings], tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_SECRET", SECRET)
    open_records(source).close()
    writers = [start(WRITER, source, f"web:{number}") for number in range(3)]
    try:
        acknowledged: set[tuple[str, str]] = set()
        for writer in writers:
            assert writer.stdout is not None
            for _ in range(60):
                kind_of, turn_id = writer.stdout.readline().split()
                acknowledged.add((kind_of, turn_id))
        manifest = save(source, tmp_path / "backup")
        # They go on: nobody waited for the backup to end.
        assert all(writer.poll() is None for writer in writers)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    into = target(kind)
    assert restore(into, tmp_path / "backup") == manifest
    with open_records(into) as records:
        database = records._database
        with database.reading() as session:
            turns = set(session.scalars(select(TurnRow.id)))
            feedback = set(session.scalars(select(FeedbackRow.turn_id)))
            ordinals: dict[int, list[int]] = {}
            for conversation, ordinal in session.execute(select(TurnRow.conversation_id, TurnRow.ordinal)):
                ordinals.setdefault(conversation, []).append(ordinal)
            for conversation in session.scalars(select(ConversationRow)):
                had = sorted(ordinals.pop(conversation.id))
                assert had == list(range(1, conversation.last_ordinal + 1)), "no half conversation"
        assert not ordinals, "no turn without its conversation"
        assert feedback <= turns
        assert {turn_id for what, turn_id in acknowledged if what == "turn"} <= turns
        assert {turn_id for what, turn_id in acknowledged if what == "feedback"} <= feedback
        # Life goes on: rows get new numbers, people find their own.
        before = len(records.history("web:1", "c0"))
        assert records.append_turn("web:1", "c0", answer_to("Nữa?")).ordinal == before + 1
        assert records.append_turn("web:9", "mới", answer_to("Ai ký?")).ordinal == 1


def sample(column: sa.Column[Any], number: int, keys: dict[str, list[Any]]) -> Any:
    """A value for a column of any table, another one for each `number`; every third of what may be left out is None."""
    if column.foreign_keys:
        (reference,) = column.foreign_keys
        return keys[reference.column.table.name][number]
    if column.nullable and number == 2:
        return None
    for constraint in column.table.constraints:
        if isinstance(constraint, sa.CheckConstraint) and (
            found := re.match(rf"{column.name} IN \('(\w+)'", str(constraint.sqltext))
        ):
            return found[1]
    kind = column.type
    if isinstance(kind, AnswerJson):
        return answer_to(f"Ai ký số {number}? 𝟚 \0", "not_found", "Hà Tĩnh")
    if isinstance(kind, sa.TypeDecorator):
        kind = kind.impl_instance
    if kind.python_type is datetime:
        return datetime(2026, 1, 2, 23, 59, 59, 123456, tzinfo=UTC) + timedelta(days=number)
    if kind.python_type is date:
        return date(2026, 1, 2) + timedelta(days=number)
    if kind.python_type is str:
        value = f"{number} “ấn”\n{column.name}"
        return value[: getattr(kind, "length", None) or 200]
    return {
        int: 2**40 + number if isinstance(kind, sa.BigInteger) else number + 1,
        bool: number == 1,
        bytes: b"\0\xff%d" % number,
        float: number / 3,
    }[kind.python_type]


def fill_every_table(settings: Settings) -> None:
    open_records(settings).close()
    database = open_database(settings)
    keys: dict[str, list[Any]] = {}
    with database.writing() as session:
        for table in Table.metadata.sorted_tables:
            rows = [{column.name: sample(column, number, keys) for column in table.columns} for number in range(3)]
            session.execute(table.insert(), rows)
            keys[table.name] = [row[next(iter(table.primary_key)).name] for row in rows]
    database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_column_of_every_table_comes_back(
    source: Settings, target: Callable[[str], Settings], tmp_path: Path, kind: str
) -> None:
    """Over the models as they are: whoever adds a table, or a kind of column, is tested here without a further word."""
    fill_every_table(source)
    manifest = save(source, tmp_path / "backup")
    assert {table.name for table in manifest.tables} == set(Table.metadata.tables)
    into = target(kind)
    restore(into, tmp_path / "backup")
    assert contents(into) == contents(source)
    assert all(len(rows) == 3 for rows in contents(into).values())


def test_a_table_that_the_program_does_not_know_is_not_passed_over(source: Settings, tmp_path: Path) -> None:
    open_records(source).close()
    database = open_database(source)
    with database.alone() as connection:
        connection.execute(text("CREATE TABLE khac (id INTEGER)"))
    database.close()
    with pytest.raises(BackupError) as raised:
        save(source, tmp_path / "backup")
    assert "khac" in describe(raised.value)
    assert not (tmp_path / "backup").exists()


def test_an_older_backup_is_brought_up_to_date(
    source: Settings, target: Callable[[str], Settings], tmp_path: Path
) -> None:
    with open_records(source) as records:
        turn = records.append_turn("web:1", "c", answer_to("Ai ký?"))
    database = open_database(source)
    downgrade(database, "0001")
    database.close()
    assert save(source, tmp_path / "backup").revision == "0001"
    into = target("sqlite")
    restore(into, tmp_path / "backup")
    with open_records(into) as records:
        assert records.history("web:1", "c") == [turn]
        assert records.telegram_queue().updates == 0


def test_people_of_an_older_backup_are_signed_in_as_before(
    source: Settings, target: Callable[[str], Settings], tmp_path: Path
) -> None:
    """Of the time before it was kept who makes a code."""
    with open_records(source) as records:
        made = records.access.invite("Người cũ", "reader", timedelta(days=1), by="cli")
        _, token = records.access.sign_in(made.code, "192.0.2.1")
        left = records.access.code_for(made.person.id, timedelta(days=1), by="cli").code
    database = open_database(source)
    downgrade(database, "0003")
    database.close()
    assert save(source, tmp_path / "backup").revision == "0003"
    for kind in ("sqlite", "postgresql"):
        restore(into := target(kind), tmp_path / "backup")
        with open_records(into) as records:
            assert records.access.session(token) is not None
            assert records.access.redeem(left, "telegram:1").name == "Người cũ"
            told = records.access.sessions_of(made.person.id) + records.access.links_of(made.person.id)
            assert [one.code_by for one in told] == [None, None]


@pytest.fixture
def backup(tmp_path: Path) -> tuple[Settings, Path]:
    """A folder with records, and its backup."""
    settings = Settings(data=tmp_path / "data")
    with open_records(settings) as records:
        for number in range(40):
            turn = records.append_turn("web:1", f"c{number % 4}", answer_to(f"Câu {number}?"))
        records.add_feedback("web:1", turn.id, "right")
    save(settings, tmp_path / "backup")
    return settings, tmp_path / "backup"


def test_records_are_replaced_only_where_that_is_said(backup: tuple[Settings, Path]) -> None:
    settings, path = backup
    with open_records(settings) as records:
        records.append_turn("web:1", "later", answer_to("Sau?"))
    before = contents(settings)
    with pytest.raises(BackupError) as raised:
        restore(settings, path)
    assert "--force" in describe(raised.value)
    assert contents(settings) == before
    restore(settings, path, force=True)
    with open_records(settings) as records:
        assert records.history("web:1", "later") == []
        assert len(records.history("web:1", "c1")) == 10


def test_a_backup_is_its_owners_and_overwrites_nothing(backup: tuple[Settings, Path]) -> None:
    settings, path = backup
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    with pytest.raises(BackupError, match="exists"):
        save(settings, path)
    assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []


def test_a_backup_that_was_damaged_touches_nothing(backup: tuple[Settings, Path]) -> None:
    settings, path = backup
    before, whole = contents(settings), path.read_bytes()
    damaged = [whole[:length] for length in range(0, len(whole), len(whole) // 10)]
    for place in range(0, len(whole), len(whole) // 50):
        damaged.append(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
    refused = 0
    for content in damaged:
        path.write_bytes(content)
        try:
            restore(settings, path, force=True)
        except BackupError:
            refused += 1
        assert contents(settings) == before, "the same, whether it was refused or a byte did not matter"
    assert refused > len(damaged) * 0.8


def rewritten(path: Path, change: Callable[[str, list[str]], list[str]], **manifest: Any) -> None:
    """A backup with other rows, and checksums that fit them."""
    import hashlib

    with zipfile.ZipFile(path) as file:
        told = json.loads(file.read("manifest.json"))
        members = {name: file.read(name).decode() for name in file.namelist() if name != "manifest.json"}
    for table in told["tables"]:
        lines = change(table["name"], members[f"tables/{table['name']}.jsonl"].splitlines(keepends=True))
        members[f"tables/{table['name']}.jsonl"] = "".join(lines)
        table["rows"] = len(lines)
        table["sha256"] = hashlib.sha256("".join(lines).encode()).hexdigest()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
        file.writestr("manifest.json", json.dumps(told | manifest))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    "table", ["conversations", "turns"], ids=["a turn whose conversation is missing", "a row with a column too few"]
)
def test_a_backup_that_does_not_fit_together_leaves_what_was_there(
    backup: tuple[Settings, Path], target: Callable[[str], Settings], kind: str, table: str
) -> None:
    _, path = backup
    into = Settings(**{**target(kind).model_dump(), "secret": None})
    into.data.mkdir(parents=True, exist_ok=True)
    (into.data / "secret.key").write_bytes((backup[0].data / "secret.key").read_bytes())
    with open_records(into) as records:
        records.append_turn("web:1", "mine", answer_to("Của tôi?"))
    before = contents(into)

    def change(name: str, lines: list[str]) -> list[str]:
        if name != table:
            return lines
        return lines[1:] if table == "conversations" else [*lines[:-1], '["x"]\n']

    rewritten(path, change)
    with pytest.raises(Exception, match=r"inconsistent|foreign key"):
        restore(into, path, force=True)
    assert contents(into) == before


@pytest.mark.parametrize("manifest", [{"format": FORMAT + 1, "more": 1}, {"revision": "9999"}], ids=["form", "tables"])
def test_a_newer_programs_backup_is_refused(backup: tuple[Settings, Path], manifest: dict[str, Any]) -> None:
    settings, path = backup
    before = contents(settings)
    rewritten(path, lambda _, lines: lines, **manifest)
    with pytest.raises(BackupError) as raised:
        restore(settings, path, force=True)
    assert "phiên bản mới hơn" in describe(raised.value)
    assert contents(settings) == before


def test_without_the_key_of_the_people_nothing_is_restored(backup: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, path = backup
    fresh = Settings(data=tmp_path / "fresh")
    with pytest.raises(BackupError, match="no_key") as raised:
        restore(fresh, path)
    assert "secret.key" in describe(raised.value)
    with pytest.raises(BackupError, match="other_key"):
        restore(Settings(data=tmp_path / "other", secret="một khóa bí mật khác"), path)
    assert not (tmp_path / "other" / "records.sqlite").exists()
    fresh.data.mkdir(exist_ok=True)
    (fresh.data / "secret.key").write_bytes((settings.data / "secret.key").read_bytes())
    restore(fresh, path)
    with open_records(fresh) as records:
        assert len(records.history("web:1", "c1")) == 10


def test_a_backup_with_its_key_stands_by_itself(backup: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, without = backup
    key = (settings.data / "secret.key").read_bytes()
    path = tmp_path / "with-key"
    save(settings, path, with_key=True)
    with zipfile.ZipFile(without) as file:
        assert all(key not in file.read(name) for name in file.namelist())
    fresh = Settings(data=tmp_path / "fresh")
    restore(fresh, path)
    assert (fresh.data / "secret.key").read_bytes() == key
    assert stat.S_IMODE((fresh.data / "secret.key").stat().st_mode) == 0o600
    with open_records(fresh) as records:
        assert len(records.history("web:1", "c1")) == 10
    (fresh.data / "secret.key").write_text("x" * 64)
    with pytest.raises(BackupError, match="other_key"):
        restore(fresh, path)
    restore(fresh, path, force=True)
    assert (fresh.data / "secret.key").read_bytes() == key


def test_a_full_disk_leaves_no_half_backup_and_no_half_restore(backup: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, path = backup
    with small_disk(tmp_path / "disk", "200k") as disk:
        (disk / "ballast").write_bytes(b"x" * 200 * 1024)
        with pytest.raises(BackupError, match="unwritable") as raised:
            save(settings, disk / "backup")
        assert "chỗ trống" in describe(raised.value)
        assert [one.name for one in disk.iterdir()] == ["ballast"]
    with small_disk(tmp_path / "small", "600k") as disk:
        into = Settings(data=disk, secret=None)
        (disk / "secret.key").write_bytes((settings.data / "secret.key").read_bytes())
        with open_records(into) as records:
            turn = records.append_turn("web:1", "mine", answer_to("Của tôi?"))
        (disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(disk).free - 60 * 1024))
        with pytest.raises(RecordsFullError):
            restore(into, path, force=True)
        (disk / "ballast").unlink()
        with open_records(into) as records:
            assert records.history("web:1", "mine") == [turn]


def test_the_commands_say_what_they_did(backup: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, _ = backup

    def danvan(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
        environment = {"DANVAN_DATA": str(settings.data), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
        return subprocess.run(program, capture_output=True, text=True, env=environment, check=False)

    made = danvan("backup", str(tmp_path / "again"))
    assert (made.returncode, made.stderr) == (0, "")
    assert "Đã sao lưu 45 dòng" in made.stdout
    assert "secret.key" in made.stdout
    refused = danvan("restore", str(tmp_path / "again"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--force" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "Đã khôi phục 45 dòng" in danvan("restore", str(tmp_path / "again"), "--force").stdout
    assert danvan("restore", str(tmp_path / "missing")).stderr.startswith("Không đọc được tệp")
