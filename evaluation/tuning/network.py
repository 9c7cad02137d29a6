"""The embedded model as a PyTorch network: same numbers as the engine, with low-rank additions that can be learnt."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from index.embeddings.weights import Array, Weights

MATRICES = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")
# Tokens of a text that are read while learning: few passages are longer.
MOST_TOKENS = 140
_SPACE = "\u2581"
_UNKNOWN = 10.0  # how much rarer than the rarest piece an unknown character counts


class Tokenizer:
    """Cuts text into the pieces of the vocabulary, as the engine does: the likeliest way (Viterbi), word by word."""

    def __init__(self, weights: Weights) -> None:
        self._pieces, self._normal, self._scores = weights.pieces, weights.normal, weights.scores
        self._begin, self._end, self.padding, self._none = weights.special
        self._longest = max(map(len, self._pieces))
        self._unknown = float(weights.scores.min()) - _UNKNOWN
        self._words: dict[str, list[int]] = {}

    def __call__(self, text: str, *, question: bool) -> list[int]:
        """Ids of a text with the prefix of a question or a passage, at most `MOST_TOKENS`."""
        prefixed = f"{'query' if question else 'passage'}: {text}"
        normal = re.sub(" {2,}", " ", "".join(self._normal.get(letter, letter) for letter in prefixed))
        marked = (normal if normal.startswith(" ") else f" {normal}").replace(" ", _SPACE)
        ids = [one for word in re.findall(f"{_SPACE}*[^{_SPACE}]+|{_SPACE}+", marked) for one in self._word(word)]
        return [self._begin, *ids, self._end][:MOST_TOKENS]

    def _word(self, word: str) -> list[int]:
        if word not in self._words:
            self._words[word] = self._cut(word)
        return self._words[word]

    def _cut(self, word: str) -> list[int]:
        best = [0.0] + [-math.inf] * len(word)
        steps: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                piece = self._pieces.get(word[start:end])
                if piece is not None and piece != self._none:
                    score = best[start] + float(self._scores[piece])
                    if score > best[end]:
                        best[end], steps[end] = score, (start, piece)
            if best[start] + self._unknown > best[start + 1]:
                best[start + 1], steps[start + 1] = best[start] + self._unknown, (start, self._none)
        ids = []
        at = len(word)
        while at:
            at, piece = steps[at]
            ids.append(piece)
        return ids[::-1]


class Addition(nn.Module):
    """A low-rank addition to a matrix (LoRA, Hu et al. 2021); nothing at first."""

    def __init__(self, inputs: int, outputs: int, rank: int, scale: float) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.up = nn.Parameter(torch.zeros(outputs, rank))
        self._scale = scale

    def forward(self, x: Tensor) -> Tensor:
        """Add for inputs of shape (…, inputs)."""
        return functional.linear(functional.linear(x, self.down), self.up) * self._scale

    def matrix(self) -> Tensor:
        """What is added, as a whole matrix."""
        return self.up @ self.down * self._scale


class Layer(nn.Module):
    """One layer of the network: attention, then a step for each token alone."""

    def __init__(self, weights: Weights, number: int, rank: int, scale: float) -> None:
        super().__init__()
        self._heads, self._epsilon = weights.heads, weights.epsilon
        self.number = number
        self.fixed: dict[str, Tensor] = {}
        self.additions: dict[str, Addition] = {}
        self.biases: dict[str, nn.Parameter] = {}
        self.seen: Callable[[str, Tensor], None] | None = None  # told the inputs of each matrix
        for name in MATRICES:
            columns = weights.inner if name == "fo" else weights.hidden
            matrix = torch.from_numpy(weights.matrix(f"l{number}.{name}.w", columns))
            self.fixed[name] = matrix
            self.additions[name] = Addition(matrix.shape[1], matrix.shape[0], rank, scale)
            self.biases[name] = nn.Parameter(torch.tensor(weights.floats(f"l{number}.{name}.b")))
        for name in _NORMS:
            for kind in ("w", "b"):
                self.biases[f"{name}_{kind}"] = nn.Parameter(torch.tensor(weights.floats(f"l{number}.{name}.{kind}")))
        self._additions = nn.ModuleDict(self.additions)
        self._biases = nn.ParameterDict(self.biases)

    def _linear(self, name: str, x: Tensor) -> Tensor:
        if self.seen is not None:
            self.seen(f"l{self.number}.{name}.w", x)
        added: Tensor = self.additions[name](x)
        return functional.linear(x, self.fixed[name], self.biases[name]) + added

    def _norm(self, name: str, x: Tensor) -> Tensor:
        scale, shift = self.biases[f"{name}_w"], self.biases[f"{name}_b"]
        return functional.layer_norm(x, (x.shape[-1],), scale, shift, self._epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Of inputs of shape (texts, tokens, hidden); the mask is added to how much tokens attend to each other."""
        texts, tokens, hidden = x.shape
        q, k, v = (
            self._linear(name, x).view(texts, tokens, self._heads, -1).transpose(1, 2) for name in ("q", "k", "v")
        )
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(texts, tokens, hidden)
        x = self._norm("aln", x + self._linear("ao", attended))
        return self._norm("oln", x + self._linear("fo", functional.gelu(self._linear("fi", x))))


class Network(nn.Module):
    """Texts to unit vectors; `rank` of the additions, and the factor by which they count."""

    def __init__(self, weights: Weights, rank: int = 16, scale: float = 2.0) -> None:
        super().__init__()
        self.weights = weights
        self.tokenizer = Tokenizer(weights)
        self._words = weights.matrix("emb.word", weights.hidden)
        self._positions = torch.tensor(weights.floats("emb.pos").reshape(-1, weights.hidden))
        self._kind = torch.tensor(weights.floats("emb.type")[: weights.hidden])
        self._norm = [torch.tensor(weights.floats(f"emb.ln.{kind}")) for kind in ("w", "b")]
        self.layers = [Layer(weights, number, rank, scale) for number in range(weights.layers)]
        self._registered = nn.ModuleList(self.layers)
        self.mask = torch.zeros(0)  # of the last batch: which tokens are of a text

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """Vectors, shape (texts, hidden), of texts given as ids."""
        longest = max(map(len, texts))
        words = np.zeros((len(texts), longest, self.weights.hidden), np.float32)
        self.mask = torch.zeros(len(texts), longest)
        for row, ids in enumerate(texts):
            words[row, : len(ids)] = self._words[np.asarray(ids)]
            self.mask[row, : len(ids)] = 1
        x = torch.from_numpy(words) + self._positions[:longest] + self._kind
        x = functional.layer_norm(x, (x.shape[-1],), self._norm[0], self._norm[1], self.weights.epsilon)
        away = (1 - self.mask)[:, None, None, :] * -1e9
        for layer in self.layers:
            x = layer(x, away)
        mean = (x * self.mask[..., None]).sum(1) / self.mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=-1)

    def embed(self, texts: Sequence[Sequence[int]], batch: int = 24) -> Tensor:
        """The same in batches of texts of like length, in the order given."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        rows: dict[int, Tensor] = {}
        for start, end in pairwise([*range(0, len(order), batch), len(order)]):
            some = order[start:end]
            rows.update(zip(some, self([texts[at] for at in some]), strict=True))
        return torch.stack([rows[at] for at in range(len(texts))])

    def vectors(self, texts: Sequence[str], *, question: bool) -> Array:
        """The vectors of texts, nothing learnt from them."""
        with torch.no_grad():
            found: Array = self.embed([self.tokenizer(text, question=question) for text in texts], 48).numpy()
        return found
