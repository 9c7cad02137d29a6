"""The reference tables of facts, as they are or altered together with their directives."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from evaluation.gold import GOLD, locate
from index.directive import Directive, Span
from index.normalise.edits import OffsetMap

Row = dict[str, Any]
Alter = Callable[[str, str], str]  # (document id, text) -> text


def load_facts_gold(kind: str, document_ids: Iterable[str], alter: Alter | None = None) -> list[Row]:
    """The rows of one kind for the given directives; `alter` changes every text in them as it changed the directive."""
    lines = (GOLD / "facts" / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = set(document_ids)
    rows = [row for row in map(json.loads, lines) if row["document_id"] in wanted]
    return [_altered(row, row["document_id"], alter) for row in rows] if alter else rows


def quoted(row: Row, directive: Directive) -> list[Span]:
    """Where a row's quotations stand: by their words, or by offsets in the file where its text is not ours to copy.

    Marks that the canonical text has not (lost footnotes, markup) are left out of a quotation.
    """
    if "source" in row or "sources" in row:
        offsets = OffsetMap(directive.edits)
        ranges = row.get("sources") or [row["source"]]
        return [Span(offsets.canonical_of(start), offsets.canonical_of(end)) for start, end in ranges]
    quotes = row.get("quotes") or [row["quote"]]
    return [locate(re.sub(r"\(\s*\)|\*\*", "", quote), directive) for quote in quotes]


def _altered(value: Any, document_id: str, alter: Alter) -> Any:
    if isinstance(value, str):
        return alter(document_id, value)
    if isinstance(value, list):
        return [_altered(item, document_id, alter) for item in value]
    if isinstance(value, dict):
        inner = value.get("document_id", document_id)
        changed = {
            key: item if key in ("document_id", "kind", "id", "unit") else _altered(item, inner, alter)
            for key, item in value.items()
        }
        if changed.get("unit") == "%" and value.get("value") is not None:
            changed["value"] = float(alter(document_id, f"{value['value']:g}%").rstrip("%"))
        if value.get("quarter"):
            year, quarter = value["quarter"].split("-")
            changed["quarter"] = f"{alter(document_id, year)}-{quarter}"
        if isinstance(changed.get("year"), int):
            changed["year"] = int(alter(document_id, str(changed["year"])))
        return changed
    return value
