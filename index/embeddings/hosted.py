"""An OpenAI-compatible embeddings service, through langchain-openai (extra `openai`)."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from index.errors import EmbeddingsError
from index.settings import IndexSettings

_SECONDS = 30


def open_hosted(spec: str, model: str, settings: IndexSettings) -> Embeddings:
    """Open a service; a key is needed only for OpenAI's own. Failures of a call are raised as `EmbeddingsError`."""
    if settings.embeddings_key is None and settings.embeddings_url is None:
        raise EmbeddingsError(spec, "has no key", "set DANVAN_EMBEDDINGS_KEY, or DANVAN_EMBEDDINGS_URL of a service")
    return HostedEmbeddings(spec, model, settings)


class HostedEmbeddings(Embeddings):
    """Embeds over HTTP; texts are sent as they are, not cut into tokens, since only OpenAI's own models share its."""

    def __init__(self, spec: str, model: str, settings: IndexSettings) -> None:
        from langchain_openai import OpenAIEmbeddings

        self._spec, self._where = spec, settings.embeddings_url or "OpenAI"
        self._client = OpenAIEmbeddings(
            model=model,
            base_url=settings.embeddings_url,
            api_key=settings.embeddings_key or SecretStr("none"),
            check_embedding_ctx_length=False,
            timeout=_SECONDS,
            max_retries=2,
        )

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self.embed_documents([text])[0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages, in their order."""
        from openai import OpenAIError

        try:
            return self._client.embed_documents(texts)
        except OpenAIError as error:
            raise EmbeddingsError(
                self._spec, f"{self._where} failed ({error})", "check DANVAN_EMBEDDINGS_URL, _KEY and the model's name"
            ) from error
