"""Answers on real directives that nothing was written for: texts of the shared folder, questions by readers."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.settings import Settings
from evaluation.answer_gold import GROUPS, Single
from evaluation.answer_judge import ask_all
from evaluation.gold import GOLD
from index.build import build

# Two sets of three texts each.
UNSEEN = (GOLD / "unseen", GOLD / "unseen-second")
_CATALOGUE = "catalogue.toml"


def unseen_questions(folder: Path) -> list[Single]:
    """The questions on the texts of one set."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [Single.model_validate_json(line) for line in lines if line.strip()]


@contextmanager
def unseen_assistant(documents: Path, folder: Path) -> Iterator[Assistant]:
    """An assistant over the texts of one set, indexed for as long as it is asked; `documents` holds the texts."""
    with tempfile.TemporaryDirectory() as workplace:
        corpus = Path(workplace) / "corpus"
        corpus.mkdir()
        shutil.copy(folder / _CATALOGUE, corpus)
        entries = tomllib.loads((folder / _CATALOGUE).read_text(encoding="utf-8"))["documents"]
        for entry in entries.values():
            shutil.copy(documents / entry["file"], corpus)
        settings = Settings(corpus=corpus, data=Path(workplace) / "data")
        build(settings)
        with Assistant(settings) as assistant:
            yield assistant


def unseen_report(documents: Path) -> str:
    """Shares of right answers by kind, and every mistake, for each set."""
    return "\n\n".join(f"### {folder.name}\n\n{_set_report(documents, folder)}" for folder in UNSEEN)


def _set_report(documents: Path, folder: Path) -> str:
    questions = unseen_questions(folder)
    with unseen_assistant(documents, folder) as assistant:
        run = ask_all(assistant, questions, [])
    lines = ["| | questions | right |", "|---|---|---|"]
    for label, chosen in GROUPS:
        judged = [one for single, one in run.singles if chosen(single)]
        if judged:
            lines.append(f"| {label} | {len(judged)} | {sum(one.fault is None for one in judged) / len(judged):.3f} |")
    valid = sum(one.valid for _, one in run.singles)
    lines += ["", f"- answers with only valid citations: {valid} of {len(run.singles)}", "", "Mistakes:", ""]
    for single, one in run.singles:
        if one.fault:
            said = " ".join(one.answer.answer.split())[:110]
            lines.append(
                f"- {single.id} {single.question} → [{one.answer.status} {one.answer.strategy}] {said} ({one.fault})"
            )
    return "\n".join(lines)
