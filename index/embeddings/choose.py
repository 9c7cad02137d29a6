"""From the setting `DANVAN_EMBEDDINGS` to a model."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from langchain_core.embeddings import Embeddings

from index.errors import EmbeddingsError
from index.settings import IndexSettings

_KINDS = "embedded, sentence-transformers:<name or folder>, openai:<model>"


@dataclass(frozen=True, slots=True)
class Model:
    """Embeddings and the fingerprint under which their vectors are cached and compared."""

    embeddings: Embeddings
    fingerprint: str


def open_model(settings: IndexSettings) -> Model:
    """Open the model that the settings name.

    Raises `EmbeddingsError` saying what to install or set where it is not there.
    """
    spec = settings.embeddings.strip()
    kind, _, name = spec.partition(":")
    if kind == "embedded" and not name:
        from index.embeddings import embedded

        return Model(embedded.EmbeddedE5(), embedded.fingerprint())
    if kind == "sentence-transformers" and name:
        _require(spec, "langchain_huggingface", "models")
        from index.embeddings import local

        return Model(local.open_local(spec, name), f"sentence-transformers:{name}")
    if kind == "openai" and name:
        _require(spec, "langchain_openai", "openai")
        from index.embeddings import hosted

        return Model(hosted.open_hosted(spec, name, settings), f"openai:{name}@{settings.embeddings_url or 'openai'}")
    raise EmbeddingsError(spec, "is not a known kind", f"set DANVAN_EMBEDDINGS to one of: {_KINDS}")


def _require(spec: str, module: str, extra: str) -> None:
    if find_spec(module) is None:
        raise EmbeddingsError(
            spec, f"the package {module} is not installed", f'run: pip install "danvan-assistant[{extra}]"'
        )
