"""`danvan records`: the records, for an administrator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import command_texts
from bot.output import write_output
from bot.record_lists import ListFormat, feedback_rows, listed, unanswered_rows
from bot.settings import load_settings
from bot.storage.values import Verdict

records = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)

Form = Annotated[ListFormat, typer.Option("--format", help=command_texts.HELP_LIST_FORMAT)]
Limit = Annotated[int, typer.Option(min=1, max=100_000, help=command_texts.HELP_LIMIT)]
Output = Annotated[Path | None, typer.Option(help=command_texts.HELP_FACTS_OUTPUT)]


@records.command(help=command_texts.HELP_UNANSWERED)
def unanswered(form: Form = "table", limit: Limit = 50, output: Output = None) -> None:
    """What people ask and the directives do not say."""
    from bot.storage.records import open_records

    with open_records(load_settings()) as opened:
        write_output(listed(unanswered_rows(opened.list_unanswered(limit)), form), output)


@records.command(help=command_texts.HELP_FEEDBACK)
def feedback(
    verdict: Annotated[Verdict | None, typer.Option(help=command_texts.HELP_VERDICT)] = None,
    form: Form = "table",
    limit: Limit = 50,
    output: Output = None,
) -> None:
    """What people say of answers."""
    from bot.storage.records import open_records

    with open_records(load_settings()) as opened:
        write_output(listed(feedback_rows(opened.list_feedback(verdict=verdict, limit=limit)), form), output)


@records.command(help=command_texts.HELP_PURGE)
def purge() -> None:
    """Delete what is older than the retention period, now."""
    from bot.storage.records import open_records

    with open_records(load_settings()) as opened:
        removed = opened.purge()
    typer.echo(command_texts.purged(removed.turns, removed.feedback, removed.audit))


@records.command(help=command_texts.HELP_PLACE)
def place() -> None:
    """Where the records are, and for how long."""
    from bot.storage.records import open_records

    settings = load_settings()
    with open_records(settings) as opened:
        typer.echo(f"{opened.place} ({command_texts.kept_for(settings.retention_days)})")
