"""The MCP server inside the HTTP service, at `/mcp`."""

from __future__ import annotations

from collections.abc import Sequence

from mcp.server.mcpserver import MCPServer
from starlette.routing import BaseRoute

PATH = "/mcp"


def mcp_routes(server: MCPServer[object], host: str) -> Sequence[BaseRoute]:
    """Streamable HTTP without sessions, so that any worker may answer; `host`: address that the service listens on.

    On a loopback address only loopback names are taken for it: no page of another site reaches it by its own name.
    """
    return server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, host=host
    ).routes
