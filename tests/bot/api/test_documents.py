"""`/v1/documents` and `/v1/search`: texts, outlines, provisions, passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx

from index.directive import Directive


def units(outline: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for unit in outline:
        yield unit
        yield from units(unit["children"])


def test_texts_are_served_byte_for_byte(client: httpx.Client, directives: dict[str, Directive]) -> None:
    items = client.get("/v1/documents").json()["items"]
    assert [item["id"] for item in items] == list(directives)
    for identity, directive in directives.items():
        assert client.get(f"/v1/documents/{identity}/text").content.decode("utf-8") == directive.text


def test_every_unit_of_an_outline_is_a_provision_with_its_verbatim_text(
    client: httpx.Client, directives: dict[str, Directive]
) -> None:
    directive = next(iter(directives.values()))
    document = client.get(f"/v1/documents/{directive.id}").json()
    assert document["length"] == len(directive.text)
    found = list(units(document["outline"]))
    assert [unit["id"] for unit in found] == [provision.id for provision in directive.walk()]
    for unit in found[::7]:
        provision = client.get(f"/v1/documents/{directive.id}/provisions/{unit['id']}").json()
        said = "\n".join(directive.text[span["start"] : span["end"]] for span in provision["spans"])
        assert provision["text"] == said
        assert provision["citation_line"]


def test_what_is_not_stored_is_a_problem_with_its_own_code(client: httpx.Client) -> None:
    known = client.get("/v1/documents").json()["items"][0]["id"]
    for path, code in (
        ("/v1/documents/none", "unknown_document"),
        ("/v1/documents/none/text", "unknown_document"),
        (f"/v1/documents/{known}/provisions/none", "unknown_provision"),
        ("/v1/search?q=x&document=none", "unknown_document"),
    ):
        response = client.get(path)
        assert (response.status_code, response.json()["code"]) == (404, code)


def test_search_gives_verbatim_passages_of_what_is_asked_for(
    client: httpx.Client, directives: dict[str, Directive]
) -> None:
    chosen = {"q": "báo cáo kết quả", "k": "3", "province": "Hải Dương"}
    items = client.get("/v1/search", params=chosen).json()["items"]
    assert 0 < len(items) <= 3
    for item in items:
        assert item["province"] == "Hải Dương"
        assert item["quote"] == directives[item["document_id"]].text[item["start"] : item["end"]]
    assert client.get("/v1/search", params={"q": "…"}).json()["items"] == []
