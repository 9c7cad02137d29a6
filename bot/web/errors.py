"""A problem as a page, or, where htmx asked, as a part of one."""

from __future__ import annotations

from fastapi import Request, Response

from bot.http.problems import Problem
from bot.web.templates import is_fragment, page


def error_page(request: Request, problem: Problem) -> Response:
    """What went wrong and what to do, in words."""
    return page(
        request, "parts/problem.html" if is_fragment(request) else "problem.html", problem.status, problem=problem
    )
