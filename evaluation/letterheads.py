"""The reader on real documents that nobody wrote it for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from evaluation.gold import GOLD
from index.directive import Metadata, Provision
from index.facts.metadata import stated_metadata
from index.normalise import canonicalise
from index.readers import read
from index.structure import read_structure

FIELDS = ("number", "type", "issued_on", "issuer")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of one document, and which fields of its letterhead agree with a person's reading."""

    name: str
    text: str
    provisions: tuple[Provision, ...]
    metadata: Metadata
    right: tuple[str, ...]

    @property
    def lost(self) -> int:
        """Visible characters of the canonical text that no provision holds."""
        held: set[int] = set()
        for provision in self.walk():
            for span in provision.spans:
                held.update(range(span.start, span.end))
        return sum(not character.isspace() and offset not in held for offset, character in enumerate(self.text))

    @property
    def longest(self) -> int:
        """The longest own text of a provision, in characters."""
        return max(provision.own_length() for provision in self.walk())

    def walk(self) -> list[Provision]:
        """All provisions."""
        return [inner for provision in self.provisions for inner in provision.walk()]


def read_real(folder: Path) -> list[Reading]:
    """Read the documents of the gold table from a folder of text files."""
    gold = tomllib.loads((GOLD / "letterheads.toml").read_text(encoding="utf-8"))
    readings = []
    for name, expected in gold.items():
        decoded = read(folder / f"{name}.txt")
        canonical = canonicalise(decoded.text, decoded.noise)
        structure = read_structure(canonical.text, canonical.anchors, canonical.notes)
        metadata = stated_metadata(canonical.text, structure.parts)
        right = tuple(field for field in FIELDS if getattr(metadata, field) == expected[field])
        readings.append(Reading(name, canonical.text, structure.provisions, metadata, right))
    return readings


def letterheads_report(folder: Path) -> str:
    """One row a document."""
    lines = ["| document | right of 4 | provisions | longest own text | lost characters |", "|---|---|---|---|---|"]
    readings = read_real(folder)
    for one in readings:
        lines.append(f"| {one.name} | {len(one.right)} | {len(one.walk())} | {one.longest} | {one.lost} |")
    whole = sum(len(one.right) == len(FIELDS) for one in readings)
    return "\n".join([*lines, "", f"All four fields right: {whole} of {len(readings)}"])
