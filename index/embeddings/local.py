"""sentence-transformers models, by name or folder, through langchain-huggingface (extra `models`)."""

from __future__ import annotations

from pathlib import Path

from langchain_core.embeddings import Embeddings

from index.errors import EmbeddingsError


def open_local(spec: str, name: str) -> Embeddings:
    """Open a model from a folder or by its name; raises `EmbeddingsError` where it cannot be loaded."""
    from langchain_huggingface import HuggingFaceEmbeddings

    if name.startswith((".", "/", "~")):
        folder = Path(name).expanduser()
        if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
            raise EmbeddingsError(spec, f"{folder} holds no model", "name a folder that sentence-transformers saved")
        name = str(folder)
    try:
        return HuggingFaceEmbeddings(model_name=name, encode_kwargs={"normalize_embeddings": True})
    except Exception as error:  # hub, file and configuration errors have no common type
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise EmbeddingsError(
            spec, f"cannot be loaded ({first})", "download the model to a folder and name that folder"
        ) from error
