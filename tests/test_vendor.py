"""What is vendored is byte for byte what was fetched, with its licence, and is named in the notices."""

from __future__ import annotations

import pytest

from tests.conftest import REPOSITORY
from tools.vendor import SUMS, changed, packages


def test_no_vendored_file_was_changed() -> None:
    assert changed() == []


@pytest.mark.parametrize("package", packages(), ids=lambda one: one["name"])
def test_every_package_has_its_licence_and_nothing_else(package: dict[str, object]) -> None:
    folder = REPOSITORY / str(package["into"])
    listed = {line.split()[1] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()}
    assert "LICENSE" in listed
    assert {path.name for path in folder.iterdir()} == listed | {SUMS}
    notices = (REPOSITORY / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8")
    assert f"`{package['name']}` {package['version']}" in notices
