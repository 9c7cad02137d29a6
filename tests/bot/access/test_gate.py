"""In restricted mode nothing passes without a credential, and no key passes where its scope does not lead."""

from __future__ import annotations

import re

import httpx
import pytest
from fastapi import FastAPI

from bot.access.scopes import OF_KEYS, Scope
from bot.http.needs import Door, Needs, doors
from bot.server.app import create_app
from bot.settings import Settings
from tests.bot.access.conftest import Restricted

# A bot whose server does not answer: its webhook is there all the same.
BOT = {
    "telegram_token": "123:abc",
    "telegram_base_url": "http://127.0.0.1:9/bot",
    "telegram_webhook_url": "https://hoi.vn/telegram/webhook",
    "telegram_webhook_secret": "mot-bi-mat-thu-nghiem",
}
PUBLIC = {"/healthz", "/readyz", "/sign-in", "/static"}
REFUSALS = ("unauthorized", "too_many_requests")
OWN_SECRET = {"/telegram/webhook"}


def application() -> FastAPI:
    return create_app(Settings(access="restricted", **BOT))  # type: ignore[arg-type]


def every_door() -> list[tuple[str, str, Door]]:
    """Every route with every method, its parameters filled in."""
    found = []
    for door in doors(application()):
        path = re.sub(r"{[^}]+}", "x", door.path)
        for method in sorted(door.methods or {"GET", "POST", "DELETE"}):
            found.append((method, path + ("/x" if door.path == "/static" else ""), door))
    return found


DOORS = every_door()
NAMES = [f"{method} {path}" for method, path, _ in DOORS]


def test_the_walk_meets_page_api_and_mcp() -> None:
    assert {"GET /", "POST /ask", "POST /v1/ask", "POST /mcp", "GET /openapi.json", "GET /static/x"} <= set(NAMES)
    assert {"POST /v1/chat/completions", "POST /telegram/webhook", "GET /admin"} <= set(NAMES)


@pytest.mark.parametrize(("method", "path", "door"), DOORS, ids=NAMES)
def test_every_route_declares_what_it_needs(method: str, path: str, door: Door) -> None:
    assert door.needs, f"{method} {door.path} declares nothing: see bot/http/needs.py"
    assert {one.kind for one in door.needs} <= {"api", "page", "any", "public", "own secret"}
    public = all(one.is_public for one in door.needs)
    assert public == (door.path in PUBLIC | OWN_SECRET), "only these may be left open"


@pytest.mark.parametrize(("method", "path", "door"), DOORS, ids=NAMES)
def test_every_route_refuses_without_a_credential(service: Restricted, method: str, path: str, door: Door) -> None:
    with service.client() as client:
        response = client.request(method, path)
    if door.path in PUBLIC:
        assert response.status_code not in (401, 303)
    elif any(one.kind == "page" for one in door.needs):
        assert response.status_code == 303
        assert response.headers["location"].startswith("/sign-in")
    else:
        assert response.status_code in (401, 403), response.text
        if door.path not in OWN_SECRET:
            assert response.headers["www-authenticate"].startswith("Bearer")
        if method != "HEAD" and door.path not in OWN_SECRET:
            assert response.json()["code"] == "unauthorized"
            assert "Cần đăng nhập" in response.json()["detail"]


@pytest.mark.parametrize(("method", "path", "door"), DOORS, ids=NAMES)
def test_every_route_refuses_a_wrong_key(service: Restricted, method: str, path: str, door: Door) -> None:
    if door.path in PUBLIC | OWN_SECRET:
        pytest.skip("open")
    with service.client("danvan_" + "A" * 43) as client:
        response = client.request(method, path)
    assert response.status_code in (401, 429)
    assert "json" not in response.headers["content-type"] or method == "HEAD" or response.json()["code"] in REFUSALS


@pytest.mark.parametrize("scope", OF_KEYS)
def test_a_key_passes_where_its_scope_leads_and_nowhere_else(service: Restricted, scope: Scope) -> None:
    with service.client(service.key(scope)) as client:
        for method, path, door in DOORS:
            if door.path in PUBLIC | OWN_SECRET or method == "HEAD":
                continue
            response = client.request(method, path)
            refused = response.status_code == 403 and _code(response) == "forbidden"
            allowed = all(one.kind == "any" or (one.kind == "api" and one.scope == scope) for one in door.needs)
            assert refused != allowed, f"{method} {path} with {scope}: {response.status_code}"


def test_a_key_of_all_scopes_is_for_programs_and_no_page(service: Restricted) -> None:
    with service.client(service.key(*OF_KEYS)) as client:
        assert client.get("/").status_code == 403
        assert client.get("/v1/documents").status_code == 200


def test_an_address_that_is_not_there_tells_nothing_to_strangers(service: Restricted) -> None:
    with service.client() as client:
        assert client.get("/v1/none").json()["code"] == "unauthorized"
        assert client.get("/none", headers={"accept": "text/html"}).headers["location"] == "/sign-in?next=%2Fnone"
        assert client.put("/v1/ask").status_code == 401
    with service.client(service.key("read")) as client:
        assert client.get("/v1/none").status_code == 404
        assert client.get("/v1/documents/").status_code in (307, 404)


def test_a_route_that_declares_nothing_is_refused_to_everybody(own: Settings) -> None:
    import asyncio

    from bot.storage.records import open_records

    app = create_app(own.model_copy(update={"access": "restricted"}))

    @app.get("/forgotten")
    def forgotten() -> str:
        return "a secret"

    async def asked(key: str) -> httpx.Response:
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.get("/forgotten", headers={"authorization": f"Bearer {key}"})

    with open_records(own) as records:
        key = records.access.create_key("thử", list(OF_KEYS)).secret
    response = asyncio.run(asked(key))
    assert response.status_code == 403
    assert "secret" not in response.text


def test_other_forms_of_a_credential_are_none(service: Restricted) -> None:
    key = service.key("read")
    with service.client() as client:
        for given in (f"Basic {key}", key, "Bearer", f"Bearer {key[:-1]}", f"Bearer {key} {key}"):
            assert client.get("/v1/documents", headers={"authorization": given}).status_code in (401, 429), given
        assert client.get("/v1/documents", params={"key": key, "access_token": key}).status_code == 401
        assert client.get("/v1/documents", headers={"authorization": f"bearer {key}"}).status_code == 200
        assert client.get("/healthz", headers={"authorization": "Bearer x"}).status_code == 200


def test_only_telegram_may_send_more_than_others(service: Restricted) -> None:
    update = {"update_id": 77, "message": {"text": "a" * 200_000}}
    secret = {"X-Telegram-Bot-Api-Secret-Token": "mot-bi-mat-thu-nghiem"}
    wrong = {"X-Telegram-Bot-Api-Secret-Token": "mot-bi-mat-khac-han"}
    with service.client() as client:
        assert client.post("/telegram/webhook", json=update, headers=secret).status_code == 204
        for headers in (wrong, {}):
            assert client.post("/telegram/webhook", json=update, headers=headers).status_code == 413
        assert client.post("/sign-in", json=update, headers=secret).status_code == 413


def test_the_openapi_document_is_for_whoever_has_a_credential(service: Restricted) -> None:
    with service.client(service.key("metrics")) as client:
        assert client.get("/openapi.json").status_code == 200


def test_needs_are_held_again_at_the_route() -> None:
    """A second lock, should the gate and the router ever read an address differently."""
    app = FastAPI()
    from bot.http.needs import needs

    @app.get("/x", dependencies=[needs(Scope.READ)])
    def x() -> str:
        return "x"

    assert next(door for door in doors(app) if door.path == "/x").needs == (Needs(Scope.READ),)
    import asyncio

    from bot.http.problems import ProblemError

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
            return await client.get("/x")

    with pytest.raises(ProblemError, match="forbidden"):
        asyncio.run(asked())


def _code(response: httpx.Response) -> str:
    return response.json()["code"] if "json" in response.headers.get("content-type", "") else "forbidden"
