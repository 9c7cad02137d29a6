"""The application: API and page over one service, with what surrounds every request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from bot.api.routes import ROUTERS
from bot.http.persons import PersonCookie
from bot.http.problems import ProblemError, problem_of, problem_response, request_id_of
from bot.server.headers import SecurityHeaders
from bot.server.limits import BodyLimit
from bot.service import open_service
from bot.settings import Settings
from bot.telegram import webhook
from bot.telegram.configuration import is_configured
from bot.telegram.webhook import bot_running
from index.errors import DanvanError


def create_app(settings: Settings) -> FastAPI:
    """An application over the published index, which takes up a newer one by itself, and over the records."""

    has_bot = is_configured(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_service(settings) as service:
            app.state.service = service
            async with bot_running(app, service) if has_bot else nullcontext():
                yield

    # No documentation pages: FastAPI's load their scripts from other hosts.
    app = FastAPI(title="danvan-assistant", lifespan=lifespan, docs_url=None, redoc_url=None)
    for error in (RequestValidationError, HTTPException, DanvanError, ProblemError, Exception):
        app.add_exception_handler(error, _problem)
    for router in ROUTERS:
        app.include_router(router)
    if has_bot:
        app.include_router(webhook.router)
    # The last one added is the first that a request meets.
    app.add_middleware(PersonCookie, days=settings.retention_days)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    return app


async def _problem(request: Request, error: Exception) -> Response:
    headers = error.headers if isinstance(error, HTTPException) else None
    return problem_response(problem_of(error, request_id_of(request)), dict(headers or {}))
