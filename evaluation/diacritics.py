"""How many syllables the restorer gets right: `python -m evaluation.diacritics`, with `--tune` how it was chosen."""

from __future__ import annotations

import itertools
import json
import random
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from bot.question.diacritics import Restorer, Smoothing, default_restorer, is_syllable, load_ngrams, tokens
from evaluation.gold import Question, load_questions
from evaluation.shared import shared_folder
from index.corpus import load_corpus
from index.directive import Directive
from index.normalise.keys import fold_word, tone_last
from index.settings import default_corpus

ZALO = Path("data/phapdien-zalo/queries.jsonl")
TESTED = 500  # Zalo questions reported; settings were chosen on the next `TUNED` ones
TUNED = 400


@dataclass(slots=True)
class Accuracy:
    """Syllables and whole texts restored as they were written; the two spellings of a tone count as one."""

    syllables: int = 0
    right: int = 0
    texts: int = 0
    exact: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def of_syllables(self) -> float:
        """The share of syllables that are right."""
        return self.right / max(self.syllables, 1)

    @property
    def of_texts(self) -> float:
        """The share of texts of which every syllable is right."""
        return self.exact / max(self.texts, 1)

    def add(self, other: Accuracy) -> None:
        """Count the other's texts too."""
        self.syllables += other.syllables
        self.right += other.right
        self.texts += other.texts
        self.exact += other.exact
        self.confused.update(other.confused)


def measure(restorer: Restorer, texts: Sequence[str], typed: Sequence[str] | None = None) -> Accuracy:
    """Restore what was typed (default: the texts without any mark) and compare with the texts."""
    accuracy = Accuracy()
    for place, text in enumerate(texts):
        wanted = unicodedata.normalize("NFC", text)
        restored = restorer.restore(typed[place] if typed else without_marks(wanted))
        compared = [
            (right.lower(), got.lower())
            for right, got in zip(tokens(wanted), tokens(restored), strict=True)
            if is_syllable(right.lower())
        ]
        wrong = [(right, got) for right, got in compared if tone_last(right) != tone_last(got)]
        accuracy.syllables += len(compared)
        accuracy.right += len(compared) - len(wrong)
        accuracy.texts += 1
        accuracy.exact += not wrong
        accuracy.confused.update(wrong)
    return accuracy


def without_marks(text: str) -> str:
    """A text as typed without marks; capitals stay."""
    folded = (fold_word(character) for character in text)
    return "".join(
        (new.upper() if old.isupper() else new) if len(new) == 1 and old.isalpha() else old
        for old, new in zip(text, folded, strict=True)
    )


def partly_marked(text: str, share: float, seed: int) -> str:
    """A text of which each word loses its marks with a probability of `share`."""
    chance = random.Random(seed)
    return " ".join(without_marks(word) if chance.random() < share else word for word in text.split(" "))


def diacritics_report(shared: Path, directives: Sequence[Directive]) -> str:
    """Accuracy on questions of others, on each directive unseen, on gold questions; and what is confused."""
    restorer = default_restorer()
    own = restorer.with_texts(directive.text for directive in directives)
    zalo = _zalo(shared)[:TESTED]
    gold = [question for question in load_questions("foundation") if question.diacritics]
    rows: list[tuple[str, Accuracy]] = [
        (f"{TESTED} Zalo questions, codification only", measure(restorer, zalo)),
        (f"{TESTED} Zalo questions, with the directives", measure(own, zalo)),
    ]
    for left_out in directives:
        others = restorer.with_texts(one.text for one in directives if one.id != left_out.id)
        lines = [line for line in left_out.text.splitlines() if line.strip()]
        rows.append((f"{left_out.id} (lines), with the other directives", measure(others, lines)))
    for part in ("development", "test"):
        questions = [question for question in gold if question.part == part]
        rows.append((f"gold, {part}, with the directives", measure(own, [one.question for one in questions])))
        rows.append((f"gold, {part}, without the document asked about", _unseen(restorer, directives, questions)))
    table = ["| texts | syllables | right | whole texts right |", "|---|---|---|---|"]
    table += [f"| {name} | {one.syllables} | {one.of_syllables:.4f} | {one.of_texts:.3f} |" for name, one in rows]
    table += ["", "Typed with marks in part (gold, all questions; share of words without marks: right):", ""]
    texts = [question.question for question in gold]
    for share in (0.0, 0.2, 0.5, 0.8):
        typed = [partly_marked(text, share, seed) for seed, text in enumerate(texts)]
        table.append(f"- {share:.0%}: {measure(own, texts, typed).of_syllables:.4f}")
    every = Accuracy()
    for _, one in rows:
        every.add(one)
    listed = ", ".join(f"{right} → {got} {number}" for (right, got), number in every.confused.most_common(30))
    return "\n".join([*table, "", f"Most frequent confusions: {listed}"])


def _unseen(restorer: Restorer, directives: Sequence[Directive], questions: Sequence[Question]) -> Accuracy:
    """Gold questions, each restored without the counts of the document that it asks about."""
    total = Accuracy()
    for left_out in directives:
        others = restorer.with_texts(one.text for one in directives if one.id != left_out.id)
        total.add(measure(others, [one.question for one in questions if one.document_id == left_out.id]))
    return total


def tuning_report(shared: Path, directives: Sequence[Directive]) -> str:
    """Syllables right by smoothing and by weight of the directives, on questions that no other figure uses."""
    zalo = _zalo(shared)[TESTED : TESTED + TUNED]
    gold = [one.question for one in load_questions("foundation") if one.diacritics and one.part == "development"]
    lines = ["| smoothing | weight | Zalo | gold, development |", "|---|---|---|---|"]
    ngrams = load_ngrams()
    for least2, least3, weight in itertools.product((0.05, 0.1, 0.2), (0.3, 0.6, 0.8, 1.0), (30.0, 100.0, 300.0)):
        smoothing = Smoothing(bigram_least=least2, trigram_least=least3)
        restorer = Restorer(ngrams, smoothing).with_texts((one.text for one in directives), weight)
        right = (measure(restorer, zalo).of_syllables, measure(restorer, gold).of_syllables)
        lines.append(f"| {least2}, {least3} | {weight:.0f} | {right[0]:.4f} | {right[1]:.4f} |")
    return "\n".join(lines)


def _zalo(shared: Path) -> list[str]:
    lines = (shared / ZALO).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def main(
    shared: Annotated[
        Path | None, typer.Option(help="Folder with the public questions (default: DANVAN_SHARED)")
    ] = None,
    tune: Annotated[bool, typer.Option(help="Compare smoothings instead")] = False,
) -> None:
    """Print the report."""
    directives = load_corpus(default_corpus())
    typer.echo((tuning_report if tune else diacritics_report)(shared_folder(shared), directives))


if __name__ == "__main__":
    typer.run(main)
