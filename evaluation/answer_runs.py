"""The log of runs on the frozen part of the gold set: each leaves a line before its figures are seen."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from evaluation.answer_gold import gold_hash
from evaluation.gold import GOLD

LOG = Path(__file__).parent / "reported" / "answers-test-runs.md"
_HEAD = """Every run on the frozen test part, written by `danvan-evaluate answers --part test` before it prints.
A "+" behind the commit: with changes that were not committed. The hash is of the questions (SHA-256, 12 digits).

"""


def log_run(
    figures: Mapping[str, str], log: Path = LOG, gold: Path = GOLD, checkout: Path = Path(__file__).parent
) -> None:
    """Append a line to the log: time (UTC), commit, hash of the frozen questions, the main figures.

    Raises OSError where it cannot be written: a run that leaves no trace is none.
    """
    columns = ["time (UTC)", "commit", "questions", *figures]
    row = [f"{datetime.now(UTC):%Y-%m-%d %H:%M}", commit(checkout), gold_hash("test", gold)[:12], *figures.values()]
    known = log.read_text(encoding="utf-8") if log.exists() else ""
    header = _row(columns)
    with log.open("a", encoding="utf-8") as lines:
        if not known:
            lines.write(_HEAD)
        if header not in known.splitlines():  # other figures than before begin a table of their own
            lines.write("\n".join(["", header, "|---" * len(columns) + "|", ""][not known :]))
        lines.write(_row(row) + "\n")


def commit(checkout: Path) -> str:
    """The commit of a checkout, with "+" where tracked files differ from it; "unknown" outside of git."""
    try:
        head = _git(checkout, "rev-parse", "--short=12", "HEAD")
        changed = _git(checkout, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head + ("+" if changed else "")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _git(checkout: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(checkout), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()
