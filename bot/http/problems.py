"""Errors as HTTP tells them: problem details (RFC 9457) in Vietnamese, each with a stable code."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from bot import problem_texts
from bot.access.texts import described
from bot.documents import UnknownProvisionError
from bot.error_messages import describe
from bot.facts.kinds import FormatError
from bot.service import BusyError
from bot.storage.access.errors import AccessError, TooManyAttemptsError
from bot.storage.errors import RecordsUnavailableError, UnknownTurnError
from index.errors import DanvanError, UnknownDocumentError

MEDIA_TYPE = "application/problem+json"
Code = Literal[
    "malformed_request",
    "invalid_request",
    "unauthorized",
    "forbidden",
    "too_many_requests",
    "unknown_host",
    "build_running",
    "not_found",
    "unknown_document",
    "unknown_provision",
    "unknown_turn",
    "unknown_conversation",
    "unknown_model",
    "method_not_allowed",
    "cross_site",
    "body_too_large",
    "head_too_large",
    "request_timeout",
    "busy",
    "records_unavailable",
    "unavailable",
    "internal_error",
]
STATUS: dict[Code, int] = {
    "malformed_request": 400,
    "invalid_request": 422,
    "unauthorized": 401,
    "forbidden": 403,
    "too_many_requests": 429,
    "unknown_host": 421,
    "build_running": 409,
    "not_found": 404,
    "unknown_document": 404,
    "unknown_provision": 404,
    "unknown_turn": 404,
    "unknown_conversation": 404,
    "unknown_model": 404,
    "method_not_allowed": 405,
    "cross_site": 403,
    "body_too_large": 413,
    "head_too_large": 431,
    "request_timeout": 408,
    "busy": 503,
    "records_unavailable": 503,
    "unavailable": 503,
    "internal_error": 500,
}


class Problem(BaseModel):
    """What went wrong and what to do about it."""

    type: str = Field(description="URI of the kind of problem", examples=["urn:danvan:problem:unknown_document"])
    title: str = Field(description="The kind of problem, in Vietnamese")
    status: int
    code: Code = Field(description="Stable: programs read this")
    detail: str = Field(description="This problem, in Vietnamese, with what to do")
    instance: str | None = Field(default=None, description="Id of the request, as in the log")


class ProblemError(Exception):
    """A problem that a route finds; `headers` go with its answer."""

    def __init__(self, code: Code, detail: str, headers: dict[str, str] | None = None) -> None:
        self.code, self.detail, self.headers = code, detail, headers or {}
        super().__init__(f"{code}: {detail}")


def problem_of(error: Exception, request_id: str | None = None) -> Problem:
    """Any exception as a problem; one that nobody foresaw tells nothing of itself but the request's id."""
    code, detail = _told(error)
    status = error.status_code if isinstance(error, HTTPException) else STATUS[code]
    return Problem(
        type=f"urn:danvan:problem:{code}",
        title=problem_texts.PROBLEMS[code],
        status=status,
        code=code,
        detail=detail,
        instance=request_id,
    )


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """A problem as the API answers it."""
    return JSONResponse(
        problem.model_dump(mode="json"), status_code=problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def request_id_of(request: Request) -> str | None:
    """The id under which the log tells of this request."""
    return request.scope.get("danvan_request_id")


def documented(*codes: Code) -> dict[int | str, dict[str, Any]]:
    """The problems of a route for the OpenAPI document, with those that every route may meet."""
    every = (*codes, *_ANYWHERE)
    responses: dict[int | str, dict[str, Any]] = {}
    for code in every:
        status = STATUS[code]
        entry = responses.setdefault(
            status,
            {"description": problem_texts.PROBLEMS[code], "content": {MEDIA_TYPE: {"schema": _SCHEMA, "examples": {}}}},
        )
        example = problem_of(ProblemError(code, problem_texts.PROBLEMS[code])).model_dump(mode="json")
        entry["content"][MEDIA_TYPE]["examples"][code] = {"value": example}
    return responses


_ANYWHERE: tuple[Code, ...] = (
    "unauthorized",
    "forbidden",
    "cross_site",
    "too_many_requests",
    "unknown_host",
    "head_too_large",
    "invalid_request",
    "internal_error",
    "busy",
    "unavailable",
    "records_unavailable",
)
_SCHEMA = {"$ref": "#/components/schemas/Problem"}


def _told(error: Exception) -> tuple[Code, str]:
    match error:
        case ProblemError():
            return error.code, error.detail
        case RequestValidationError():
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"] if part != "body")
            return "invalid_request", problem_texts.request_invalid(where, str(first["msg"]))
        case UnknownDocumentError():
            return "unknown_document", describe(error)
        case UnknownProvisionError():
            return "unknown_provision", describe(error)
        case UnknownTurnError():
            return "unknown_turn", describe(error)
        case FormatError():
            return "invalid_request", describe(error)
        case TooManyAttemptsError():
            return "too_many_requests", described(error)
        case AccessError():
            return "invalid_request", described(error)
        case BusyError():
            return "busy", str(error)
        case RecordsUnavailableError():
            return "records_unavailable", describe(error)
        case DanvanError():
            return "unavailable", describe(error)
        case HTTPException(status_code=status):
            code: Code = {
                400: "malformed_request",
                404: "not_found",
                405: "method_not_allowed",
                413: "body_too_large",
            }.get(  # type: ignore[assignment]
                status, "invalid_request" if status < 500 else "unavailable"
            )
            return code, problem_texts.PROBLEM_DETAILS[code]
    return "internal_error", problem_texts.PROBLEM_DETAILS["internal_error"]
