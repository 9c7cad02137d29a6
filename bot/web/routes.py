"""The routers of the page."""

from bot.web import admin, admin_people, ask, conversations, documents, duties, feedback, search, sign_in

ROUTERS = (
    ask.router,
    conversations.router,
    feedback.router,
    documents.router,
    duties.router,
    search.router,
    sign_in.router,
    admin.router,
    admin_people.router,
)
