"""The HTTP side: a real server on 127.0.0.1, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import threading
import time
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.telegram.botapi.calls import Call, CallLog
from tests.telegram.botapi.delivery import Delivery
from tests.telegram.botapi.errors import ApiError, bad_request, too_many_requests
from tests.telegram.botapi.faults import Fault, Faults, FloodLimits
from tests.telegram.botapi.methods import METHODS
from tests.telegram.botapi.parameters import Parameters, Upload
from tests.telegram.botapi.polling import Polling
from tests.telegram.botapi.world import World

LARGEST_BODY = 64 * 2**20
GRACE = 0.05
"""Seconds that calls under way have when the server stops; aiohttp takes 0 for ever."""
POLLING = "getUpdates"
COUNTED_FOR_FLOOD = frozenset(
    {"sendMessage", "sendDocument", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}
)


class Server:
    """Serves a world; after `stop` its port refuses connections, and `start` serves the same world there again."""

    def __init__(self, world: World, log: CallLog, faults: Faults) -> None:
        self._world = world
        self._log = log
        self._faults = faults
        self.flood_limits: FloodLimits | None = None
        self.port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stopping: asyncio.Event

    def start(self) -> None:
        if self._thread is not None:
            raise RuntimeError("the server runs already")
        ready = threading.Event()
        failure: list[BaseException] = []

        def run() -> None:
            try:
                asyncio.run(self._serve(ready))
            except BaseException as error:  # Whatever it is, whoever waits for the start has to see it.
                failure.append(error)
            finally:
                ready.set()

        self._thread = threading.Thread(target=run, name="Bot API server", daemon=True)
        self._thread.start()
        ready.wait()
        if failure:
            self._thread = None
            raise failure[0]

    def stop(self) -> None:
        """Ends every connection; nothing of the state is lost."""
        if self._thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._thread = None

    async def _serve(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._polling, delivery = Polling(self._world), Delivery(self._world)
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._answer)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._file)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=GRACE)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        delivering = asyncio.create_task(delivery.run())
        loop = self._loop

        def wake() -> None:
            loop.call_soon_threadsafe(self._polling.wake)
            loop.call_soon_threadsafe(delivery.wake)

        with self._world.lock:
            self._world.listeners.append(wake)
        ready.set()
        try:
            await self._stopping.wait()
        finally:
            with self._world.lock:
                self._world.listeners.remove(wake)
            delivering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await delivering
            await runner.cleanup()

    def _refused_token(self, request: web.Request) -> web.Response | None:
        token = request.match_info["token"]
        if token == self._world.token:
            return None
        well_formed = re.fullmatch(r"\d+:[\w-]+", token)
        return _json(ApiError(401, "Unauthorized") if well_formed else ApiError(404, "Not Found"))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if refused := self._refused_token(request):
            return refused
        with self._world.lock:
            found = next((file for file in self._world.files.values() if file.path == request.match_info["path"]), None)
        if found is None:
            return _json(ApiError(404, "Not Found"))
        return web.Response(body=found.content, content_type="application/octet-stream")

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if refused := self._refused_token(request):
            return refused
        name = request.match_info["method"]
        known = METHODS.get(name.lower(), (POLLING if name.lower() == POLLING.lower() else name, None))[0]
        try:
            given = await _parameters(request)
        except ApiError as error:
            return _json(error)
        with self._world.lock:
            call = Call(len(self._log.calls) + 1, known, given, time.monotonic())
            self._log.calls.append(call)
        fault = self._faults.pick(call)
        try:
            await self._run(call, fault)
            if fault is not None:
                await asyncio.sleep(fault.delay)
        except asyncio.CancelledError:
            call.outcome = "the bot hung up" if call.outcome == "under way" else call.outcome
            raise
        finally:
            self._world.tell()
        return _response(request, call, fault)

    async def _run(self, call: Call, fault: Fault | None) -> None:
        """Carries the call out, unless a fault forbids; fills in how it ended."""
        if fault is not None and not fault.accepts:
            call.error, call.outcome = fault.error, fault.name
            return
        try:
            self._check_flood(call)
            if call.method == POLLING:
                call.result = await self._polling.get_updates(call.given)
            else:
                with self._world.change():
                    call.result = _function(call.method)(self._world, call.given)
            call.accepted = True
        except ApiError as error:
            call.error = error
        call.outcome = str(call.error.code) if call.error else fault.name if fault else "ok"

    def _check_flood(self, call: Call) -> None:
        if self.flood_limits is None or call.method not in COUNTED_FOR_FLOOD or call.chat_id is None:
            return
        with self._world.lock:
            wait = self.flood_limits.wait(call.chat_id)
        if wait > 0:
            raise too_many_requests(int(wait) + 1)


def _function(name: str) -> Any:
    found = METHODS.get(name.lower())
    if found is None:
        raise ApiError(404, "Not Found")
    return found[1]


def _response(request: web.Request, call: Call, fault: Fault | None) -> web.StreamResponse:
    if fault is not None and fault.drops:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault is not None and fault.status:
        if fault.status == 500:
            return _json(ApiError(500, "Internal Server Error"))
        page = f"<html><head><title>{fault.status}</title></head><body><center>nginx</center></body></html>"
        return web.Response(status=fault.status, text=page, content_type="text/html")
    if call.error is not None:
        return _json(call.error)
    return web.json_response({"ok": True, "result": call.result})


def _json(error: ApiError) -> web.Response:
    return web.json_response(error.as_json(), status=error.code)


async def _parameters(request: web.Request) -> Parameters:
    """Query and body together, whatever form the body has."""
    given = Parameters(dict(request.query))
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise bad_request("can't parse the request body as JSON") from None
        if not isinstance(body, dict):
            raise bad_request("object expected as the request body")
        given.values |= body
        return given
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            with value.file as file:
                given.files[name] = Upload(value.filename, value.content_type, file.read())
        else:
            given.values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return given
