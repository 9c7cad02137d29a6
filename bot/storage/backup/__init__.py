"""Backup and restore of the records: one file, which SQLite and PostgreSQL can both be filled from."""
