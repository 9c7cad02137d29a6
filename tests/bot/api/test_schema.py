"""The OpenAPI document against the running service."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

METHODS = ("get", "post", "put", "delete", "patch")


def operations(address: str) -> list[tuple[str, dict[str, Any]]]:
    document = httpx.get(f"{address}/openapi.json").json()
    return [(path, item[method]) for path, item in document["paths"].items() for method in METHODS if method in item]


def test_every_operation_has_a_typed_success_and_typed_problems(address: str) -> None:
    for path, operation in operations(address):
        for status, response in operation["responses"].items():
            content = response["content"]
            assert content, (path, status)
            assert all(media["schema"] for media in content.values()), (path, status)
            if not status.startswith("2"):
                problem = content["application/problem+json"]
                assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert any(status.startswith("2") for status in operation["responses"])


# Besides schemathesis's own: a long address is refused before anybody reads what it asks for.
CHECKS = """
[checks]
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "406", "422", "428", "431", "5xx"]
positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "431", "5xx"]
"""


def test_schemathesis_finds_no_server_error_and_no_breach_of_the_schema(address: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"]
    (tmp_path / "schemathesis.toml").write_text(CHECKS)
    options = ["--checks", "all", "--max-examples", "25", "--seed", "5", "--no-color"]
    outcome = subprocess.run(
        [*command, *options], capture_output=True, text=True, cwd=tmp_path, check=False, timeout=400
    )
    assert outcome.returncode == 0, outcome.stdout[-6000:] + outcome.stderr[-2000:]
