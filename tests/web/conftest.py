"""Real pages: a server process on loopback, and Debian's Chromium, without which these tests are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.settings import Settings
from index.build import build
from index.directive import Directive
from index.library import Library
from tests.conftest import ENTRY
from tools.browser import chromium, has_chromium, serving

# The machine may be busy with other things.
expect.set_options(timeout=30_000)
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="package")
def site(settings: Settings) -> Iterator[str]:
    """The product's own corpus."""
    with serving(settings) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if not has_chromium():
        pytest.skip("Chromium is missing (apt-get install chromium)")
    with chromium() as opened:
        yield opened


@dataclass
class Tabs:
    """Opens pages and remembers what a browser complains of."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, **options: Any) -> Page:
        """A page in a context of its own: nothing is remembered from another."""
        context = self.browser.new_context(**({"reduced_motion": "reduce"} | options))
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on("console", self._console)
        if options.get("java_script_enabled", True):
            page.expose_function("reportViolation", lambda text: self.complaints.append(f"policy: {text}"))
            page.add_init_script(
                "document.addEventListener('securitypolicyviolation', e => reportViolation("
                "`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"
            )
        return page

    def _console(self, message: Any) -> None:
        # A page that says "not found" is one; the browser says so too.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Tabs]:
    """Pages; afterwards no script may have failed and no policy have been broken."""
    opened = Tabs(browser)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.complaints == []


@pytest.fixture(scope="package")
def own_corpus(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], Settings]:
    """Builds an index of directives of a test's own, {id: whole text}."""

    def make(texts: dict[str, str], province: str = "Thử Nghiệm") -> Settings:
        folder = tmp_path_factory.mktemp("own")
        corpus = folder / "corpus"
        corpus.mkdir()
        for name, text in texts.items():
            (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
        entries = "".join(ENTRY.format(id=name, province=province) for name in texts)
        (corpus / "catalogue.toml").write_text(entries, encoding="utf-8")
        settings = Settings(corpus=corpus, data=folder / "data")
        build(settings)
        return settings

    return make


def directives_of(settings: Settings) -> dict[str, Directive]:
    """What a built index holds."""
    with Library.open(settings) as library:
        return dict(library.directives)


def ask(page: Page, question: str, nth: int = 1) -> None:
    """Ask in the box and wait for the answer."""
    page.fill("[data-question]", question)
    page.press("[data-question]", "Control+Enter")
    page.wait_for_selector(f"#_hoi-{nth}")
