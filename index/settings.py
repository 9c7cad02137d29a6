"""What indexing needs to know: where the corpus and the data are, and which model embeds."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field, SecretStr


def default_corpus() -> Path:
    """The corpus of this checkout, or the copy that an installed wheel carries."""
    package = Path(__file__).resolve().parent
    checkout = package.parent / "docs" / "directives"
    return checkout if checkout.is_dir() else package / "directives"


class IndexSettings(BaseModel):
    """Settings of the index; `bot.settings.Settings` adds the rest and reads `DANVAN_…` variables."""

    corpus: Path = Field(default_factory=default_corpus, description="Folder with the directives and catalogue.toml")
    data: Path = Field(default=Path(".danvan"), description="Writable folder for the index and its cache")
    embeddings: str = Field(
        default="embedded",
        description="embedded | sentence-transformers:<name or folder> | openai:<model>",
    )
    embeddings_url: str | None = Field(default=None, description="Base URL of an OpenAI-compatible embeddings service")
    embeddings_key: SecretStr | None = Field(default=None, description="Key of that service")
