"""The MCP server: ask, search, get_provision, list_duties, cite."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field
from starlette.requests import Request

from bot.answering.answer import Answer, Citation
from bot.documents import DocumentSummary, ProvisionText, citation_of, provision_of, summary_of
from bot.error_messages import describe
from bot.facts.duties import DutyFilter, Level, chosen_duties
from bot.facts.kinds import HERE
from bot.facts.models import DutyRow
from bot.facts.rows import duty_rows
from bot.http.callers import caller_of
from bot.mcp import texts
from bot.searching import nearest
from bot.service import Service
from index.errors import DanvanError
from index.filters import Filters
from index.library import Library

# All who come through this door without a key; a conversation is known to whoever was given its random id.
PERSON = "mcp"
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
DocumentId = Annotated[str, Field(description="Document id, as list_documents gives it")]


class Passages(BaseModel):
    """Verbatim passages, the nearest first."""

    items: tuple[Citation, ...]


class Duties(BaseModel):
    """Duties, in the order of the texts."""

    items: tuple[DutyRow, ...]


class StoredDocuments(BaseModel):
    """All stored directives."""

    items: tuple[DocumentSummary, ...]


def create_mcp(service: Callable[[], Service]) -> MCPServer[object]:
    """A server over the service that is open when a tool is called."""
    server: MCPServer[object] = MCPServer(
        "danvan-assistant",
        version=version("danvan-assistant"),
        instructions=texts.MCP_INSTRUCTIONS,
        log_level="WARNING",
    )

    @contextmanager
    def library() -> Iterator[Library]:
        with told(), service().assistant.library.use() as opened:
            yield opened

    @server.tool(description=texts.MCP_ASK)
    def ask(
        context: Context,
        question: Annotated[str, Field(description="One question, at most 4,000 characters")],
        document_id: Annotated[str | None, Field(description="Only of this directive")] = None,
        conversation_id: Annotated[
            str | None, Field(min_length=1, max_length=200, description="As a former answer gave it")
        ] = None,
    ) -> Answer:
        filters = Filters(document_ids=(document_id,)) if document_id else None
        with told():
            said = service().converse(_person(context), conversation_id or uuid.uuid4().hex, question, filters=filters)
        return said.answer

    @server.tool(description=texts.MCP_SEARCH, annotations=_READS)
    def search(
        text: Annotated[str, Field(min_length=1, max_length=4000)],
        k: Annotated[int, Field(ge=1, le=50, description="How many passages")] = 5,
        document_id: Annotated[str | None, Field(description="Only of this directive")] = None,
    ) -> Passages:
        filters = Filters(document_ids=(document_id,) if document_id else ())
        with library() as opened:
            return Passages(items=nearest(opened, text, k, filters))

    @server.tool(description=texts.MCP_LIST_DOCUMENTS, annotations=_READS)
    def list_documents() -> StoredDocuments:
        with library() as opened:
            return StoredDocuments(items=tuple(summary_of(one) for one in opened.directives.values()))

    @server.tool(description=texts.MCP_GET_PROVISION, annotations=_READS)
    def get_provision(
        document_id: DocumentId,
        provision_id: Annotated[str, Field(description="The part of a citation's url behind #")],
    ) -> ProvisionText:
        with library() as opened:
            return provision_of(opened.directive(document_id), provision_id)

    @server.tool(description=texts.MCP_LIST_DUTIES, annotations=_READS)
    def list_duties(
        document_id: Annotated[str | None, Field(description="Only of this directive")] = None,
        level: Annotated[Level | None, Field(description="Duties that bind bodies of this level")] = None,
        body: Annotated[str | None, Field(max_length=200, description="Duties that bind this body")] = None,
    ) -> Duties:
        chosen = DutyFilter(document=document_id, level=level, body=body)
        with library() as opened:
            rows = duty_rows(opened, chosen_duties(opened, chosen), datetime.now(HERE).date())
            return Duties(items=tuple(DutyRow.model_validate(row) for row in rows))

    @server.tool(description=texts.MCP_CITE, annotations=_READS)
    def cite(
        document_id: DocumentId,
        start: Annotated[int, Field(ge=0, description="Code points of the canonical text")],
        end: Annotated[int, Field(ge=1, description="Exclusive")],
    ) -> Citation:
        with library() as opened:
            return citation_of(opened, document_id, start, end)

    return server


def _person(context: Context) -> str:
    """Over HTTP the holder of the key; on standard input whoever started the program."""
    request = context.request_context.request
    return (caller_of(request).identity() if isinstance(request, Request) else None) or PERSON


@contextmanager
def told() -> Iterator[None]:
    """An error that has a sentence is the tool's answer."""
    try:
        yield
    except DanvanError as error:
        raise ToolError(describe(error)) from error
