from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from tests.bot.storage.conftest import server  # noqa: F401  (a fixture: PostgreSQL)
from tests.server.running import copied


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of the test's own, with the product's index."""
    return copied(settings, tmp_path / "data")
