"""References and metadata against their reference tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evaluation.facts_gold import Alter, Row, load_facts_gold, quoted
from evaluation.score import Score
from index.directive import Directive, Span
from index.facts.metadata import read_fields
from index.facts.records import Reference
from index.facts.references import read_references
from index.normalise.keys import fold, number_key
from index.structure import read_structure

_METADATA = (
    "number",
    "type",
    "issuer",
    "level",
    "province",
    "issued_on",
    "signer",
    "signer_role",
    "title",
    "attached",
    "author",
)


def score_references(directives: Mapping[str, Directive], alter: Alter | None = None) -> Score:
    """Numbered references. A record matches where type and number agree, a mention overlaps one of the table's by
    half, and the date agrees.
    """
    score = Score("references")
    rows = [row for row in load_facts_gold("references", directives, alter) if row["number"]]
    for identity, directive in directives.items():
        wanted = {_key(row["type"], row["number"]): row for row in rows if row["document_id"] == identity}
        found = {_key(one.type, one.number or ""): one for one in read_references(directive) if one.number}
        before = score.right
        for key, row in wanted.items():
            problem = _reference_problem(directive, row, found[key]) if key in found else "missing"
            score.right += problem is None
            score.missed += problem is not None
            if problem:
                score.mistakes.append(f"{identity}: {row['type']} {row['number']}: {problem}")
        extra = [key for key in found if key not in wanted]
        score.wrong += len(extra) + sum(key in found for key in wanted) - (score.right - before)
        score.mistakes += [f"{identity}: not in the table: {' '.join(key)}" for key in extra]
    return score


def _key(kind: str, number: str) -> tuple[str, ...]:
    return (fold(kind), *number_key(number))


def _reference_problem(directive: Directive, row: Row, found: Reference) -> str | None:
    if row["date"] != found.date:
        return f"date {found.date} instead of {row['date']}"
    wanted = [span for mention in row["mentions"] for span in quoted(mention, directive)]
    if not any(overlap(one, other) >= 0.5 for one in wanted for other in found.mentions):
        return "another place"
    return None


def overlap(first: Span, second: Span) -> float:
    """Shared characters, as a share of the shorter span."""
    shared = min(first.end, second.end) - max(first.start, second.start)
    return max(shared, 0) / max(min(first.end - first.start, second.end - second.start), 1)


def score_metadata(directives: Mapping[str, Directive], alter: Alter | None = None) -> Score:
    """What the text itself states, with nothing of the catalogue; a field that it does not state must be absent."""
    score = Score("metadata")
    for row in load_facts_gold("metadata", directives, alter):
        directive = directives[row["document_id"]]
        fields = read_fields(directive.text, read_structure(directive.text).parts)
        values = {name: stated.value for name, stated in fields}
        recipients: object = [stated.value for name, stated in fields if name == "recipient"]
        received = row["received"] or {"office": None, "number": None, "date": None}
        pairs: list[tuple[str, object, object]] = [(name, row.get(name), values.get(name)) for name in _METADATA]
        if isinstance(row["recipients"], int):  # of a text that is not ours to copy, only their number
            recipients = len(fields) - len(values) + 1
        pairs = [pair for pair in pairs if pair[0] in row]
        pairs += [
            ("effect", row.get("effect_clause"), values.get("effect") if "effect_clause" in row else None),
            ("recipients", row["recipients"] or None, recipients or None),
            ("received by", received["office"], values.get("received_by")),
            ("received number", received["number"], values.get("received_number")),
            ("received on", received["date"], values.get("received_on")),
        ]
        _count(score, row["document_id"], pairs)
    return score


def _count(score: Score, identity: str, pairs: Iterable[tuple[str, object, object]]) -> None:
    for name, wanted, found in pairs:
        score.right += wanted is not None and wanted == found
        score.missed += wanted is not None and wanted != found
        score.wrong += found is not None and wanted != found
        if wanted != found:
            score.mistakes.append(f"{identity}: {name}: {found!r} instead of {wanted!r}")
