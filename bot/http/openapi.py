"""The OpenAPI document: FastAPI's own, with what it cannot say of problems and of how operations follow each other."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bot.http.problems import Problem

DESCRIPTION = """Answers questions on Vietnamese directives about công tác dân vận with the exact clause, verbatim.

Offsets count Unicode code points of a directive's canonical text (`/v1/documents/{id}/text`), end exclusive:
`quote == text[start:end]`. Errors are problem details (RFC 9457); read `code`, show `detail`. Who asks is known by the
cookie that the first answer sets, or by the header `Danvan-Person`, with which a program names its own users.
"""

# What an operation answers is what another one takes (OpenAPI 3, Link Object).
_LINKS: dict[tuple[str, str, str], dict[str, Any]] = {
    ("/v1/ask", "post", "200"): {
        "conversation": {
            "operationId": "history",
            "parameters": {"conversation_id": "$response.body#/conversation_id"},
        },
        "feedback": {"operationId": "feedback", "requestBody": {"turn_id": "$response.header.Danvan-Turn-Id"}},
    },
    ("/v1/documents", "get", "200"): {
        "document": {"operationId": "document", "parameters": {"document_id": "$response.body#/items/0/id"}},
        "text": {"operationId": "text", "parameters": {"document_id": "$response.body#/items/0/id"}},
    },
    ("/v1/documents/{document_id}", "get", "200"): {
        "provision": {
            "operationId": "provision",
            "parameters": {"document_id": "$response.body#/id", "provision_id": "$response.body#/outline/0/id"},
        },
    },
    ("/v1/conversations", "get", "200"): {
        "history": {"operationId": "history", "parameters": {"conversation_id": "$response.body#/items/0/id"}},
        "delete": {
            "operationId": "delete_conversation",
            "parameters": {"conversation_id": "$response.body#/items/0/id"},
        },
    },
}


def describe(app: FastAPI, restricted: bool) -> None:
    """Make an application tell its API whole; `restricted`: callers need a key."""
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            for (path, method, status), links in _LINKS.items():
                document["paths"][path][method]["responses"][status]["links"] = links
            if restricted:
                document["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
                document["security"] = [{"key": []}]
                document["paths"]["/healthz"]["get"]["security"] = []
            made.update(document)
        return made

    app.openapi = openapi  # type: ignore[method-assign]
