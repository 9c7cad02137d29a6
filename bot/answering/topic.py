"""What a question is about, without the names of the document that it is asked of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from bot.question.question import Question
from index.directive import Directive
from index.normalise.keys import fold, fold_aligned, syllables


def topic_of(
    question: Question, directive: Directive, noise: Iterable[str] = (), without_title: bool = True
) -> Question:
    """The question without the document's province, number, type and (if asked) title words, and without `noise`.

    `noise` are patterns on the folded question. What is left may be empty: then the whole document is meant.
    """
    folded = fold_aligned(question.searched).lower()
    metadata = directive.metadata
    names = (directive.province, metadata.number, metadata.type, metadata.attached_type)
    patterns = [*(rf"\b{re.escape(fold(name))}\b" for name in names if name), r"\bnam (?:19|20)\d\d\b", *noise]
    digits = re.match(r"\d+", metadata.number or "")
    patterns += [rf"\b(?:so )?0*{int(digits.group())}\b"] if digits else []
    left = folded
    for pattern in patterns:
        left = re.sub(pattern, lambda match: " " * len(match.group()), left)
    if without_title:
        left = _without_runs(left, f"{metadata.title or ''} {metadata.attached or ''}")
    words = [question.searched[match.start() : match.end()] for match in re.finditer(r"\w[\w./-]*", left)]
    return replace(question, searched=" ".join(words))


def _without_runs(folded: str, title: str) -> str:
    """A folded text without its runs of two or more words that stand in the title side by side."""
    pairs = set(pairwise(syllables(title)))
    words = list(re.finditer(r"[a-z0-9]+", folded))
    said = {index for index, pair in enumerate(pairwise(word.group() for word in words)) if pair in pairs}
    left = list(folded)
    for index, word in enumerate(words):
        if index in said or index - 1 in said:
            left[word.start() : word.end()] = " " * len(word.group())
    return "".join(left)
