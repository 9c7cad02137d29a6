"""Several answers of one strategy, one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.marks import renumbered
from bot.answering.strategy import Candidate, Evidence


def joined(answers: Sequence[Candidate]) -> Candidate:
    """The first answer with the others under it, their marks counted on; what else it is, it is as the first."""
    lines: list[str] = []
    evidence: list[Evidence] = []
    for answer in answers:
        lines.append(renumbered(answer.text, len(evidence)))
        evidence += answer.evidence
    return replace(answers[0], text="\n".join(lines), evidence=tuple(evidence))
