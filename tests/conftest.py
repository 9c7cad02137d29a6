"""Shared fixtures: the product's corpus and index, and small corpora of a test's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import portalocker
import pytest

from bot import Assistant
from bot.settings import Settings
from evaluation.shared import SharedDataError, shared_folder
from index.build import build
from index.corpus import load_corpus
from index.directive import Directive
from index.library import Library
from index.settings import IndexSettings, default_corpus

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("DANVAN_") and name != "DANVAN_SHARED":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the public benchmarks; what needs it is skipped where it is not."""
    try:
        return shared_folder()
    except SharedDataError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def directives() -> dict[str, Directive]:
    return {directive.id: directive for directive in load_corpus(default_corpus())}


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Settings:
    """Settings with a built index of the product's corpus; of several test processes one builds, the others copy."""
    data = tmp_path_factory.mktemp("data")
    if worker_id == "master":
        build(Settings(data=data))
        return Settings(data=data)
    shared = tmp_path_factory.getbasetemp().parent / "built"
    with (shared.parent / "built.lock").open("a") as handle:
        portalocker.lock(handle, portalocker.LOCK_EX)
        build(Settings(data=shared))
    shutil.copytree(shared, data, dirs_exist_ok=True)
    return Settings(data=data)


@pytest.fixture(scope="session")
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Iterator[Assistant]:
    with Assistant(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def real_directives(shared: Path) -> Path:
    return shared / "data" / "real-directives"


ENTRY = """
[documents.{id}]
file = "{id}.txt"
province = "{province}"
level = "tỉnh"
issuer = "Ban Thường vụ Tỉnh ủy {province}"
status = "unverified"
provenance = "văn bản thử"
"""

SMALL = """CHỈ THỊ
về công tác thử nghiệm

Để thực hiện tốt công tác này, Ban Thường vụ Tỉnh ủy yêu cầu:

1. {first}

2. Các cơ quan báo cáo kết quả trước ngày 15 tháng 11 hằng năm.
"""


@pytest.fixture
def small_corpus(tmp_path: Path) -> Callable[..., IndexSettings]:
    """Writes a corpus of one-page directives, {id: first item}, and gives settings for it."""

    def write(texts: dict[str, str], province: str = "Thử Nghiệm") -> IndexSettings:
        corpus = tmp_path / "corpus"
        corpus.mkdir(exist_ok=True)
        for name, first in texts.items():
            (corpus / f"{name}.txt").write_text(SMALL.format(first=first), encoding="utf-8")
        entries = "".join(ENTRY.format(id=name, province=province) for name in texts)
        (corpus / "catalogue.toml").write_text(entries, encoding="utf-8")
        return IndexSettings(corpus=corpus, data=tmp_path / "data")

    return write
