"""The MCP server inside the HTTP service, at `/mcp`."""

from __future__ import annotations

from collections.abc import Sequence

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import BaseRoute

from bot.access.scopes import Scope
from bot.http.needs import Needs, declare

PATH = "/mcp"
# Names, other sites' pages and credentials are looked at before a request gets here (`bot.server`), as for every route.
_LOOKED_AT = TransportSecuritySettings(enable_dns_rebinding_protection=False)


def mcp_routes(server: MCPServer[object]) -> Sequence[BaseRoute]:
    """Streamable HTTP without sessions, so that any worker may answer."""
    routes = server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=_LOOKED_AT
    ).routes
    declare(routes, Needs(Scope.MCP))
    return routes
