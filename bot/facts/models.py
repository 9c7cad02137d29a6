"""The rows of `bot.facts.rows` as types, for callers that want a schema."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Row):
    """A verbatim span of the row's directive; offsets count code points of its canonical text, end exclusive."""

    quote: str
    start: int
    end: int


class _Quoted(_Row):
    """`quote == canonical_text[start:end]`; null where the catalogue, not the text, says it."""

    document_id: str
    quote: str | None
    start: int | None
    end: int | None


class Received(_Row):
    """What an arrival stamp says."""

    office: str | None
    number: str | None
    date: str | None


class MetadataRow(_Quoted):
    """What identifies a directive; the quote is its title."""

    number: str | None
    type: str | None
    issuer: str | None
    level: str | None
    province: str | None
    issued_on: str | None = Field(description="ISO date")
    signer: str | None
    signer_role: str | None
    title: str | None
    attached: str | None
    effect: str | None
    author: str | None
    recipients: tuple[str, ...]
    received: Received | None


class MetadataFieldRow(_Quoted):
    """One field of a directive's identity, with what it rests on (`spans=true`)."""

    name: str
    value: str
    basis: Literal["text", "catalogue"]


class ReferenceRow(_Quoted):
    """A document that a directive cites."""

    type: str
    number: str | None
    number_written: str | None
    date: str | None = Field(description="ISO date")
    date_written: str | None
    issuer: str | None
    title: str | None
    mentions: tuple[Place, ...]


class VariantPlace(_Row):
    """The same motto as another directive words it."""

    document_id: str
    text: str
    start: int
    end: int


class DefinitionRow(_Quoted):
    """An abbreviation, a short name, a footnoted term or a motto."""

    kind: Literal["abbreviation", "short_name", "footnote", "motto"]
    term: str
    meaning: str | None
    names: str | None
    places: tuple[Place, ...]
    variants: tuple[VariantPlace, ...]


class HeadingRow(_Quoted):
    """A heading or numbered unit."""

    kind: Literal["heading"]
    label: str | None
    level: int = Field(description="0 the title, 1 the top")
    heading: str | None
    address: str
    provision_id: str


class CountRow(_Quoted):
    """How many of something a directive has."""

    kind: Literal["count"]
    what: str
    count: int | None
    reason: str | None
    provision_id: str | None
    items: tuple[Place, ...]


class DeadlineRow(_Row):
    """A time by which; `written` as the text writes it."""

    written: str
    date: str | None
    quarter: str | None = Field(description='As "2016-Q4"')
    year: int | None
    month_day: str | None = Field(description='As "11-30", of every year')
    inclusive: bool = Field(description='False where the day itself is too late: "trước ngày 30"')


class TargetRow(_Row):
    """A number to reach."""

    value: float
    unit: str
    measure: str
    comparator: Literal[">=", ">", "=", "<=", "<", "top"]
    value_max: float | None


class DutyRow(_Quoted):
    """Who must do what, by when, how often, how much."""

    provision_id: str
    actor: str | None
    coordinators: tuple[str, ...]
    levels: tuple[str, ...]
    task: str
    deadline: DeadlineRow | None
    frequency: Literal["year", "quarter", "month", "regular"] | None
    target: TargetRow | None
    recipient: str | None
    strength: Literal["mandatory", "target", "encouraged"]
    inferred: bool = Field(description="The actor stands outside the clause")
    next_date: str | None = Field(description="The coming last day, ISO")
    ended: str | None = Field(description="Why it no longer runs; an outside fact, not the text's words")


class ReadingRow(_Quoted):
    """What one directive says of a document that another cites as well."""

    value: str


class InconsistencyRow(_Quoted):
    """Directives that cite the same document and disagree."""

    type: str
    number: str
    field: Literal["date", "issuer"]
    readings: tuple[ReadingRow, ...]
