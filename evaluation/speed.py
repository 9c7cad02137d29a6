"""Time and memory. Absolute times depend on the machine: compare ratios within one run."""

from __future__ import annotations

import importlib.metadata
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bot.answering.assistant import Assistant
from evaluation.answer_gold import load_answers
from evaluation.latency import Latency, percentile
from index.facts.read import read_facts
from index.settings import IndexSettings

_FIRST = "Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"
_STARTS = 3


def speed_report(settings: IndexSettings) -> str:
    """From start to first answer (processes), one question (distinct ones, beside its embedding), memory, size."""
    starts = [_start() for _ in range(_STARTS)]
    questions = dict.fromkeys(single.question for single in load_answers("development")[0])
    latency = Latency()
    with Assistant(settings) as assistant, assistant.library.use() as library:
        assistant.ask(_FIRST)
        for text in questions:
            latency.measure(assistant.ask, library.retriever.embeddings.embed_query, text)
        started = time.perf_counter()
        read_facts(list(library.directives.values()))
        reading = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        ("start of a process to its first answer, median", f"{statistics.median(starts):.2f} s"),
        ("distinct questions", str(len(latency.asked))),
        ("one question, median", f"{statistics.median(latency.asked):.1f} ms"),
        ("one question, 95th percentile", f"{percentile(latency.asked, 0.95):.1f} ms"),
        ("embedding that question alone, median", f"{statistics.median(latency.embedded):.1f} ms"),
        ("question : its embedding, medians", f"{latency.ratio:.2f}"),
        ("95th percentile of a question : median of its embedding", f"{latency.slow_ratio:.2f}"),
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


def _installed_megabytes() -> float:
    """Size of the folder that packages are installed in."""
    folder = Path(str(importlib.metadata.distribution("chromadb").locate_file("")))
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
