"""Opening Chroma: in a folder, or on a server.

Chroma's own way to a server, `chromadb.HttpClient`, waits for ever: it gives its connections no time limit and has no
setting for one. So the connections are ours; they also say in typed errors what is wrong.
"""

from __future__ import annotations

import json
import secrets
import threading
from pathlib import Path
from typing import Any, cast

import chromadb
import httpx
from chromadb.api.client import Client
from chromadb.api.fastapi import FastAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.config import System
from pydantic import BaseModel, SecretStr

from index.errors import VectorServerError, VectorServerRefusedError, VectorServerUnreachableError, VectorsLostError
from index.settings import IndexSettings

# Seconds to connect; for an answer while somebody waits; and for one while building or deleting.
_CONNECTING = 3.0
ASKING = 10.0
BUILDING = 60.0
# Chroma opens a path once per process and keeps a table of what is open without a lock of its own.
_opening = threading.Lock()


class ServerCollection(BaseModel):
    """The vectors of one generation on a Chroma server."""

    server: str  # its URL
    name: str
    folder: int  # inode of the generation's folder: a copy of the folder does not own the collection


def new_collection(server: str, generation: str, folder: Path) -> ServerCollection:
    """A collection for a generation that is built in `folder`, under a name that no other installation has."""
    return ServerCollection(
        server=server, name=f"danvan-{generation}-{secrets.token_hex(8)}", folder=folder.stat().st_ino
    )


def folder_client(folder: Path) -> Client:
    """Chroma in a folder, which is made where it is missing."""
    with _opening:
        settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
        return cast(Client, chromadb.PersistentClient(path=str(folder), settings=settings))


def server_client(server: str, token: SecretStr | None, seconds: float = ASKING) -> Client:
    """Chroma on a server; nothing is sent yet. Calls raise `VectorServerError`, where nothing comes after `seconds`."""
    return _ServerClient(_Connections(server, token, seconds))


def close(client: Client) -> None:
    """Let go of the folder, or of the connections."""
    with _opening:
        client.close()


def ask_server(settings: IndexSettings) -> None:
    """Raise a `VectorServerError` where the server that the settings name does not answer, or not to us."""
    if settings.chroma_url is not None:
        client = server_client(settings.chroma_url, settings.chroma_token)
        try:
            client.heartbeat()
        finally:
            close(client)


def drop(collection: ServerCollection, settings: IndexSettings) -> bool:
    """Delete a collection; False where it could not be done now, and may be tried again.

    A server that the settings no longer name is asked once, without the token, which is another server's.
    """
    named = collection.server == settings.chroma_url
    client = server_client(collection.server, settings.chroma_token if named else None, BUILDING)
    try:
        client.delete_collection(collection.name)
    except VectorsLostError:
        return True
    except VectorServerError:
        return not named
    finally:
        close(client)
    return True


class _Connections(httpx.Client):
    """HTTP to one server; whatever is no answer of a Chroma server is raised as a `VectorServerError`."""

    def __init__(self, server: str, token: SecretStr | None, seconds: float) -> None:
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token.get_secret_value()}"
        super().__init__(headers=headers, timeout=httpx.Timeout(seconds, connect=_CONNECTING))
        self.server = server

    def request(self, *args: Any, **kwargs: Any) -> httpx.Response:
        """Send a request; a body that an error comes with is not told, since a proxy may write anything into it."""
        try:
            response = super().request(*args, **kwargs)
        except httpx.HTTPError as error:
            raise VectorServerUnreachableError(self.server, str(error) or type(error).__name__) from error
        if response.status_code in (401, 403):
            raise VectorServerRefusedError(self.server, f"HTTP {response.status_code}")
        answer = _json(response)
        if response.status_code == 404 and isinstance(answer, dict) and answer.get("error") == "NotFoundError":
            raise VectorsLostError(self.server, "no such collection")
        if not response.is_success:
            raise VectorServerUnreachableError(self.server, f"HTTP {response.status_code}")
        if answer is None:
            raise VectorServerUnreachableError(self.server, "no answer of a Chroma server")
        return response


def _json(response: httpx.Response) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        return None


class _ServerClient(Client):
    """Chroma's client, in the default tenant and database, over connections of ours.

    The constructor of its base would open three connections of its own and ask for what is not needed.
    """

    def __init__(self, connections: _Connections) -> None:
        # The whole address is given as the host: a port of its own would be added to it otherwise.
        settings = ChromaSettings(
            anonymized_telemetry=False, chroma_server_host=connections.server, chroma_server_http_port=0
        )
        api = System(settings).instance(FastAPI)
        api._session.close()
        api._session = self._connections = connections
        self._server = api

    def close(self) -> None:
        self._connections.close()
