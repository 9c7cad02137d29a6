"""`/v1/facts` over HTTP: typed rows and files."""

from __future__ import annotations

import httpx
import pytest
from pydantic import TypeAdapter

from bot.facts.models import (
    CountRow,
    DefinitionRow,
    DutyRow,
    HeadingRow,
    InconsistencyRow,
    MetadataFieldRow,
    MetadataRow,
    ReferenceRow,
)


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("metadata", MetadataRow),
        ("metadata?spans=true", MetadataFieldRow),
        ("references", ReferenceRow),
        ("definitions", DefinitionRow),
        ("outline", HeadingRow | CountRow),
        ("duties", DutyRow),
        ("inconsistencies", InconsistencyRow),
    ],
)
def test_every_row_is_of_its_type(client: httpx.Client, path: str, row: object) -> None:
    items = client.get(f"/v1/facts/{path}").json()["items"]
    assert items
    TypeAdapter(list[row]).validate_python(items)  # type: ignore[valid-type]


def test_duties_of_a_level_and_of_a_body_hold_those_of_all_levels(client: httpx.Client) -> None:
    every = client.get("/v1/facts/duties").json()["items"]
    commune = client.get("/v1/facts/duties", params={"level": "xã"}).json()["items"]
    committee = client.get("/v1/facts/duties", params={"body": "UBND xã"}).json()["items"]
    assert 0 < len(committee) < len(every)
    assert 0 < len(commune) < len(every)
    assert any("các cấp" in (duty["actor"] or "") for duty in committee)
    assert all((duty["actor"] or "") != "UBND tỉnh" for duty in committee)


def test_facts_are_served_as_rows_and_as_files(client: httpx.Client) -> None:
    items = client.get("/v1/facts/references", params={"document": "hai-duong-18-ct-ubnd-2016"}).json()["items"]
    assert {item["document_id"] for item in items} == {"hai-duong-18-ct-ubnd-2016"}
    for form, media in (("csv", "text/csv"), ("jsonl", "application/x-ndjson"), ("ics", "text/calendar")):
        response = client.get("/v1/facts/duties", params={"form": form})
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(media)
    assert client.get("/v1/facts/duties", params={"form": "xlsx"}).content[:2] == b"PK"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/facts/none", 404),
        ("/v1/facts/duties?document=none", 404),
        ("/v1/facts/references?form=ics", 422),
        ("/v1/facts/duties?form=pdf", 422),
    ],
)
def test_facts_that_are_not_there_are_problems(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
