"""LangChain embeddings: the embedded e5, sentence-transformers, or an OpenAI-compatible service, by one setting."""

from index.embeddings.choose import Model, open_model

__all__ = ["Model", "open_model"]
