"""What the file itself cannot tell: `docs/directives/catalogue.toml`, read and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from index.errors import CatalogueError
from index.tables import read_tables

CATALOGUE = "catalogue.toml"


class Entry(BaseModel):
    """One table `[documents.<id>]`. What the text states is not repeated here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(min_length=1, description="Name of the file, in the catalogue's folder")
    format: Literal["text", "markdown", "web"] | None = Field(default=None, description="Only where content misleads")
    province: str | None = Field(
        default=None,
        min_length=1,
        description="The province or city whose text it is, by its name at that time; none for a central body",
    )
    level: Literal["trung ương", "tỉnh", "huyện", "xã"] = Field(description="Level of the issuer")
    issuer: str = Field(min_length=1, description="Full name of the issuing body")
    status: Literal["in force", "ended", "unverified"] = Field(description="What is known of its validity")
    provenance: str = Field(min_length=1, description="Where the stored text is from")
    is_account: bool = Field(default=False, description="A page that introduces the document, not its full text")
    remarks: tuple[str, ...] = Field(default=(), description="What a reader must know, in Vietnamese")


class Catalogue(BaseModel):
    """The whole catalogue: document id to entry, in the order of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: dict[str, Entry] = Field(min_length=1)


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check a corpus folder's catalogue.

    Raises `CatalogueError` with file, table and key for anything missing, unknown, misspelt or of a wrong kind.
    """
    path = folder / CATALOGUE
    catalogue = read_tables(path, Catalogue, CatalogueError)
    for identity, entry in catalogue.documents.items():
        table = f"documents.{identity}"
        if not identity.isascii() or identity != identity.lower() or "/" in identity:
            raise CatalogueError(path, table, "", "an id holds small ASCII letters, digits and hyphens only")
        if Path(entry.file).name != entry.file:
            raise CatalogueError(path, table, "file", "names a path; the file stands in the catalogue's folder")
        if not (folder / entry.file).exists():
            raise CatalogueError(path, table, "file", f"{entry.file} does not exist in {folder}")
    return catalogue
