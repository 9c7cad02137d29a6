"""`/admin`: what an administrator looks at: the index, questions without an answer, feedback, the audit trail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.access.choice import is_restricted
from bot.access.scopes import Scope
from bot.access.texts import event_told
from bot.http.callers import CallerOf
from bot.http.needs import page_needs
from bot.http.service import ServiceOf
from bot.rebuilding import last_rebuild, start_rebuild
from bot.web.cards import card_of
from bot.web.templates import page
from index.errors import BuildLockedError
from index.generations import Generations

router = APIRouter(prefix="/admin", include_in_schema=False, dependencies=[page_needs(Scope.ADMIN)])
_PAGE = 50  # rows
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("")
def overview(request: Request, service: ServiceOf) -> Response:
    """The state of the index, and how its last build went."""
    with service.assistant.library.use() as library:
        manifest = library.manifest
    built = Generations(service.settings.data).path(manifest.id) / "manifest.json"
    return page(
        request,
        "admin/overview.html",
        manifest=manifest,
        built_at=datetime.fromtimestamp(built.stat().st_mtime, UTC) if built.exists() else None,
        rebuild=last_rebuild(service.settings.data),
        records=service.records.place,
        restricted=is_restricted(service.settings),
        settings=service.settings,
    )


@router.post("/index")
def rebuild(service: ServiceOf, caller: CallerOf) -> Response:
    """Begin to build; where somebody builds already, that is shown."""
    try:
        start_rebuild(service.settings)
    except BuildLockedError:
        return RedirectResponse("/admin", 303)
    service.records.record("index_rebuild", detail=f"by {caller.id or 'local'}")
    return RedirectResponse("/admin", 303)


@router.get("/unanswered")
def unanswered(request: Request, service: ServiceOf, offset: Offset = 0) -> Response:
    """Questions that the directives do not answer, the most frequent first; who asked is not told."""
    found = service.records.list_unanswered(_PAGE + 1, offset)
    return page(request, "admin/unanswered.html", rows=found[:_PAGE], **_pages("/admin/unanswered", offset, len(found)))


@router.get("/feedback")
def feedback(
    request: Request, service: ServiceOf, verdict: Literal["right", "wrong", ""] = "wrong", offset: Offset = 0
) -> Response:
    """Verdicts with question and answer, the newest first; who gave them is not told."""
    found = service.records.list_feedback(verdict=verdict or None, limit=_PAGE + 1, offset=offset)
    rows = [(one, card_of(one.answer)) for one in found[:_PAGE]]
    pages = _pages(f"/admin/feedback?verdict={verdict}", offset, len(found))
    return page(request, "admin/feedback.html", rows=rows, verdict=verdict, **pages)


@router.get("/audit")
def audit(request: Request, service: ServiceOf, offset: Offset = 0) -> Response:
    """What was done, the newest first; people and keys by their names where they are known."""
    found = service.records.list_audit(limit=_PAGE + 1, offset=offset)
    access = service.records.access
    names = {one.id: one.name for one in access.list_people()} | {one.id: one.name for one in access.list_keys()}
    rows = [(entry.at, *event_told(entry.event, entry.detail, names)) for entry in found[:_PAGE]]
    return page(request, "admin/audit.html", rows=rows, **_pages("/admin/audit", offset, len(found)))


def _pages(address: str, offset: int, count: int) -> dict[str, Any]:
    joined = f"{address}{'&' if '?' in address else '?'}offset="
    return {
        "earlier": f"{joined}{max(0, offset - _PAGE)}" if offset else None,
        "later": f"{joined}{offset + _PAGE}" if count > _PAGE else None,
    }
