"""The database: its place, its engine, and the two kinds of transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import DeclarativeBase, Session

from bot.observing import step
from bot.settings import Settings
from bot.storage.errors import DatabaseUrlError
from bot.storage.failures import named
from bot.storage.file_lock import exclusive
from bot.storage.gate import Gate

FILE = "records.sqlite"
LOCK = "records.lock"
# Seconds that a writer waits for another program's lock on the file; our own writers queue before.
_PATIENCE = 5
# Connections of one process, of the 100 that PostgreSQL admits; and seconds that a thread waits for one.
_CONNECTIONS = 15
_QUEUE = 30
# Any number that no other program takes in the same database: "danvan" in ASCII.
_ADVISORY_LOCK = 0x64616E76616E
_WRITES = "danvan_writes"


class Database:
    """One database. Every method raises `RecordsUnavailableError` where it cannot be used.

    `place`: the file, or the URL without its password. `lock`: file that writers hold in turn; None with a server,
    which has locks of its own.
    """

    def __init__(self, engine: Engine, place: str, lock: Path | None) -> None:
        self.place = place
        self._engine, self._lock, self._gate = engine, lock, Gate(_CONNECTIONS)
        self._writer = engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with (
            step("records.read"),
            named(self.place),
            self._gate.passed(_QUEUE),
            Session(self._engine) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that sees the database as it was at one moment, however long it reads; nobody waits for it."""
        with named(self.place), self._engine.connect() as connection:
            if self._lock is None:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():  # SQLite's begins with the first thing that is read
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is on the disk when the block has ended, or not at all."""
        # SQLite's waiting writers wake at random: with 50 threads in two processes one waited 18 s, in this queue 2 s.
        queue = nullcontext() if self._lock is None else exclusive(self._lock)
        with (
            step("records.write"),
            named(self.place),
            queue,
            self._gate.passed(_QUEUE),
            Session(self._writer) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A transaction of which only one runs at a time, over all processes: for changing the tables."""
        with named(self.place):
            if self._lock is None:
                with self._engine.begin() as connection:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
                    _check_encoding(connection)
                    yield connection
            else:
                self._lock.parent.mkdir(parents=True, exist_ok=True)
                with exclusive(self._lock):
                    _create_sqlite(Path(self.place))
                    with self._writer.connect() as connection:
                        # A changed table is copied and the old one dropped, which would delete what refers to it.
                        connection.detach()
                        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
                        with connection.begin():
                            yield connection

    @property
    def is_file(self) -> bool:
        """Whether this is SQLite."""
        return self._lock is not None

    def connect(self) -> Connection:
        """A connection for the caller's own, as for a lock that lives as long; the caller closes it."""
        with named(self.place):
            return self._engine.connect()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_database(settings: Settings) -> Database:
    """The database that the settings name; nothing is connected yet. Raises `DatabaseUrlError`."""
    if settings.database_url is not None:
        url = server_url(settings.database_url)
        try:
            engine = create_engine(url, pool_pre_ping=True, pool_size=_CONNECTIONS, hide_parameters=True)
        except ModuleNotFoundError:
            raise DatabaseUrlError("the driver is missing: pip install 'danvan-assistant[postgres]'") from None
        # A URL's query may hold secrets, too; a socket's folder is the one thing of it that is worth saying.
        told = url.set(query={name: value for name, value in url.query.items() if name == "host"})
        return Database(engine, told.render_as_string(hide_password=True), None)
    path = settings.data.absolute() / FILE
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _PATIENCE},
        pool_size=_CONNECTIONS,
        hide_parameters=True,  # what people asked must not stand in an error's text
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, str(path), settings.data.absolute() / LOCK)


def server_url(secret: SecretStr) -> URL:
    """A PostgreSQL URL for the driver psycopg, with a limit on the time that connecting takes."""
    try:
        url = make_url(secret.get_secret_value())
        is_postgresql = url.get_backend_name() in ("postgresql", "postgres")
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise DatabaseUrlError("cannot be read as a URL") from None
    if not is_postgresql:
        raise DatabaseUrlError(f"{url.drivername} is not supported")
    query = {"connect_timeout": "10", **url.query}
    return url.set(drivername="postgresql+psycopg", query=query)


def upsert(session: Session, table: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what to do with a row that is already there."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _create_sqlite(path: Path) -> None:
    # Only the service's user reads what people asked; SQLite gives its companion files the same rights.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # `_begin_sqlite` begins; the module would do so too late
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL brings each commit to the disk (WAL's default brings only checkpoints); deleted text is overwritten.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock first: one that first reads and then writes cannot wait, SQLite refuses it at once.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_encoding(connection: Connection) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise DatabaseUrlError(f"the database has the encoding {encoding}; create one with UTF8")
