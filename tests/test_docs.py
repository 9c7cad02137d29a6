from __future__ import annotations

import hashlib
import re

import pytest

from bot import Assistant
from bot.reference import pages
from bot.rendering import render_answer
from bot.settings import Settings
from tests.conftest import REPOSITORY

SUPPLIED = {
    "da-nang-2108-qd-tu-2016": "5c5e90634eceb97c",
    "ha-tinh-ct-btv-thanh-uy": "2f017e2a86629b8b",
    "hai-duong-18-ct-ubnd-2016": "bc4b0f00fe8cdf9c",
    "nghe-an-04-da-tu-2021": "6712e7ab70d6fc9a",
    "phu-yen-nq-btv-tinh-uy": "df423a0681d1aeb9",
}


@pytest.mark.parametrize("page", sorted(pages()))
def test_generated_pages_are_what_the_program_says(page: str) -> None:
    assert (REPOSITORY / "docs" / page).read_text(encoding="utf-8") == pages()[page], "run: make docs"


def test_the_readme_shows_a_real_answer(assistant: Assistant) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"\$ \.venv/bin/danvan ask \"(.+?)\"\n(.+?)\n```", readme, re.DOTALL)
    assert shown is not None
    assert render_answer(assistant.ask(shown[1])) == shown[2]


def test_the_python_of_the_docs_runs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- run by tests/test_docs.py -->\n```python\n(.+?)```", page, re.DOTALL)
    assert shown is not None
    monkeypatch.setenv("DANVAN_DATA", str(settings.data))
    exec(shown[1], {})
    assert "chủ tịch UBND" in capsys.readouterr().out


def test_links_between_pages_lead_somewhere() -> None:
    for page in [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_corpus_is_byte_for_byte_as_supplied() -> None:
    """The hashes of the five files as they were supplied."""
    folder = REPOSITORY / "docs" / "directives"
    found = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in folder.glob("*.txt")}
    assert found == SUPPLIED
