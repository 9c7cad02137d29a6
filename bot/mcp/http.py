"""The MCP server inside the HTTP service, at `/mcp`."""

from __future__ import annotations

from collections.abc import Sequence

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import BaseRoute, Route

from bot.access.scopes import Scope
from bot.http.needs import Needs, declare

PATH = "/mcp"
# Names, other sites' pages and credentials are looked at before a request gets here (`bot.server`), as for every route.
_LOOKED_AT = TransportSecuritySettings(enable_dns_rebinding_protection=False)


def mcp_routes(server: MCPServer[object]) -> Sequence[BaseRoute]:
    """Streamable HTTP without sessions, so that any worker may answer.

    POST only: without a session nothing is ever sent on a GET, which would hold its place for good, and there is
    nothing to DELETE. Clients know 405 as the answer of a server without such a stream.
    """
    app = server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=_LOOKED_AT
    )
    routes = [Route(PATH, route.endpoint, methods=["POST"]) for route in app.routes if isinstance(route, Route)]
    declare(routes, Needs(Scope.MCP))
    return routes
