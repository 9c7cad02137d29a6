"""`/v1/facts/…`: what the directives state as facts, as typed rows and as files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from bot.facts.duties import DutyFilter, Level, chosen_duties
from bot.facts.export import export, export_duties
from bot.facts.kinds import FILE_NAMES, HERE, MEDIA_TYPES, Format, Kind
from bot.facts.models import (
    CountRow,
    DefinitionRow,
    DutyRow,
    HeadingRow,
    InconsistencyRow,
    MetadataFieldRow,
    MetadataRow,
    ReferenceRow,
)
from bot.facts.rows import duty_rows, fact_rows
from bot.http.problems import documented
from bot.http.service import ServiceOf
from bot.service import Service

router = APIRouter(prefix="/v1/facts", tags=["facts"])
Form = Literal["json", "jsonl", "csv", "xlsx"]
DutyForm = Literal["json", "jsonl", "csv", "xlsx", "docx", "ics"]
OneDocument = Annotated[str | None, Query(description="Only of this directive")]
AsFile = Annotated[Form, Query(description="json, or a file")]


Row = TypeVar("Row")


class Items(BaseModel, Generic[Row]):
    """Rows, in the order of the texts."""

    items: tuple[Row, ...]


def _files(*forms: Format) -> dict[int | str, dict[str, Any]]:
    content = {MEDIA_TYPES[form]: {"schema": {"type": "string", "format": "binary"}} for form in forms}
    return {**documented("unknown_document"), 200: {"description": "Rows, or the file", "content": content}}


_FILES = _files("jsonl", "csv", "xlsx")


@router.get(
    "/metadata",
    response_model=Items[MetadataRow] | Items[MetadataFieldRow],
    summary="Who issued, signed, received",
    responses=_FILES,
)
def metadata(
    service: ServiceOf,
    document: OneDocument = None,
    spans: Annotated[bool, Query(description="A row a field, with what it rests on")] = False,
    form: AsFile = "json",
) -> Response:
    """What identifies each directive."""
    return _answer(service, "metadata", document, form, spans)


@router.get("/references", response_model=Items[ReferenceRow], summary="Documents that are cited", responses=_FILES)
def references(service: ServiceOf, document: OneDocument = None, form: AsFile = "json") -> Response:
    """Every document that a directive cites, with all places where it does."""
    return _answer(service, "references", document, form)


@router.get(
    "/definitions", response_model=Items[DefinitionRow], summary="Abbreviations, terms, mottos", responses=_FILES
)
def definitions(service: ServiceOf, document: OneDocument = None, form: AsFile = "json") -> Response:
    """What the texts themselves define."""
    return _answer(service, "definitions", document, form)


@router.get("/outline", response_model=Items[HeadingRow | CountRow], summary="Headings and counts", responses=_FILES)
def outline(service: ServiceOf, document: OneDocument = None, form: AsFile = "json") -> Response:
    """Headings and numbered units, then how many of what each unit holds."""
    return _answer(service, "outline", document, form)


@router.get(
    "/inconsistencies", response_model=Items[InconsistencyRow], summary="Where directives disagree", responses=_FILES
)
def inconsistencies(service: ServiceOf, document: OneDocument = None, form: AsFile = "json") -> Response:
    """Documents that several directives cite with different dates or issuers."""
    return _answer(service, "inconsistencies", document, form)


@router.get(
    "/duties",
    response_model=Items[DutyRow],
    summary="Who must do what, by when",
    responses=_files("jsonl", "csv", "xlsx", "docx", "ics"),
)
def duties(
    service: ServiceOf,
    document: OneDocument = None,
    level: Annotated[Level | None, Query(description="Duties that bind bodies of this level")] = None,
    body: Annotated[
        str | None, Query(max_length=200, description="Duties that bind this body", examples=["UBND xã"])
    ] = None,
    dated: Annotated[bool, Query(description="Only duties with a deadline")] = False,
    unnamed: Annotated[
        bool, Query(description="With a level or body: also clauses that name no body, which may bind it")
    ] = False,
    form: Annotated[DutyForm, Query(description="json, or a file; ics holds those with a date")] = "json",
) -> Response:
    """Duties, the same as the table "Việc của tôi" of the page."""
    chosen = DutyFilter(document=document, level=level, body=body, dated=dated, unnamed=unnamed)
    with service.assistant.library.use() as library:
        if form != "json":
            return _file(export_duties(library, form, chosen), "duties", form)
        return _items(duty_rows(library, chosen_duties(library, chosen), datetime.now(HERE).date()))


def _answer(service: Service, kind: Kind, document: str | None, form: Form, spans: bool = False) -> Response:
    with service.assistant.library.use() as library:
        if form != "json":
            return _file(export(library, kind, form, document, spans), kind, form)
        return _items(fact_rows(library, kind, document, spans))


def _file(content: bytes, kind: Kind, form: Format) -> Response:
    name = f"{FILE_NAMES[kind]}.{form}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)


def _items(rows: Iterable[dict[str, Any]]) -> Response:
    """Rows as they are; the tests hold them against their models, which would cost ten times as much on each call."""
    return JSONResponse({"items": list(rows)})
