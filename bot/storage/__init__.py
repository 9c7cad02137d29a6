"""What people asked and said, kept in SQLite or PostgreSQL: `bot.storage.records` is the door."""
