"""Answers on real directives that nothing was written for: three texts of the shared folder, questions by a reader."""

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

_FOLDER = GOLD / "unseen"
_CATALOGUE = "catalogue.toml"


def unseen_questions() -> list[Single]:
    """The questions on the three texts."""
    lines = (_FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [Single.model_validate_json(line) for line in lines if line.strip()]


@contextmanager
def unseen_assistant(documents: Path) -> Iterator[Assistant]:
    """An assistant over the three texts, indexed into a folder that goes with it; `documents` holds the texts."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        shutil.copy(_FOLDER / _CATALOGUE, corpus)
        entries = tomllib.loads((_FOLDER / _CATALOGUE).read_text(encoding="utf-8"))["documents"]
        for entry in entries.values():
            shutil.copy(documents / entry["file"], corpus)
        settings = Settings(corpus=corpus, data=Path(folder) / "data")
        build(settings)
        with Assistant(settings) as assistant:
            yield assistant


def unseen_report(documents: Path) -> str:
    """Shares of right answers by kind, and every mistake."""
    questions = unseen_questions()
    with unseen_assistant(documents) as assistant:
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
