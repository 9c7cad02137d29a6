"""What identifies a directive, read from the text with its spans; the catalogue adds the rest, marked so."""

from __future__ import annotations

from collections.abc import Mapping

from index.directive import Directive, Metadata
from index.facts.metadata.foot import read_foot, read_recipients, read_stamp
from index.facts.metadata.head import read_announcement, read_head
from index.facts.metadata.issuer import read_issuer
from index.facts.metadata.place import read_place
from index.facts.metadata.stated import Stated
from index.facts.records import MetadataField
from index.structure.zones import Part

__all__ = ["Stated", "metadata_fields", "read_fields", "stated_metadata"]

_IDENTITY = ("type", "number", "issued_on", "issuer", "title", "attached", "attached_type")


def read_fields(text: str, parts: tuple[Part, ...]) -> list[tuple[str, Stated]]:
    """Everything that the text states of itself: (name, value with spans); recipients repeat."""
    main = parts[0]
    found = read_head(parts) if main.type_name else read_announcement(main)
    if main.type_name and (issuer := read_issuer(text, parts)):
        found["issuer"] = issuer
    found |= read_place(text, main, found.get("issuer")) | read_foot(main) | read_stamp(main)
    return [*found.items(), *(("recipient", recipient) for recipient in read_recipients(main))]


def stated_metadata(text: str, parts: tuple[Part, ...]) -> Metadata:
    """The identity that the text itself states; None for what it does not."""
    found = {name: stated.value for name, stated in read_fields(text, parts) if name in _IDENTITY}
    return Metadata(**found)


def metadata_fields(directive: Directive, parts: tuple[Part, ...]) -> list[MetadataField]:
    """All fields of a directive, those of the text with their spans, then what the catalogue adds."""
    stated = read_fields(directive.text, parts)
    fields = [MetadataField(directive.id, name, one.value, "text", one.spans) for name, one in stated]
    names = {name for name, _ in stated}
    added: Mapping[str, str | None] = {
        "issuer": directive.metadata.issuer,
        "province": directive.province,
        "level": directive.level,
    }
    for name, value in added.items():
        if value and (name not in names or name == "issuer"):
            fields.append(MetadataField(directive.id, name, value, "catalogue"))
    return fields
