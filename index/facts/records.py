"""The typed facts, each with the verbatim span(s) it was read from. Offsets are of the directive's canonical text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.directive import Span


@dataclass(frozen=True, slots=True)
class MetadataField:
    """One thing that identifies a directive; `basis` says whether the text or the catalogue gives it."""

    document_id: str
    name: str
    value: str
    basis: Literal["text", "catalogue"]
    spans: tuple[Span, ...] = ()  # none where the catalogue gives it


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that a directive cites. Unnumbered ones (laws by name) have no number; dates are ISO."""

    document_id: str
    type: str  # from the word, never from the symbol
    number: str | None
    number_written: str | None
    date: str | None
    date_written: str | None
    issuer: str | None
    title: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one directive says of a document that another cites as well."""

    document_id: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Directives that cite the same document and disagree on its date or issuer; every reading is named."""

    type: str
    number: str
    field: Literal["date", "issuer"]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """The same motto as another directive words it."""

    document_id: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation, a short name, a footnoted term or a motto that the text itself introduces.

    `meaning` is None for a motto, whose `names` is the word that introduces it ("phương châm"). The first span is the
    place where it is introduced; a footnote has two (the term, the note).
    """

    document_id: str
    kind: Literal["abbreviation", "short_name", "footnote", "motto"]
    term: str
    meaning: str | None
    spans: tuple[Span, ...]
    names: str | None = None
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading or numbered unit, with how many units of each kind it directly holds."""

    document_id: str
    provision_id: str
    address: str
    label: str | None
    heading: str | None  # None where a numbered unit is a plain paragraph
    level: int  # 0 the title, 1 the top
    span: Span


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something a directive has; `count` is None, with the reason, where the text does not divide it."""

    document_id: str
    what: str  # "Điều", "phần", "nhóm giải pháp", "bước", …
    count: int | None
    provision_id: str | None  # the unit that holds what is counted
    spans: tuple[Span, ...]  # the items, else the undivided paragraph
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by which. `written` as the text writes it; at most one of the others is set besides it."""

    written: str
    date: str | None = None  # ISO
    quarter: str | None = None  # "2016-Q4"
    year: int | None = None
    month_day: str | None = None  # "11-30", of every year
    inclusive: bool = True  # "trước ngày 30" excludes the day


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach."""

    value: float
    unit: str  # "%", "mô hình", "lớp", "lần", "bậc", "tốp", …
    measure: str  # what is measured, in the text's words
    comparator: Literal[">=", ">", "=", "<=", "<", "top"]
    value_max: float | None = None  # of "1-2 bậc"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must do what, by when, how often, how much, and report to whom."""

    document_id: str
    provision_id: str
    actor: str | None  # the lead body, as written
    coordinators: tuple[str, ...]
    levels: tuple[str, ...]  # of "trung ương", "tỉnh", "huyện", "xã"
    task: str
    deadline: Deadline | None
    frequency: Literal["year", "quarter", "month", "regular"] | None
    target: Target | None
    recipient: str | None  # of a report
    strength: Literal["mandatory", "target", "encouraged"]
    inferred: bool  # the actor stands outside the clause: in a lead-in, a heading, the sentence before
    span: Span


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a library."""

    metadata: tuple[MetadataField, ...] = ()
    references: tuple[Reference, ...] = ()
    definitions: tuple[Definition, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    counts: tuple[Count, ...] = ()
    duties: tuple[Duty, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()
