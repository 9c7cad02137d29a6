"""Facts as JSON rows: each holds `document_id`, `quote`, `start`, `end`; `quote == canonical_text[start:end]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.facts.kinds import HERE, Kind
from index.context import ended, next_date
from index.directive import Span
from index.facts.records import Duty, MetadataField
from index.library import Library

Row = dict[str, Any]

# Columns of the flat metadata row, in this order.
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
    "effect",
    "author",
)


def fact_rows(
    library: Library,
    kind: Kind,
    document_id: str | None = None,
    spans: bool = False,
    today: date | None = None,
) -> list[Row]:
    """The rows of one kind, of one directive or of all; `spans` gives metadata a row a field.

    `today` (default: today in Viet Nam) decides which duties have a coming date. Raises `UnknownDocumentError` for a
    document that the library does not hold.
    """
    if document_id is not None:
        library.directive(document_id)
    build: dict[Kind, Callable[[], Iterable[Row]]] = {
        "metadata": lambda: _metadata_fields(library) if spans else _metadata(library),
        "references": lambda: _references(library),
        "definitions": lambda: _definitions(library),
        "outline": lambda: _outline(library),
        "duties": lambda: duty_rows(library, library.facts.duties, today or datetime.now(HERE).date()),
        "inconsistencies": lambda: _inconsistencies(library),
    }
    rows = build[kind]()
    return [row for row in rows if document_id is None or document_id in _documents(row)]


def _documents(row: Row) -> set[str]:
    return {row["document_id"], *(reading["document_id"] for reading in row.get("readings", ()))}


def _quoted(library: Library, document_id: str, span: Span | None) -> Row:
    """The first four columns of every row."""
    text = library.directive(document_id).text
    if span is None:
        return {"document_id": document_id, "quote": None, "start": None, "end": None}
    return {"document_id": document_id, "quote": span.of(text), "start": span.start, "end": span.end}


def _metadata(library: Library) -> Iterable[Row]:
    for document_id in library.directives:
        fields = [field for field in library.facts.metadata if field.document_id == document_id]
        title = next((field.spans[0] for field in fields if field.name == "title"), None)
        row = _quoted(library, document_id, title)
        # The catalogue names an issuer in full, and comes last.
        row |= dict.fromkeys(_METADATA) | {field.name: field.value for field in fields if field.name in _METADATA}
        row["recipients"] = [field.value for field in fields if field.name == "recipient"]
        received = {field.name: field.value for field in fields if field.name.startswith("received_")}
        row["received"] = _received(received) if received else None
        yield row


def _received(fields: dict[str, str]) -> Row:
    return {
        "office": fields.get("received_by"),
        "number": fields.get("received_number"),
        "date": fields.get("received_on"),
    }


def _metadata_fields(library: Library) -> Iterable[Row]:
    for field in library.facts.metadata:
        for span in field.spans or (None,):
            yield _quoted(library, field.document_id, span) | _field(field)


def _field(field: MetadataField) -> Row:
    return {"name": field.name, "value": field.value, "basis": field.basis}


def _references(library: Library) -> Iterable[Row]:
    for reference in library.facts.references:
        row = _quoted(library, reference.document_id, reference.mentions[0])
        names = ("type", "number", "number_written", "date", "date_written", "issuer", "title")
        row |= {name: getattr(reference, name) for name in names}
        text = library.directive(reference.document_id).text
        row["mentions"] = [_place(text, mention) for mention in reference.mentions]
        yield row


def _place(text: str, span: Span) -> Row:
    return {"quote": span.of(text), "start": span.start, "end": span.end}


def _definitions(library: Library) -> Iterable[Row]:
    for one in library.facts.definitions:
        row = _quoted(library, one.document_id, one.spans[0])
        row |= {"kind": one.kind, "term": one.term, "meaning": one.meaning, "names": one.names}
        text = library.directive(one.document_id).text
        row["places"] = [_place(text, span) for span in one.spans]
        row["variants"] = [
            {"document_id": v.document_id, "text": v.text, "start": v.span.start, "end": v.span.end}
            for v in one.variants
        ]
        yield row


def _outline(library: Library) -> Iterable[Row]:
    for entry in library.facts.outline:
        row = _quoted(library, entry.document_id, entry.span)
        names = ("label", "level", "heading", "address", "provision_id")
        yield row | {"kind": "heading"} | {name: getattr(entry, name) for name in names}
    for count in library.facts.counts:
        row = _quoted(library, count.document_id, count.spans[0] if count.spans else None)
        row |= {"kind": "count", "what": count.what, "count": count.count, "reason": count.reason}
        text = library.directive(count.document_id).text
        yield row | {"provision_id": count.provision_id, "items": [_place(text, span) for span in count.spans]}


def duty_rows(library: Library, duties: Iterable[Duty], today: date) -> Iterable[Row]:
    """`next_date` is the coming last day of a yearly deadline; `ended` says why none comes any more."""
    for duty in duties:
        fields = asdict(duty)
        del fields["span"]
        end = ended(library.context, library.directive(duty.document_id), today)
        day = next_date(duty.deadline, today, end) if duty.deadline else None
        coming = {"next_date": day.isoformat() if day else None, "ended": end.why if end else None}
        yield _quoted(library, duty.document_id, duty.span) | fields | coming


def _inconsistencies(library: Library) -> Iterable[Row]:
    for one in library.facts.inconsistencies:
        first = one.readings[0]
        row = _quoted(library, first.document_id, first.span)
        row |= {"type": one.type, "number": one.number, "field": one.field}
        row["readings"] = [
            _quoted(library, reading.document_id, reading.span) | {"value": reading.value} for reading in one.readings
        ]
        yield row
