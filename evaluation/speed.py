"""Time and memory. Absolute times depend on the machine: compare ratios within one run."""

from __future__ import annotations

import importlib.metadata
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.answering.assistant import Assistant
from evaluation.gold import load_questions
from index.facts.read import read_facts
from index.settings import IndexSettings

_FIRST = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"
_STARTS = 3


def speed_report(settings: IndexSettings) -> str:
    """From start to first answer (processes), one question (distinct ones, each once), memory, size."""
    starts = [_start() for _ in range(_STARTS)]
    questions = [question.question for question in load_questions("foundation")]
    with Assistant(settings) as assistant, assistant.library.use() as library:
        assistant.ask(_FIRST)
        embedding = statistics.median(_timed(library.retriever.embeddings.embed_query, text) for text in questions)
        asked = sorted(_timed(assistant.ask, text) for text in questions)
        reading = _timed(lambda _: read_facts(list(library.directives.values())), "") / 1000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        ("start of a process to its first answer, median", f"{statistics.median(starts):.2f} s"),
        ("one question, median", f"{statistics.median(asked):.1f} ms"),
        ("one question, 95th percentile", f"{asked[int(0.95 * len(asked))]:.1f} ms"),
        ("embedding that question alone, median", f"{embedding:.1f} ms"),
        ("question : its embedding", f"{statistics.median(asked) / embedding:.2f}"),
        ("reading all facts of the corpus, added to a build", f"{reading:.2f} s"),
        ("peak memory of this process", f"{memory:.0f} MB"),
        ("installed packages", f"{_installed_megabytes():.0f} MB"),
    ]
    return "\n".join(["| what | figure |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows)])


def _start() -> float:
    """Seconds of `danvan ask` as a process of its own."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "ask", _FIRST], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def _timed(call: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    call(text)
    return (time.perf_counter() - started) * 1000


def _installed_megabytes() -> float:
    """Size of the folder that packages are installed in."""
    folder = Path(str(importlib.metadata.distribution("chromadb").locate_file("")))
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
