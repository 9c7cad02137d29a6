"""Templates to HTML. Whatever is put into them is text: it is escaped unless a template of ours made it."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot import messages
from bot.web import links
from bot.web.assets import asset
from bot.web.moments import moment, office_date
from bot.web.texts import VERDICT


def is_fragment(request: Request) -> bool:
    """Whether htmx asks, for a part of a page; without scripts a browser asks for all of it."""
    return request.headers.get("hx-request") == "true"


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page or a part of one. What a person asked must stay on no shared computer: nothing is kept by browsers."""
    content = environment().get_template(name).render(path=request.url.path, **values)
    headers = {"cache-control": "no-store", "vary": "HX-Request, Cookie"}
    return HTMLResponse(content, status_code=status, headers=headers)


@cache
def environment() -> Environment:
    """Strict: a name that a template does not know is an error, not an empty place."""
    made = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "asset": asset,
        "links": links,
        "longest_question": messages.LONGEST_QUESTION,
        "nearest_heading": messages.NEAREST,
        "outside_heading": messages.OUTSIDE,
        "verdicts": VERDICT,
    }
    made.filters |= {"moment": moment, "office_date": office_date}
    return made
