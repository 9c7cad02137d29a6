"""A TOML file checked against a model; every fault is an error with file, table and key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from index.errors import TableError

Model = TypeVar("Model", bound=BaseModel)


def read_tables(path: Path, model: type[Model], fault: type[TableError]) -> Model:
    """Read a file into its model.

    Raises `fault` for a file that is missing, unreadable or no TOML, and for the first field that is unknown, missing,
    misspelt or of a wrong kind. Tables of a list are counted from 1, as a reader of the file counts: "ended.2".
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise fault(path, "", "", "the file does not exist") from None
    except (OSError, UnicodeDecodeError) as error:
        raise fault(path, "", "", f"cannot be read ({error})") from None
    except tomllib.TOMLDecodeError as error:
        raise fault(path, "", "", f"is not TOML ({error})") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        location = [str(part + 1) if isinstance(part, int) else part for part in problem["loc"]]
        depth = 2 if len(location) >= 3 else max(len(location) - 1, 0)
        raise fault(path, ".".join(location[:depth]), ".".join(location[depth:]), problem["msg"]) from None
