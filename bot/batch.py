"""Questions in a file, answers in a file: JSON Lines, a line for a line."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answering.answer import Answer, Conversation
from bot.answering.assistant import Assistant
from index.errors import UnusableFileError
from index.settings import IndexSettings


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int
    question: str | None = None
    turns: tuple[str, ...] | None = None


def answer_file(settings: IndexSettings, questions: Path, answers: Path) -> int:
    """Answer every line; all lines are read and checked before the first is answered. Returns how many."""
    lines = list(_read(questions))
    with Assistant(settings) as assistant:
        try:
            with answers.open("w", encoding="utf-8") as output:
                for line in lines:
                    output.write(json.dumps(_answer(assistant, line), ensure_ascii=False) + "\n")
        except OSError as error:
            raise UnusableFileError(answers, None, f"cannot be written ({error.strerror})") from None
    return len(lines)


def _answer(assistant: Assistant, line: _Line) -> dict[str, object]:
    if line.turns is None:
        return {"id": line.id, **assistant.ask(line.question or "").model_dump(mode="json")}
    conversation = Conversation(id=str(uuid.uuid4()))
    said: list[Answer] = []
    for turn in line.turns:
        said.append(assistant.ask(turn, conversation=conversation))
        conversation = conversation.model_copy(update={"turns": tuple(said)})
    return {"id": line.id, "answers": [answer.model_dump(mode="json") for answer in said]}


def _read(path: Path) -> Iterator[_Line]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableFileError(path, None, "is not UTF-8 text") from None
    except OSError as error:
        raise UnusableFileError(path, None, f"cannot be read ({error.strerror})") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = _Line.model_validate_json(line)
        except ValidationError as error:
            raise UnusableFileError(path, number, error.errors(include_url=False)[0]["msg"]) from None
        if (record.question is None) == (record.turns is None):
            raise UnusableFileError(path, number, "holds neither one question nor turns")
        yield record
