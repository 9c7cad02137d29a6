"""All facts of a set of directives, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence

from index.directive import Directive, Kind
from index.facts.definitions import motto_variants, read_definitions
from index.facts.duties import read_duties
from index.facts.inconsistencies import find_inconsistencies
from index.facts.metadata import metadata_fields
from index.facts.outline import read_counts, read_outline
from index.facts.records import Facts, MetadataField
from index.facts.references import read_references
from index.structure import read_structure


def read_facts(directives: Sequence[Directive]) -> Facts:
    """Read every kind of fact; each record stands in the order of its directive and of the text."""
    references = [reference for directive in directives for reference in read_references(directive)]
    definitions = [definition for directive in directives for definition in read_definitions(directive)]
    return Facts(
        metadata=tuple(field for directive in directives for field in _metadata(directive)),
        references=tuple(references),
        definitions=tuple(motto_variants(definitions)),
        outline=tuple(entry for directive in directives for entry in read_outline(directive)),
        counts=tuple(count for directive in directives for count in read_counts(directive)),
        duties=tuple(duty for directive in directives for duty in read_duties(directive)),
        inconsistencies=tuple(find_inconsistencies(references, {d.id: d.province or "" for d in directives})),
    )


def _metadata(directive: Directive) -> list[MetadataField]:
    notes = tuple(span.start for one in directive.walk() if one.kind is Kind.NOTE for span in one.spans[:1])
    return metadata_fields(directive, read_structure(directive.text, notes=notes).parts)
