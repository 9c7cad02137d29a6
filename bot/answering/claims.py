"""The claims of a sentence that must be proved: its dates, its documents' numbers, its other numbers, its names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.facts.dates import find_dates
from index.facts.numbers import NUMBER
from index.normalise.keys import fold, number_key

# The year of an arrival stamp has two digits.
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{2})(?!\d)")
_MARK = re.compile(r"\[\d+\]")
_INTEGER = re.compile(r"(?<![\w,.])\d+(?:[.,]\d+)?(?![\w])")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a text claims: ISO dates, keys of numbers of documents, plain numbers, folded names."""

    dates: frozenset[str]
    documents: frozenset[tuple[str, ...]]
    numbers: frozenset[str]
    names: frozenset[str]


def read_claims(text: str) -> Claims:
    """The claims of a text, its [n] marks aside. A name is two or more capitalised words side by side."""
    text = _MARK.sub(" ", text)
    dates = list(find_dates(text))
    documents = list(NUMBER.finditer(text))
    rest = text
    for start, end in [(d.span.start, d.span.end) for d in dates] + [match.span() for match in documents]:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return Claims(
        dates=frozenset(found.value.isoformat() for found in dates),
        documents=frozenset(number_key(match.group()) for match in documents),
        numbers=frozenset(number.lstrip("0") or "0" for number in _INTEGER.findall(rest)),
        names=frozenset(_names(rest)),
    )


def unproved(said: str, quotes: str, identities: str = "") -> list[str]:
    """The claims of what is said that stand in no quotation, in words; empty where all are proved.

    `identities` name the cited directives (provinces, citation lines): an answer may say whose words it quotes.
    """
    claimed = read_claims(said)
    proof = read_claims(_SHORT_DATE.sub(r"\1/\2/20\3", quotes))
    folded = " ".join(fold(f"{quotes}\n{identities}").split())
    missing = [f"date {date}" for date in claimed.dates - proof.dates]
    missing += [f"document {'-'.join(key)}" for key in claimed.documents - proof.documents]
    all_numbers = {number.lstrip("0") or "0" for number in re.findall(r"\d+(?:[.,]\d+)?", quotes)}
    missing += [f"number {number}" for number in claimed.numbers - all_numbers]
    missing += [f"name {name}" for name in claimed.names if name not in folded]
    return sorted(missing)


def _names(text: str) -> list[str]:
    """Runs of capitalised words, folded. The first word of a sentence counts only where another follows it."""
    names: list[str] = []
    run: list[str] = []
    end = -1
    for match in _WORD.finditer(text):
        capital = match.group()[0].isupper()
        if run and (not capital or text[end : match.start()] != " "):
            names += [" ".join(run)] if len(run) > 1 else []
            run = []
        if capital:
            run.append(fold(match.group()))
            end = match.end()
    return names + ([" ".join(run)] if len(run) > 1 else [])
