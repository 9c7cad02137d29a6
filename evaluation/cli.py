"""`danvan-evaluate`: every figure in the docs comes from one of these commands."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from bot.error_messages import describe
from bot.progress import progress_bar
from bot.settings import Settings, load_settings
from evaluation.answer_gold import Part as AnswerPart
from evaluation.fuzz_inputs import FUZZED
from evaluation.shared import SharedDataError
from index.build import build
from index.errors import DanvanError

app = typer.Typer(
    name="danvan-evaluate",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Part = Annotated[str, typer.Option(help="development, test, or all")]
Shared = Annotated[Path | None, typer.Option(help="Folder with the public benchmarks (default: DANVAN_SHARED)")]


def main() -> None:
    """Run the command line; an error of a known kind is one sentence."""
    try:
        app()
    except SharedDataError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except DanvanError as error:
        typer.echo(describe(error), err=True)
        sys.exit(1)


@app.command()
def retrieval(part: Part = "development", name: str = "foundation") -> None:
    """Recall@k of the evidence, with and without diacritics, hybrid beside words alone and meaning alone."""
    from evaluation.reports import retrieval_report

    typer.echo(retrieval_report(_built(), name, part))


@app.command()
def questions(part: Part = "development", name: str = "foundation") -> None:
    """Answer accuracy on gold questions, citation validity, and every mistake."""
    from evaluation.reports import questions_report

    typer.echo(questions_report(_built(), name, part))


@app.command()
def answers(
    part: Annotated[AnswerPart, typer.Option(help="development; test is run to report, and logged")] = "development",
) -> None:
    """The gold set of answers: right, refused, corrected, by kind and style; every mistake."""
    from evaluation.answer_report import answers_report

    typer.echo(answers_report(_built(), part))


@app.command()
def confidence(shared: Shared = None) -> None:
    """Learn the weights by which a passage is trusted, from every development question; writes them."""
    from evaluation.learn_confidence import learn_confidence
    from evaluation.shared import shared_folder

    typer.echo(learn_confidence(_built(), shared_folder(shared) / "data" / "real-directives"))


@app.command()
def embeddings(
    shared: Shared = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often to go through the examples")] = 2,
) -> None:
    """Tune the embedded model on questions about texts outside the corpus; writes its layers (an hour, needs torch)."""
    from evaluation.shared import shared_folder

    if find_spec("torch") is None or find_spec("sklearn") is None:
        typer.echo('Needs what development needs: pip install torch, then pip install --editable ".[dev]"', err=True)
        raise typer.Exit(1)
    from evaluation.tuning.learn import learn

    for line in learn(_built(), shared_folder(shared), epochs):
        typer.echo(line)


@app.command("answers-unseen")
def answers_unseen(shared: Shared = None) -> None:
    """Answers on real directives that nothing was written for, two sets of three."""
    from evaluation.shared import shared_folder
    from evaluation.unseen import unseen_report

    typer.echo(unseen_report(shared_folder(shared) / "data" / "real-directives"))


@app.command()
def baselines() -> None:
    """The assistant beside plain hybrid search and BM25, which answer with their first passage, on the same set."""
    from evaluation.baselines import baselines_report

    typer.echo(baselines_report(_built()))


@app.command()
def fuzz(
    count: Annotated[int, typer.Option(help="How many inputs", min=1)] = FUZZED,
    seed: Annotated[int, typer.Option(help="The same seed gives the same inputs")] = 0,
) -> None:
    """Random questions, filters and conversations: nothing raises, nothing is invented. Exit code 1 where it is."""
    from bot.answering.assistant import Assistant
    from evaluation.fuzz import fuzz as run

    with Assistant(_built()) as assistant, typer.progressbar(length=count, file=sys.stderr) as bar:
        found = run(assistant, count, seed, lambda: bar.update(1))
    typer.echo(found)
    if found.broken:
        raise typer.Exit(1)


@app.command()
def diacritics(shared: Shared = None) -> None:
    """Accuracy of restored diacritics: Zalo questions, each directive left out, gold questions."""
    from evaluation.diacritics import diacritics_report
    from evaluation.shared import shared_folder
    from index.corpus import load_corpus

    typer.echo(diacritics_report(shared_folder(shared), load_corpus(load_settings().corpus)))


@app.command()
def alqac(
    shared: Shared = None,
    dense: Annotated[bool, typer.Option(help="Embed the articles as well (minutes)")] = False,
) -> None:
    """Recall@k on ALQAC, questions as written and without diacritics."""
    from evaluation.alqac import alqac_report
    from evaluation.shared import shared_folder

    typer.echo(alqac_report(shared_folder(shared) / "data" / "alqac", load_settings(), dense))


@app.command()
def letterheads(shared: Shared = None) -> None:
    """Number, type, date and issuer of real documents that nobody wrote the reader for."""
    from evaluation.letterheads import letterheads_report
    from evaluation.shared import shared_folder

    typer.echo(letterheads_report(shared_folder(shared) / "data" / "real-directives"))


@app.command()
def facts(shared: Shared = None) -> None:
    """All facts against tables written by readers: the corpus, and two real documents that nothing was tuned on."""
    from evaluation.facts import facts_report
    from evaluation.shared import shared_folder

    try:
        unseen = shared_folder(shared) / "data" / "real-directives"
    except SharedDataError as error:
        typer.echo(f"without the unseen documents: {error}", err=True)
        typer.echo(facts_report(load_settings().corpus, None))
    else:
        typer.echo(facts_report(load_settings().corpus, unseen))


@app.command()
def altered() -> None:
    """The same on seeded copies with other names, numbers, dates, percentages, bodies and order."""
    from evaluation.facts import altered_report

    typer.echo(altered_report(load_settings().corpus))


@app.command()
def answers_altered(
    seeds: Annotated[int, typer.Option(help="How many altered copies", min=1, max=3)] = 3,
) -> None:
    """The development part of the gold set of answers, asked of altered copies; original values that are said."""
    from evaluation.answers_altered import answers_altered_report
    from evaluation.facts import SEEDS

    typer.echo(answers_altered_report(_built(), SEEDS[:seeds]))


@app.command()
def speed() -> None:
    """Time from start to first answer, time of a question, memory, size of the installation."""
    from evaluation.speed import speed_report

    typer.echo(speed_report(_built()))


@app.command()
def load(
    workers: Annotated[int, typer.Option(help="Processes of the server", min=1)] = 2,
    clients: Annotated[int, typer.Option(help="Clients at once", min=1)] = 50,
    seconds: Annotated[float, typer.Option(help="Length of each load; half of it for one client", min=2)] = 60,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON into this file as well")] = None,
) -> None:
    """Start the server and ask distinct questions: one client, many that think, many that do not. 1 where one fails."""
    from evaluation.load import measure_load

    found = measure_load(_built(), workers, clients, seconds)
    typer.echo(str(found))
    if output is not None:
        output.write_text(found.as_json() + "\n", encoding="utf-8")
    if found.errors:
        raise typer.Exit(1)


@app.command()
def report(
    shared: Shared = None,
    docs: Annotated[Path, typer.Option(help="Folder to write evaluation.md and its plot into")] = Path("docs"),
    dense: Annotated[bool, typer.Option(help="Embed ALQAC as well (minutes)")] = False,
) -> None:
    """Write docs/evaluation.md from all of the above."""
    from evaluation.report import write_report
    from evaluation.shared import shared_folder

    write_report(_built(), shared_folder(shared), docs, dense)


def _built() -> Settings:
    """The settings, with an index that is up to date."""
    settings = load_settings()
    with progress_bar() as advance:
        build(settings, advance)
    return settings


if __name__ == "__main__":
    main()
