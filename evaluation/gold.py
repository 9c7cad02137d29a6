"""Gold questions: where they are, and where their evidence stands in the canonical texts."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from index.directive import Directive, Span

GOLD = Path(__file__).parent / "gold"


class Question(BaseModel):
    """One gold question.

    `evidence` are verbatim passages, any of which answers it; `answer_facts` what an answer must contain, each as a
    list of spellings of which one suffices.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    diacritics: bool
    document_id: str
    evidence: tuple[str, ...]
    answer_facts: tuple[tuple[str, ...], ...]
    style: str
    part: Literal["development", "test"]


def load_questions(name: str) -> list[Question]:
    """The questions of a gold file in this package's `gold` folder."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Question.model_validate_json(line) for line in lines if line.strip()]


def locate(quote: str, directive: Directive) -> Span:
    """Where a quotation stands in the canonical text, whatever white space it was copied with.

    Raises ValueError where it does not stand there: a gold set that quotes wrongly is to be mended, not scored.
    """
    words = unicodedata.normalize("NFC", quote).split()
    found = re.search(r"\s+".join(map(re.escape, words)), directive.text)
    if found is None:
        raise ValueError(f"not in {directive.id}: {quote[:80]!r}")
    return Span(*found.span())
