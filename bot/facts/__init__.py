"""The directives' facts as rows, for tables, files and calendars."""
