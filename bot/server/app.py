"""The application: API and page over one service, with what surrounds every request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from importlib.metadata import version

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from bot.access.choice import is_restricted
from bot.api import routes as api
from bot.http.needs import ANY, PUBLIC, declare
from bot.http.openapi import DESCRIPTION, describe
from bot.http.persons import PersonCookie
from bot.http.problems import ProblemError, problem_of, problem_response, request_id_of
from bot.http.session_cookie import SessionCookie
from bot.logs import log, note
from bot.mcp.http import mcp_routes
from bot.mcp.server import create_mcp
from bot.metrics.counters import Counters
from bot.metrics.folder import reserve
from bot.observing import watched_by
from bot.readiness import Readiness
from bot.server.gate import Gate
from bot.server.headers import SecurityHeaders
from bot.server.hosts import TrustedHosts
from bot.server.housekeeping import current_generation, housekeeping
from bot.server.limits import Busy, SizeLimit
from bot.server.requests import RequestLog
from bot.server.unforeseen import Unforeseen
from bot.service import open_service
from bot.settings import Settings
from bot.storage.access.errors import TooManyAttemptsError
from bot.telegram import webhook
from bot.telegram.configuration import is_configured
from bot.telegram.webhook import bot_running
from bot.tracing.configured import tracing
from bot.web import routes as web
from bot.web.assets import Assets
from bot.web.errors import error_page
from index.errors import DanvanError

# Threads of one worker, however many requests its settings let in.
_MOST_THREADS = 200
_WORTH_PACKING = 16_384  # bytes
# Everything else is read by people, who get a page.
_FOR_PROGRAMS = ("/v1/", "/mcp", "/healthz", "/readyz", "/metrics", "/openapi.json", "/telegram/")


def create_app(settings: Settings) -> FastAPI:
    """An application over the published index, which takes up a newer one by itself, and over the records."""

    has_bot = is_configured(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Each request that is let in has a thread: it waits for its turn (`bot.service`), or for a disk.
        anyio.to_thread.current_default_thread_limiter().total_tokens = min(settings.requests_at_once, _MOST_THREADS)
        reserve()
        app.state.counters = counters = Counters()
        traced = traces.running() if traces else nullcontext()
        with open_service(settings) as service, watched_by(counters), traced:
            app.state.service, app.state.readiness = service, Readiness(service)
            access = service.records.access
            app.state.session_cookie = SessionCookie(settings, access.hashes.cookie_key, access.longest_session)
            service.warm()
            log().info("start", generation=current_generation(service), records=service.records.place)
            telegram = bot_running(app, service) if has_bot else nullcontext()
            async with mcp.session_manager.run(), housekeeping(service), telegram:
                yield
        log().info("stop")

    traces = tracing()
    mcp = create_mcp(lambda: app.state.service)

    # No documentation pages: FastAPI's load their scripts from other hosts.
    app = FastAPI(
        title="danvan-assistant",
        version=version("danvan-assistant"),
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    describe(app, is_restricted(settings))
    for error in (RequestValidationError, HTTPException, DanvanError, ProblemError, Exception):
        app.add_exception_handler(error, _problem)
    for router in (*api.ROUTERS, *web.ROUTERS):
        app.include_router(router)
    app.router.routes.extend(mcp_routes(mcp))
    app.mount("/static", Assets())
    declare([route for route in app.routes if getattr(route, "path", "") == "/static"], PUBLIC)
    declare([route for route in app.routes if getattr(route, "path", "") == app.openapi_url], ANY)
    if has_bot:
        app.include_router(webhook.router)
    # The last one added is the first that a request meets.
    app.add_middleware(PersonCookie, days=settings.retention_days)
    app.add_middleware(Busy, most=settings.requests_at_once, answering=_problem)
    app.add_middleware(Gate, settings=settings, application=app, answering=_problem)
    app.add_middleware(Unforeseen, answering=_problem)
    app.add_middleware(SizeLimit, answering=_problem, is_update=webhook.is_update if has_bot else None)
    # Long directives on a telephone; short answers would only cost time.
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING)
    app.add_middleware(TrustedHosts, settings=settings, answering=_problem)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    if traces:
        from bot.tracing.http import TracedRequests

        app.add_middleware(TracedRequests, tracing=traces)
    return app


async def _problem(request: Request, error: Exception) -> Response:
    headers = dict(error.headers or {}) if isinstance(error, HTTPException | ProblemError) else {}
    if isinstance(error, HTTPException) and error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_allowed(request)))  # Starlette names those of the first route only
    if isinstance(error, TooManyAttemptsError):
        headers["Retry-After"] = str(error.seconds)
    problem = problem_of(error, request_id_of(request))
    note(problem=problem.code)
    if isinstance(error, DanvanError) and problem.status >= 500:
        log().warning("unavailable", problem=problem.code, message=problem.detail)
    if request.url.path.startswith(_FOR_PROGRAMS):
        return problem_response(problem, headers)
    response = error_page(request, problem)
    response.headers.update(headers)
    return response


def _allowed(request: Request) -> set[str]:
    path = request.scope["path"]
    return {
        method
        for route in iter_route_contexts(request.app.routes)
        if (pattern := getattr(route, "path_regex", None)) and pattern.match(path)
        for method in route.methods or ()
    }
