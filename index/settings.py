"""What indexing needs to know: where the corpus and the data are, and which model embeds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError


def default_corpus() -> Path:
    """The corpus of this checkout, or the copy that an installed wheel carries."""
    package = Path(__file__).resolve().parent
    checkout = package.parent / "docs" / "directives"
    return checkout if checkout.is_dir() else package / "directives"


def _server_url(value: str) -> str:
    """An address as `http://host:port`, without a slash at its end; what is wrong is told without the value."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in value) or parts.query or parts.fragment:
        raise PydanticCustomError("server_url", "is not an address as http://host:port")
    if "@" in parts.netloc:
        raise PydanticCustomError("server_url", "must hold no name or password; DANVAN_CHROMA_TOKEN takes a token")
    return value.rstrip("/")


def _token(value: SecretStr) -> SecretStr:
    """What may stand in a header."""
    if not all("!" <= character <= "~" for character in value.get_secret_value()):
        raise PydanticCustomError("token", "must be letters, digits and signs of ASCII, without spaces")
    return value


# A variable that is set to nothing is not set, as compose files and units write it.
_UNSET = BeforeValidator(lambda value: None if value == "" else value)


ServerUrl = Annotated[str, AfterValidator(_server_url)]
Token = Annotated[SecretStr, AfterValidator(_token)]


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
    chroma_url: Annotated[ServerUrl | None, _UNSET] = Field(
        default=None,
        description="http://host:port or https://host of a Chroma server that keeps the vectors; "
        "unset: they are in the data folder",
    )
    chroma_token: Annotated[Token | None, _UNSET] = Field(
        default=None, description="Token of that server, or of the proxy before it: sent as Authorization: Bearer"
    )
