"""Checks of an installation, each with what to do where it fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from bot import command_texts
from bot.answering.assistant import Assistant
from bot.error_messages import describe
from bot.settings import Settings
from bot.storage.records import open_records
from index.chroma import ask_server
from index.corpus import load_corpus
from index.embeddings import open_model
from index.errors import DanvanError, DataFolderError


@dataclass(frozen=True, slots=True)
class Check:
    """One check and its outcome."""

    name: str
    passed: bool
    detail: str
    remark: str | None = None  # what should be otherwise though it works


def examine(load: Callable[[], Settings]) -> list[Check]:
    """Check settings, corpus, data folder, model, Chroma server, index and records, each by using it.

    Later checks need the earlier ones. A server is looked at where the settings name one.
    """
    checks = [Check(command_texts.CHECK_PYTHON, sys.version_info >= (3, 11), sys.version.split()[0])]
    try:
        settings = load()
    except DanvanError as error:
        return [*checks, Check(command_texts.CHECK_SETTINGS, False, describe(error))]
    steps: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        (command_texts.CHECK_CORPUS, _corpus),
        (command_texts.CHECK_DATA, _data),
        (command_texts.CHECK_MODEL, _model),
        *(((command_texts.CHECK_CHROMA, _chroma),) if settings.chroma_url else ()),
        (command_texts.CHECK_INDEX, _index),
        (command_texts.CHECK_RECORDS, _records),
    )
    return [*checks, *(_check(name, step, settings) for name, step in steps), *_remarks(settings)]


def _check(name: str, step: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, step(settings))
    except DanvanError as error:
        return Check(name, False, describe(error))


def _corpus(settings: Settings) -> str:
    return command_texts.corpus_read(len(load_corpus(settings.corpus)), str(settings.corpus))


def _data(settings: Settings) -> str:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(settings.data, error.strerror or str(error)) from None
    if not os.access(settings.data, os.W_OK | os.X_OK):
        raise DataFolderError(settings.data, "no right to write")
    return str(settings.data)


def _model(settings: Settings) -> str:
    model = open_model(settings)
    return command_texts.model_works(model.fingerprint, len(model.embeddings.embed_query("công tác dân vận")))


def _chroma(settings: Settings) -> str:
    ask_server(settings)
    return command_texts.chroma_answers(str(settings.chroma_url))


def _index(settings: Settings) -> str:
    with Assistant(settings) as assistant, assistant.library.use() as library:
        return command_texts.built(library.manifest.documents, library.manifest.passages)


def _records(settings: Settings) -> str:
    with open_records(settings) as records:
        return command_texts.records_work(records.place, records.check(), settings.retention_days)


def _remarks(settings: Settings) -> list[Check]:
    if settings.database_url is None or settings.secret is not None:
        return []
    return [Check(command_texts.CHECK_SECRET, True, "", command_texts.SECRET_IS_LOCAL)]
