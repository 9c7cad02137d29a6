from __future__ import annotations

from tests.bot.storage.conftest import kept, records, server

__all__ = ["kept", "records", "server"]
