"""The routers of `/v1`, in the order in which the documentation shows them."""

from __future__ import annotations

from bot.api import admin, ask, chat, conversations, documents, facts, feedback, health, metrics, search

ROUTERS = (
    ask.router,
    search.router,
    documents.router,
    facts.router,
    conversations.router,
    feedback.router,
    chat.router,
    admin.router,
    health.router,
    metrics.router,
)
