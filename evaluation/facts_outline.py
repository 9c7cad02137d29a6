"""Definitions, outline and counts of the directives against the reference tables of careful readers.

`python -m evaluation.facts_outline` prints precision, recall and every mistake. A record that its reader marked
doubtful is neither missed nor wrong. Documents that are not among the directives given are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from evaluation.facts_gold import Alter, Row, load_facts_gold, quoted
from evaluation.score import Score
from index.corpus import load_corpus
from index.directive import Directive, Span
from index.facts.definitions import motto_variants, read_definitions
from index.facts.headings import clean_label
from index.facts.outline import read_counts, read_outline
from index.facts.records import Count, Definition, OutlineEntry
from index.normalise.keys import fold
from index.settings import default_corpus

Fact = Definition | OutlineEntry

# What read_counts counts; the tables also count what no outline shows (cited documents, deadlines, percentages).
_COUNTED = re.compile(
    r"dieu|chuong|phan|muc|khoan|diem|dau cong|gach dau dong( tong)?|chu thich|can cu ban hanh|bo phan nhan|doan mo dau"
    r"|doan sau (muc|dieu) \d+|ve|buoc"
    r"|(nhiem vu|giai phap|muc tieu|chi tieu|yeu cau|han che|yeu kem|nguyen nhan|ket qua)(, [a-z ]+)*"
    r"( cu the| to chuc thuc hien)?"
)


def score_definitions(directives: Mapping[str, Directive], alter: Alter | None = None) -> Score:
    """A definition is right where kind and folded term agree and the spans overlap by half of the shorter."""
    read = motto_variants([one for directive in directives.values() for one in read_definitions(directive)])
    return _match(Score("definitions"), load_facts_gold("definitions", directives, alter), read, directives)


def score_outline(directives: Mapping[str, Directive], alter: Alter | None = None) -> Score:
    """An entry is right where document and label agree and its span holds the reader's quotation."""
    read = [one for directive in directives.values() for one in read_outline(directive)]
    return _match(Score("outline"), load_facts_gold("outline", directives, alter), read, directives)


def score_counts(directives: Mapping[str, Directive], alter: Alter | None = None) -> Score:
    """A count is right where the number agrees with that of the record that names the same items.

    A record that says a document has none is right where none is read. What the tables do not count is not judged.
    """
    score = Score("counts")
    read = {one: False for directive in directives.values() for one in read_counts(directive)}
    for record in load_facts_gold("counts", directives, alter):
        what = _what(record["what"])
        if not _COUNTED.fullmatch(what):
            continue
        same = [one for one in read if one.document_id == record["document_id"] and _what(one.what) == what]
        found = max(same, key=lambda one: (_held(record, one, directives), -len(one.spans)), default=None)
        if not record["items"] and "quote" not in record:  # the document has none
            _judge(score, record, _NONE if same else None, f"read {[one.count for one in same]}")
        elif found is None or _held(record, found, directives) < 0.5:
            _judge(score, record, _MISSED, "not read")
        else:
            read[found] = True
            _judge(score, record, None if found.count == record["count"] else _NONE, f"read {found.count}")
    score.unjudged = sum(not judged for judged in read.values())
    return score


_MISSED, _NONE = "missed", "wrong"


def _judge(score: Score, record: Row, fault: str | None, said: str) -> None:
    if fault is None:
        score.right += not record.get("doubtful")
    elif not record.get("doubtful"):
        score.missed += 1
        score.wrong += fault == _NONE
        where = record.get("where", "")
        score.mistakes.append(f"{record['document_id']}: {record['what']} {where}: {record['count']}, {said}")


def _match(score: Score, records: Iterable[Row], read: Sequence[Fact], directives: Mapping[str, Directive]) -> Score:
    """Pair records and readings; what is left of either is a mistake, unless a doubtful record covers it."""
    left = list(read)
    for record in sorted(records, key=lambda record: bool(record.get("doubtful"))):
        found = next((one for one in left if _same(record, one, directives[one.document_id])), None)
        if found is not None:
            left.remove(found)
            score.right += not record.get("doubtful")
        elif not record.get("doubtful"):
            score.missed += 1
            missing = record.get("term") or f"{record.get('label')} {record.get('heading')}"
            score.mistakes.append(f"{record['document_id']}: missed {missing[:90]}")
    score.wrong = len(left)
    score.mistakes += [f"{one.document_id}: read {_name(one)[:90]}" for one in left]
    return score


def _shared(first: Span, second: Span) -> int:
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _same(record: Row, one: Fact, directive: Directive) -> bool:
    if record["document_id"] != one.document_id:
        return False
    return (
        _same_definition(record, one, directive) if isinstance(one, Definition) else _same_entry(record, one, directive)
    )


def _same_definition(record: Row, one: Definition, directive: Directive) -> bool:
    terms = {fold(record["term"]), *(fold(term) for term in record.get("term_variants", ()))}
    if record["kind"] != one.kind or fold(one.term) not in terms:
        return False
    return any(
        _shared(quote, span) * 2 >= min(quote.end - quote.start, span.end - span.start)
        for quote in quoted(record, directive)
        for span in one.spans
    )


def _same_entry(record: Row, one: OutlineEntry, directive: Directive) -> bool:
    if clean_label(record["label"]) != clean_label(one.label) or one.level != record["level"]:
        return False
    quote = quoted(record, directive)[0]
    return _shared(quote, one.span) * 2 >= quote.end - quote.start


def _held(record: Row, one: Count, directives: Mapping[str, Directive]) -> float:
    """Which part of the record's items (or its quotation) stands in what was counted."""
    text = " ".join("\n".join(span.of(directives[one.document_id].text) for span in one.spans).split())
    if isinstance(record["items"], int):  # of a text that is not ours to copy, only their number
        return float(record["items"] == one.count)
    items = record["items"] or [record.get("quote", "")]
    return sum(item in text for item in items) / len(items)


def _what(what: str) -> str:
    """What is counted, without its place.

    >>> _what("điểm trong mục 2"), _what("nhóm nhiệm vụ và giải pháp")
    ('diem', 'nhiem vu, giai phap')
    """
    folded = fold(what)
    total = " tong" if "(tong)" in folded else ""
    folded = re.sub(r"\s*\([^)]*\)", "", folded)
    folded = re.sub(r"^nhom ", "", folded)
    folded = re.split(r" (?:trong|cua|chu yeu|dat duoc)\b", folded)[0]
    return folded.replace(" va ", ", ") + total


def _name(one: Fact) -> str:
    return f"{one.kind} {one.term}" if isinstance(one, Definition) else f"{one.label} {one.heading}"


def main() -> None:
    """Print the three scores for the product's corpus."""
    directives = {directive.id: directive for directive in load_corpus(default_corpus())}
    for score in (score_definitions(directives), score_outline(directives), score_counts(directives)):
        print(score)


if __name__ == "__main__":
    main()
