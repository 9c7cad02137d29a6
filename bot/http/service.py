"""The running service, as a request finds it."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from bot.service import Service


def service_of(request: Request) -> Service:
    """The service behind this request."""
    return cast("Service", request.app.state.service)


ServiceOf = Annotated[Service, Depends(service_of)]
