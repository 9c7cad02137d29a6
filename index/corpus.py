"""The corpus folder to directives: catalogue and files, decoded, made canonical, structured."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from index.catalogue import Entry, load_catalogue
from index.directive import Directive, Metadata
from index.errors import CorpusError, UnknownDocumentError
from index.facts.metadata import stated_metadata
from index.normalise import canonicalise
from index.readers import read
from index.structure import read_structure


def load_corpus(folder: Path) -> list[Directive]:
    """Read all directives that the folder's catalogue names, in its order.

    Raises `CorpusError` or `CatalogueError`; nothing is read in part.
    """
    if not folder.is_dir():
        raise CorpusError(folder, "the corpus folder does not exist")
    catalogue = load_catalogue(folder)
    return [read_directive(folder / entry.file, identity, entry) for identity, entry in catalogue.documents.items()]


def read_source(folder: Path, document_id: str) -> tuple[Directive, str]:
    """A directive with its decoded file, to compare them; raises `UnknownDocumentError`."""
    entries = load_catalogue(folder).documents
    if document_id not in entries:
        raise UnknownDocumentError(document_id, list(entries))
    entry = entries[document_id]
    path = folder / entry.file
    return read_directive(path, document_id, entry), read(path, entry.format).text


def read_directive(path: Path, identity: str, entry: Entry) -> Directive:
    """Read one file into a directive; the catalogue's entry completes what the text does not state."""
    decoded = read(path, entry.format)
    canonical = canonicalise(decoded.text, decoded.noise)
    structure = read_structure(canonical.text, canonical.anchors, canonical.notes)
    stated = stated_metadata(canonical.text, structure.parts)
    return Directive(
        id=identity,
        text=canonical.text,
        source_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        edits=canonical.edits,
        provisions=structure.provisions,
        anchors=structure.anchors,
        stated=stated,
        metadata=_completed(stated, entry),
        province=entry.province,
        level=entry.level,
        remarks=entry.remarks,
        provenance=entry.provenance,
        is_account=entry.is_account,
        warnings=canonical.warnings,
    )


def _completed(stated: Metadata, entry: Entry) -> Metadata:
    """The catalogue gives the issuer's full name; a text names its issuer in short, or not at all."""
    return replace(stated, issuer=entry.issuer)
