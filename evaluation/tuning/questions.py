"""The questions that the embedded model is tuned on, and the texts they are about.

Each was written by a reader of one document (`evaluation/training/README.md`). Invented documents are kept there;
articles of laws are named, and read from the public codification in the shared folder.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

TRAINING = Path(__file__).parents[1] / "training"
CODIFICATION = Path("data/phapdien-zalo/corpus.jsonl.gz")
# A folder that is kept apart, to see how well a model does on texts that it did not learn from.
APART = "laws-02"
# Articles of each text that is made of them.
ARTICLES = "articles.json"
_QUESTIONS = "questions.jsonl"
# A part of a text that can be found: from this many words on.
_LEAST_WORDS = 5
_ENDS = re.compile(r'(?<=[.;?!])\s+(?=[“"(\-–\w])')


class Written(BaseModel):
    """A line of `questions.jsonl`: a question, and the words that answer it or that a hasty reader takes for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    doc: str
    question: str
    style: str
    answered: bool
    quote: str = ""
    nearest: str = ""

    @property
    def words(self) -> str:
        """What is quoted, letter by letter from the text."""
        return self.quote if self.answered else self.nearest


@dataclass(frozen=True, slots=True)
class Example:
    """One question with the part of the text that is right (or nearest, where none is) and the parts that are wrong."""

    folder: str
    question: str
    answered: bool
    quote: str
    part: str
    others: tuple[str, ...]

    @property
    def ways(self) -> tuple[str, str]:
        """The passage as it was quoted and as the text is cut."""
        return self.quote, self.part


def examples(shared: Path, training: Path = TRAINING) -> list[Example]:
    """All examples, in the order of the files; a quote that its text does not hold raises `ValueError`."""
    found: list[Example] = []
    for file in sorted(training.glob(f"*/{_QUESTIONS}")):
        texts = dict(_texts(file.parent, shared))
        cut = {name: parts(text) for name, text in texts.items()}
        for line in file.read_text(encoding="utf-8").splitlines():
            written = Written.model_validate_json(line)
            if not written.words or written.words not in texts[written.doc]:
                raise ValueError(f"{file}: not in {written.doc}: {written.words!r}")
            found.append(_example(file.parent.name, written, cut[written.doc]))
    return found


def parts(text: str) -> list[str]:
    """The sentences and clauses of a text, line by line; short ones go with the next."""
    found: dict[str, None] = {}
    for line in text.split("\n"):
        waiting = ""
        for piece in _ENDS.split(line.strip()):
            waiting = f"{waiting} {piece}".strip()
            if len(waiting.split()) >= _LEAST_WORDS:
                found[waiting] = None
                waiting = ""
    return list(found)


def _example(folder: str, written: Written, cut: list[str]) -> Example:
    quote = written.words
    touched = [part for part in cut if part in quote or quote in part]
    part = min(touched, key=lambda one: min(len(one), len(quote)), default=quote)
    others = tuple(one for one in cut if one not in touched)
    return Example(folder, written.question, written.answered, quote, part, others)


def _texts(folder: Path, shared: Path) -> Iterator[tuple[str, str]]:
    named = folder / ARTICLES
    if not named.is_file():
        for file in sorted(folder.glob("*.txt")):
            yield file.name, file.read_text(encoding="utf-8")
        return
    articles = _codification(shared)
    for name, identities in json.loads(named.read_text(encoding="utf-8")).items():
        yield name, "\n\n".join(articles[identity] for identity in identities)


_read: dict[Path, Mapping[str, str]] = {}


def _codification(shared: Path) -> Mapping[str, str]:
    """The articles of the codification by their identity: title, then text."""
    file = shared / CODIFICATION
    if file not in _read:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        _read[file] = {row["_id"]: f"{row['title'].split(' - ', 1)[-1]}\n{row['text']}" for row in rows}
    return _read[file]
