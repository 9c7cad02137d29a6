"""Every dependency is accounted for, and so is everything that ships."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata

import pytest

from tests.conftest import REPOSITORY
from tools.sbom import with_vendored
from tools.vendor import packages

PAGE = (REPOSITORY / "docs" / "dependencies.md").read_text(encoding="utf-8")
# What a package itself says, in the words of the page.
SAID = {"Apache": "Apache", "MIT": "MIT", "BSD": "BSD", "LGPL": "LGPL", "MPL": "MPL", "Python Software": "PSF"}


def listed(heading: str) -> dict[str, str]:
    """Package to licence, of the table under a heading."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    assert all(len(why) > 10 and who for _, why, who, _ in rows)
    assert len(rows) == len({name for name, *_ in rows})
    return {name: licence for name, _, _, licence in rows}


def names(requirements: list[str]) -> set[str]:
    found = {re.match(r"[\w.-]+", one)[0].lower() for one in requirements}  # type: ignore[index]
    return found - {"danvan-assistant"}


def test_every_direct_dependency_is_listed_and_none_is_left_over() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    development = extras.pop("dev")
    assert set(listed("What every installation has")) == names(project["dependencies"])
    assert set(listed("Extras")) == names([one for extra in extras.values() for one in extra])
    assert set(listed("For development only")) == names(development)
    for extra, required in extras.items():
        for name in names(required):
            assert f"| `{name}` | `{extra}`:" in PAGE


def test_every_vendored_package_is_listed_and_none_is_left_over() -> None:
    assert listed("Vendored from npm") == {one["name"]: one["licence"] for one in packages()}


@pytest.mark.parametrize("heading", ["What every installation has", "Extras", "For development only"])
def test_licences_are_what_the_packages_say(heading: str) -> None:
    for name, licence in listed(heading).items():
        told = metadata(name)
        said = " ".join(
            [told.get("License-Expression") or "", told.get("License") or ""]
            + [one for one in told.get_all("Classifier") or [] if one.startswith("License")]
        )
        kinds = {kind for word, kind in SAID.items() if word in said}
        assert any(kind in licence for kind in kinds), f"{name}: the page says {licence}, the package {said[:80]!r}"


def test_every_direct_dependency_is_pinned() -> None:
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    every = {**listed("What every installation has"), **listed("Extras"), **listed("For development only")}
    assert set(every) <= pinned


def test_the_bill_of_materials_holds_what_the_page_ships() -> None:
    root = {"bom-ref": "danvan-assistant"}
    bill = {
        "metadata": {"component": root},
        "components": [{"bom-ref": "fastapi==1"}],
        "dependencies": [{"ref": "danvan-assistant", "dependsOn": ["fastapi==1"]}, {"ref": "fastapi==1"}],
    }
    made = with_vendored(bill)
    added = {one["name"]: one for one in made["components"][1:]}
    assert set(added) == {one["name"] for one in packages() if one["into"].startswith("bot/")}
    assert "axe-core" not in added
    htmx = added["htmx.org"]
    assert htmx["purl"].startswith("pkg:npm/htmx.org@")
    assert {one["name"] for one in htmx["components"]} >= {"htmx.min.js"}
    assert all(len(one["hashes"][0]["content"]) == 64 for one in htmx["components"])
    assert htmx["bom-ref"] in made["dependencies"][0]["dependsOn"]
    assert "fastapi==1" in made["dependencies"][0]["dependsOn"]
