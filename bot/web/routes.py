"""The routers of the page."""

from bot.web import ask, conversations, documents, duties, feedback, search

ROUTERS = (ask.router, conversations.router, feedback.router, documents.router, duties.router, search.router)
