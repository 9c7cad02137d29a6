"""The contract: one `Answer`, the same from the command line, over HTTP and under every channel."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from index.directive import Directive, Provision, Span
from index.structure.address import citation_line

Status = Literal["answered", "corrected", "not_found", "clarify", "smalltalk", "rejected"]
Basis = Literal["text", "derived", "catalogue"]
Role = Literal["support", "nearest", "correction"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(_Record):
    """A verbatim span of a stored directive: `quote == canonical_text[start:end]`."""

    marker: int = Field(ge=1, description="The n of [n] in the answer")
    role: Role
    document_id: str
    number: str | None
    type: str | None
    title: str | None
    issuer: str | None
    province: str | None
    issued_on: str | None = Field(description="ISO date")
    address: str = Field(description="Place, large to small")
    citation_line: str = Field(description="The line that people copy")
    quote: str
    start: int = Field(ge=0, description="Code points of the canonical text")
    end: int = Field(description="Exclusive")
    url: str


class Notice(_Record):
    """What must be said beside an answer and is not the directive's own words."""

    kind: Literal["inconsistency", "validity", "place", "source", "degraded"]
    text: str
    source: str | None = None


class Choice(_Record):
    """One way to make an ambiguous question plain."""

    label: str
    question: str


class Understood(_Record):
    """How the question was read."""

    text: str
    understood_as: str
    language: Literal["vi", "en"] = "vi"
    province: str | None = None
    intent: str | None = None


class Answer(_Record):
    """What the assistant says to one question, and on what it rests."""

    status: Status
    answer: str = Field(description="Short text with [n] marks")
    basis: Basis | None = None
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    strategy: str | None = None
    confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    question: Understood
    conversation_id: str | None = None
    elapsed_ms: float = 0.0


class Conversation(_Record):
    """What was said before, as an immutable value that a channel loads and stores."""

    id: str
    turns: tuple[Answer, ...] = ()


def cite(directive: Directive, provision: Provision, span: Span, marker: int, role: Role = "support") -> Citation:
    """A citation of a span, with everything that a channel shows of it."""
    metadata = directive.metadata
    return Citation(
        marker=marker,
        role=role,
        document_id=directive.id,
        number=metadata.number,
        type=metadata.type,
        title=metadata.title,
        issuer=metadata.issuer,
        province=directive.province,
        issued_on=metadata.issued_on,
        address=provision.address_line,
        citation_line=citation_line(directive, provision),
        quote=span.of(directive.text),
        start=span.start,
        end=span.end,
        url=f"/documents/{directive.id}#{provision.id}",
    )
