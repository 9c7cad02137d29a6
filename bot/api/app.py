"""The FastAPI application: one assistant behind `/v1`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from bot import messages
from bot.answering.answer import Answer
from bot.answering.assistant import Assistant
from bot.api.limits import BodyLimit
from bot.facts.export import export
from bot.facts.kinds import MEDIA_TYPES, FormatError, Kind
from bot.facts.rows import fact_rows
from bot.settings import Settings
from index.errors import DanvanError, UnknownDocumentError
from index.filters import Filters

Form = Literal["json", "jsonl", "csv", "xlsx", "ics"]
PROBLEM_JSON = "application/problem+json"


class AskBody(BaseModel):
    """A question, and what it is about."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(examples=["Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?"])
    filters: Filters | None = None


class Health(BaseModel):
    """The service answers, from this generation of the index."""

    status: str = "ok"
    generation: str


def create_app(settings: Settings) -> FastAPI:
    """An application over the published index; it takes up a newer one by itself."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Assistant(settings) as assistant:
            app.state.assistant = assistant
            yield

    # No documentation pages: FastAPI's load their scripts from other hosts.
    app = FastAPI(title="danvan-assistant", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(DanvanError, _failed)

    @app.post("/v1/ask", response_model=Answer, responses={422: {"model": Answer}})
    def ask(body: AskBody, request: Request, response: Response) -> Answer:
        assistant: Assistant = request.app.state.assistant
        answer = assistant.ask(body.question, filters=body.filters)
        if answer.status == "rejected":
            response.status_code = 422
        return answer

    @app.get("/v1/facts/{kind}", responses={404: {}})
    def facts(
        request: Request, kind: Kind, document: str | None = None, spans: bool = False, form: Form = "json"
    ) -> Response:
        assistant: Assistant = request.app.state.assistant
        with assistant.library.use() as library:
            if form == "json":
                return JSONResponse({"items": fact_rows(library, kind, document, spans)})
            return Response(export(library, kind, form, document, spans), media_type=MEDIA_TYPES[form])

    @app.get("/healthz")
    def healthz(request: Request) -> Health:
        assistant: Assistant = request.app.state.assistant
        with assistant.library.use() as library:
            return Health(generation=library.manifest.id)

    @app.get("/", response_class=PlainTextResponse)
    def root(request: Request) -> str:
        return messages.serving(request.url.hostname or settings.host, request.url.port or 80)

    return app


async def _invalid(_: Request, error: Exception) -> Response:
    problem = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": (), "msg": str(error)}
    where = ".".join(str(part) for part in problem["loc"] if part != "body")
    return _problem(422, "invalid_request", messages.request_invalid(where, str(problem["msg"])))


async def _refused(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {400: "invalid_request", 404: "not_found", 405: "method_not_allowed"}.get(status, "unavailable")
    return _problem(status, code, messages.PROBLEMS[code])


async def _failed(_: Request, error: Exception) -> Response:
    detail = messages.describe(error) if isinstance(error, DanvanError) else str(error)
    if isinstance(error, UnknownDocumentError):
        return _problem(404, "not_found", detail)
    if isinstance(error, FormatError):
        return _problem(422, "invalid_request", detail)
    return _problem(503, "unavailable", detail)


def _problem(status: int, code: str, detail: str) -> Response:
    """Problem details (RFC 9457) with a stable code."""
    body = {"type": "about:blank", "title": messages.PROBLEMS[code], "status": status, "code": code, "detail": detail}
    return JSONResponse(body, status_code=status, media_type=PROBLEM_JSON)
