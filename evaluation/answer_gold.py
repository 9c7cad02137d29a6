"""The gold set of answers: questions and dialogues with what must, and must not, be said."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.answering.answer import Status
from evaluation.gold import GOLD

# development: tuned on from the beginning; sixth, tenth, twelfth, sixteenth: by other readers, their mistakes never
# looked at, only their figures; test: frozen; the others: by other readers, each first asked blind and then tuned on.
Part = Literal[
    "development",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "test",
]
DEVELOPMENT: tuple[Part, ...] = (
    "development",
    "second",
    "third",
    "fourth",
    "fifth",
    "seventh",
    "eighth",
    "ninth",
    "eleventh",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
)
# Parts that only their figures are told of: their mistakes are not to be looked at.
HELD: tuple[Part, ...] = ("sixth", "tenth", "twelfth", "sixteenth")
# SHA-256 of the frozen part, written down before anything was tuned; see docs/evaluation.md.
FROZEN = "answers-test.sha256"


class Evidence(BaseModel):
    """A passage that supports the answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    document_id: str
    quote: str


class Turn(BaseModel):
    """A question and what a right answer to it says: every fact in one of its spellings, nothing forbidden."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    question: str
    expected_status: tuple[Status, ...]
    document_ids: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Single(Turn):
    """A question by itself."""

    id: str
    style: str
    kind: Literal["answerable", "unanswerable", "false_premise", "ambiguous"]
    diacritics: bool
    paraphrase_of: str | None = None
    province: str | None = None  # the one that the question is about


class Dialogue(BaseModel):
    """Questions that follow one another."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    turns: tuple[Turn, ...]


# Groups of questions that are reported apart.
GROUPS: tuple[tuple[str, Callable[[Single], bool]], ...] = (
    ("answerable", lambda one: one.kind == "answerable"),
    ("answerable, with diacritics", lambda one: one.kind == "answerable" and one.diacritics),
    ("answerable, without diacritics", lambda one: one.kind == "answerable" and not one.diacritics),
    ("paraphrases", lambda one: one.paraphrase_of is not None),
    ("unanswerable", lambda one: one.kind == "unanswerable"),
    ("false premise", lambda one: one.kind == "false_premise"),
    ("ambiguous", lambda one: one.kind == "ambiguous"),
)


def load_answers(part: Part, folder: Path = GOLD) -> tuple[list[Single], list[Dialogue]]:
    """The questions and the dialogues of one part; raises ValueError where the frozen part has been changed."""
    path = _path(part, folder)
    if part == "test" and gold_hash(part, folder) != (folder / FROZEN).read_text(encoding="ascii").split()[0]:
        raise ValueError(f"{path.name} is not the file that was frozen")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    singles = [Single.model_validate_json(line) for line in lines if '"turns"' not in line]
    dialogues = [Dialogue.model_validate_json(line) for line in lines if '"turns"' in line]
    return singles, dialogues


def gold_hash(part: Part, folder: Path = GOLD) -> str:
    """SHA-256 of a part's file, as hexadecimal digits."""
    return hashlib.sha256(_path(part, folder).read_bytes()).hexdigest()


def _path(part: Part, folder: Path) -> Path:
    return folder / f"answers-{part}.jsonl"
