from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.records import Records, open_records
from tests.bot.storage.server import Server, program, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    initdb, postgres = program("initdb"), program("postgres")
    if initdb is None or postgres is None:
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql")
    with running(initdb, postgres) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with an empty database of each kind."""
    if request.param == "sqlite":
        yield Settings(data=tmp_path / "data")
        return
    server: Server = request.getfixturevalue("server")
    name = f"danvan_{uuid.uuid4().hex}"
    server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    yield Settings(data=tmp_path / "data", database_url=server.url(name))
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def records(kept: Settings) -> Iterator[Records]:
    with open_records(kept) as opened:
        yield opened


@pytest.fixture
def sqlite(tmp_path: Path) -> Settings:
    """Settings with SQLite, for what only a file can suffer."""
    return Settings(data=tmp_path / "data")
