"""`/`: a question, its answer, and the conversation that goes on. It works without scripts; with them, in place."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.examples import examples
from bot.http.needs import page_needs
from bot.http.persons import PersonOf
from bot.http.problems import ProblemError
from bot.http.same_site import OwnPage
from bot.http.service import ServiceOf
from bot.problem_texts import unknown_conversation
from bot.service import Service
from bot.storage.errors import RecordsUnavailableError
from bot.web import links
from bot.web.cards import Card, card_of, cards_of
from bot.web.documents import Listed, listed
from bot.web.templates import is_fragment, page
from index.filters import Filters

router = APIRouter(include_in_schema=False, dependencies=[page_needs()])


@router.get("/")
def front(
    request: Request,
    service: ServiceOf,
    question: Annotated[str, Query(max_length=8000)] = "",
    document: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """An empty conversation; a link may bring a question, which is asked when the person says so."""
    return _page(request, service, uuid.uuid4().hex, [], question, document)


@router.get("/conversations/{conversation_id}")
def conversation(
    request: Request,
    conversation_id: str,
    service: ServiceOf,
    person: PersonOf,
    document: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What was asked and answered, and the box to go on."""
    turns = service.records.history(person, conversation_id)
    if not turns:
        raise ProblemError("unknown_conversation", unknown_conversation(conversation_id))
    return _page(request, service, conversation_id, cards_of(turns), "", document)


@router.post("/ask")
def ask(
    request: Request,
    service: ServiceOf,
    person: PersonOf,
    _: OwnPage,
    question: Annotated[str, Form()] = "",
    document: Annotated[str, Form(max_length=200)] = "",
    conversation: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Answer: with htmx the answer alone, else the conversation anew, which can be loaded again without asking."""
    name = conversation or uuid.uuid4().hex
    filters = Filters(document_ids=(document,)) if document else None
    if document:
        with service.assistant.library.use() as library:
            library.directive(document)
    said = service.converse(person, name, question, filters=filters)
    status = 422 if said.answer.status == "rejected" else 200
    if is_fragment(request):
        return page(request, "parts/answered.html", status, card=card_of(said.answer, said.turn), conversation=name)
    if said.turn:
        return RedirectResponse(links.conversation(name, card_of(said.answer, said.turn).key, document), 303)
    # It could not be read, or not be kept: there is nothing to load again.
    left = question if status == 422 else ""
    cards = [*_former(service, person, name), card_of(said.answer)]
    return _page(request, service, name, cards, left, document, status)


def _former(service: Service, person: str, name: str) -> list[Card]:
    """What was said before in a conversation; nothing where the records cannot be read now."""
    try:
        return cards_of(service.records.history(person, name))
    except RecordsUnavailableError:
        return []


def _page(
    request: Request,
    service: Service,
    name: str,
    cards: list[Card],
    question: str,
    document: str,
    status: int = 200,
) -> Response:
    with service.assistant.library.use() as library:
        directives = list(library.directives.values())
        documents: list[Listed] = [listed(one) for one in directives]
        shown = examples(directives)
    return page(
        request,
        "ask.html",
        status,
        conversation=name,
        cards=cards,
        question=question,
        document=document,
        documents=documents,
        examples=shown,
    )
