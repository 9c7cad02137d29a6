"""`danvan`: every command, thin over the assistant and the index."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import command_texts
from bot.access.commands import keys, users
from bot.access.texts import described
from bot.cli_records import records
from bot.error_messages import describe
from bot.facts.kinds import Format, FormatError, Kind
from bot.output import write_output
from bot.settings import Settings, load_settings
from bot.storage.access.errors import AccessError
from index.errors import DanvanError, UnknownDocumentError

app = typer.Typer(
    name="danvan",
    help=command_texts.HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(users, name="users")
app.add_typer(keys, name="keys")
app.add_typer(records, name="records", help=command_texts.HELP_RECORDS)

# Exit codes: 1 an error that its message explains; 2 a question or argument that cannot be read.
FAILED = 1
BAD_INPUT = 2


def main() -> None:
    """Run the command line; an error of a known kind is one sentence on standard error, never a traceback."""
    try:
        app()
    except DanvanError as error:
        typer.echo(described(error) if isinstance(error, AccessError) else describe(error), err=True)
        sys.exit(BAD_INPUT if isinstance(error, UnknownDocumentError | FormatError) else FAILED)


@app.command(help=command_texts.HELP_ASK)
def ask(
    question: Annotated[str, typer.Argument(help=command_texts.HELP_QUESTION)],
    as_json: Annotated[bool, typer.Option("--json", help=command_texts.HELP_JSON)] = False,
) -> None:
    """Answer one question."""
    from bot.answering.assistant import Assistant
    from bot.rendering import render_answer

    with Assistant(load_settings()) as assistant:
        answer = assistant.ask(question)
    typer.echo(answer.model_dump_json(indent=2) if as_json else render_answer(answer))
    if answer.status == "rejected":
        raise typer.Exit(BAD_INPUT)


@app.command(help=command_texts.HELP_SEARCH)
def search(
    question: Annotated[str, typer.Argument(help=command_texts.HELP_QUESTION)],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help=command_texts.HELP_K)] = 5,
    document: Annotated[str | None, typer.Option(help=command_texts.HELP_DOCUMENT)] = None,
    province: Annotated[str | None, typer.Option(help=command_texts.HELP_PROVINCE)] = None,
    type_: Annotated[str | None, typer.Option("--type", help=command_texts.HELP_TYPE)] = None,
    year: Annotated[int | None, typer.Option(min=1945, max=2100, help=command_texts.HELP_YEAR)] = None,
) -> None:
    """Print the best passages."""
    from bot.question.question import clean
    from bot.rendering import render_passages
    from index.filters import Filters
    from index.library import Library

    chosen = (document,) if document else ()
    filters = Filters(document_ids=chosen, province=province, type=type_, year=year)
    with Library.open(load_settings()) as library:
        if document:
            library.directive(document)
        typer.echo(render_passages(library, library.retriever.search(clean(question), k, filters)))


@app.command(help=command_texts.HELP_BATCH)
def batch(
    questions: Annotated[Path, typer.Option("--input", help=command_texts.HELP_INPUT)],
    answers: Annotated[Path, typer.Option("--output", help=command_texts.HELP_OUTPUT)],
) -> None:
    """Answer a file of questions."""
    from bot.batch import answer_file

    count = answer_file(load_settings(), questions, answers)
    typer.echo(command_texts.answered(count, str(answers)))


@app.command(help=command_texts.HELP_DOCUMENTS)
def documents(as_json: Annotated[bool, typer.Option("--json", help=command_texts.HELP_JSON)] = False) -> None:
    """List the stored directives."""
    from bot.documents import summary_of
    from bot.rendering import render_document
    from index.library import Library

    with Library.open(load_settings()) as library:
        stored = list(library.directives.values())
    if as_json:
        typer.echo(
            json.dumps(
                [summary_of(directive).model_dump(mode="json") for directive in stored], ensure_ascii=False, indent=2
            )
        )
    else:
        typer.echo("\n\n".join(render_document(directive) for directive in stored))


@app.command(help=command_texts.HELP_SHOW)
def show(
    document_id: Annotated[str, typer.Argument(metavar="ID", help=command_texts.HELP_DOCUMENT)],
    text: Annotated[bool, typer.Option("--text", help=command_texts.HELP_TEXT)] = False,
    edits: Annotated[bool, typer.Option("--edits", help=command_texts.HELP_EDITS)] = False,
) -> None:
    """Show a directive: its outline, its canonical text, or what was edited in the file."""
    from bot.rendering import render_edits, render_outline
    from index.corpus import read_source
    from index.library import Library

    settings = load_settings()
    if edits:
        directive, source = read_source(settings.corpus, document_id)
        typer.echo(render_edits(directive, source))
        return
    with Library.open(settings) as library:
        directive = library.directive(document_id)
    if text:
        sys.stdout.flush()
        sys.stdout.buffer.write(directive.text.encode("utf-8"))
    else:
        typer.echo(render_outline(directive))


@app.command(help=command_texts.HELP_FACTS)
def facts(
    kind: Annotated[Kind, typer.Argument(help=command_texts.HELP_KIND)],
    document: Annotated[str | None, typer.Option(help=command_texts.HELP_DOCUMENT)] = None,
    format_: Annotated[Format, typer.Option("--format", help=command_texts.HELP_FORMAT)] = "table",
    output: Annotated[Path | None, typer.Option(help=command_texts.HELP_FACTS_OUTPUT)] = None,
    spans: Annotated[bool, typer.Option("--spans", help=command_texts.HELP_SPANS)] = False,
) -> None:
    """Print the facts of one kind."""
    from bot.facts.export import export
    from index.library import Library

    with Library.open(load_settings()) as library:
        content = export(library, kind, format_, document, spans)
    write_output(content, output)


@app.command(help=command_texts.HELP_INDEX)
def index(force: Annotated[bool, typer.Option("--force", help=command_texts.HELP_FORCE)] = False) -> None:
    """Build the index where something has changed."""
    from bot.progress import progress_bar
    from index.build import build

    settings = load_settings()
    with progress_bar() as advance:
        manifest, fresh = build(settings, advance, force)
    typer.echo(command_texts.built(manifest.documents, manifest.passages) if fresh else command_texts.UP_TO_DATE)


@app.command(help=command_texts.HELP_SERVE)
def serve(
    host: Annotated[str | None, typer.Option(help=command_texts.HELP_HOST)] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=command_texts.HELP_PORT)] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help=command_texts.HELP_WORKERS)] = None,
) -> None:
    """Serve the API and the page."""
    from bot.server.run import run

    options = {"host": host, "port": port, "workers": workers}
    given = {name: value for name, value in options.items() if value is not None}
    run(Settings.model_validate(load_settings().model_dump() | given))


@app.command(help=command_texts.HELP_MCP)
def mcp() -> None:
    """Serve the Model Context Protocol on standard input and output."""
    from bot.mcp.server import create_mcp
    from bot.observed import observed
    from bot.service import open_service

    settings = load_settings()
    with observed(settings.data), open_service(settings) as service:
        create_mcp(lambda: service).run("stdio")


@app.command(help=command_texts.HELP_TELEGRAM)
def telegram() -> None:
    """Run the Telegram bot."""
    from bot.telegram.run import run

    run(load_settings())


@app.command(help=command_texts.HELP_BACKUP)
def backup(
    file: Annotated[Path, typer.Argument(help=command_texts.HELP_BACKUP_FILE)],
    with_key: Annotated[bool, typer.Option("--with-key", help=command_texts.HELP_WITH_KEY)] = False,
) -> None:
    """Write all records to a file."""
    from bot.storage.backup.save import save

    manifest = save(load_settings(), file, with_key=with_key)
    typer.echo(command_texts.backed_up(str(file), manifest.rows, with_key))


@app.command(help=command_texts.HELP_RESTORE)
def restore(
    file: Annotated[Path, typer.Argument(help=command_texts.HELP_RESTORE_FILE)],
    force: Annotated[bool, typer.Option("--force", help=command_texts.HELP_RESTORE_FORCE)] = False,
) -> None:
    """Fill the records from a file."""
    from bot.storage.backup import restore as restoring

    manifest = restoring.restore(load_settings(), file, force=force)
    typer.echo(command_texts.restored(str(file), manifest.rows, manifest.made_at))


@app.command(help=command_texts.HELP_DOCTOR)
def doctor() -> None:
    """Check the installation."""
    from bot.doctor import examine

    checks = examine(load_settings)
    for check in checks:
        mark = "LỖI" if not check.passed else "LƯU Ý" if check.remark else "tốt"
        typer.echo(f"{mark}  {check.name}: {check.remark or check.detail}")
    if not all(check.passed for check in checks):
        raise typer.Exit(FAILED)
