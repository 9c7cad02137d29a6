"""The progress bar of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot import command_texts


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A function `advance(done, total)` that draws a bar on standard error from its first call on."""
    columns = (TextColumn(command_texts.BUILDING), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True))

    def advance(done: int, total: int) -> None:
        if not bar.tasks:
            bar.start()
            bar.add_task("", total=total)
        bar.update(bar.tasks[0].id, completed=done)

    try:
        yield advance
    finally:
        bar.stop()
