"""Tune the embedded model: a question near the passage that answers it, far from the passages beside it."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional

from bot.answering.assistant import Assistant
from bot.question.question import understand
from bot.settings import Settings
from evaluation.tuning.network import Network
from evaluation.tuning.packing import packed
from evaluation.tuning.questions import APART, Example, examples
from index.embeddings.tuned import BASE, BASE_FILE, DIGEST, LAYERS, base_digest
from index.embeddings.weights import Array, Weights

_BATCH, _HARD, _HARDEST = 16, 2, 8
_RATE, _WARM, _DECAY, _CLIP = 3e-4, 0.1, 0.01, 1.0
_TEMPERATURE = 0.03
_ABSOLUTE = 0.5  # the weight of the second aim
_AS_TYPED = 0.15  # of the questions are taken as they were typed, the others as the product reads them
_LOOKED_AT = (300, 600)  # questions and passages that show the usual inputs when the layers are packed


def learn(
    settings: Settings, shared: Path, epochs: int, most: int | None = None, write: Path = LAYERS
) -> Iterator[str]:
    """Tune, pack and write the layers; yields lines to read on the way. `most` takes only so many examples."""
    torch.manual_seed(0)
    every = examples(shared)
    read = _as_read(settings, every)
    apart = [one for one in every if one.folder == APART]
    used = [one for one in every if one.folder != APART][:most]
    if most is not None:
        apart = apart[:most]
    base = Weights.parse(BASE_FILE.read_bytes())
    network = Network(base)
    learner = _Learner(network, read, max(1, len(used) // _BATCH) * epochs)
    yield f"{len(used)} questions to learn from, {len(apart)} apart; before: {_measure(network.vectors, read, apart)}"
    for epoch in range(epochs):
        began = time.monotonic()
        loss = learner.epoch(used)
        measured = _measure(network.vectors, read, apart)
        yield f"epoch {epoch + 1}: loss {loss:.3f}; {measured} ({(time.monotonic() - began) / 60:.0f} min)"
    chosen = random.Random(0)
    questions = chosen.sample(used, min(_LOOKED_AT[0], len(used)))
    passages = chosen.sample(used, min(_LOOKED_AT[1], len(used)))
    texts = [network.tokenizer(read[one.question], question=True) for one in questions]
    texts += [network.tokenizer(one.part, question=False) for one in passages]
    _write(write, base, packed(network, texts))
    yield f"written: {write.stat().st_size / 1e6:.1f} MB"


def _as_read(settings: Settings, every: Sequence[Example]) -> dict[str, str]:
    """Each question as the product embeds it: with its diacritics, without chat spelling."""
    with Assistant(settings) as assistant, assistant.library.use() as library:
        return {one.question: understand(one.question, library).searched for one in every}


class _Learner:
    """Two aims: among all passages of a batch the right one is nearest; and near alone means right, far wrong."""

    def __init__(self, network: Network, read: dict[str, str], steps: int) -> None:
        self._network, self._read, self._random = network, read, random.Random(0)
        self._line = nn.Parameter(torch.tensor([20.0, -17.0]))  # from a cosine to log-odds
        self._learnt = list(network.parameters())
        self._optimizer = torch.optim.AdamW([*self._learnt, self._line], lr=_RATE, weight_decay=_DECAY)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min(1.0, (step + 1) / (steps * _WARM)) * max(0.02, 1 - step / steps)
        )

    def epoch(self, used: Sequence[Example]) -> float:
        """Go once through the examples; the mean loss."""
        hard = _hardest(self._network, self._read, used)
        order = self._random.sample(range(len(used)), len(used))
        losses = []
        for start in range(0, max(1, len(order) - _BATCH + 1), _BATCH):
            some = order[start : start + _BATCH]
            loss = self._loss([used[at] for at in some], [hard[at] for at in some])
            self._optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self._learnt, _CLIP)
            self._optimizer.step()
            self._schedule.step()
            losses.append(loss.item())
        return float(np.mean(losses))

    def _loss(self, batch: Sequence[Example], hard: Sequence[Sequence[str]]) -> Tensor:
        passages: list[str] = []
        own: list[int] = []
        for one, wrong in zip(batch, hard, strict=True):
            own.append(len(passages))
            passages.append(self._random.choice(one.ways))
            passages += self._random.sample(wrong, min(_HARD, len(wrong)))
        cut = self._network.tokenizer
        questions = self._network.embed([cut(self._typed(one), question=True) for one in batch])
        cosines = questions @ self._network.embed([cut(text, question=False) for text in passages]).T
        answered = [row for row, one in enumerate(batch) if one.answered]
        nearest = functional.cross_entropy(
            cosines[answered] / _TEMPERATURE, torch.tensor([own[row] for row in answered])
        )
        odds = cosines * self._line[0] + self._line[1]
        right = torch.tensor([float(one.answered) for one in batch])
        ends = [*own[1:], len(passages)]
        wrong_odds = torch.cat([odds[row, own[row] + 1 : ends[row]] for row in range(len(batch))])
        absolute = functional.binary_cross_entropy_with_logits(odds[range(len(batch)), own], right)
        absolute = absolute + functional.binary_cross_entropy_with_logits(wrong_odds, torch.zeros_like(wrong_odds))
        return nearest + _ABSOLUTE * absolute / 2

    def _typed(self, one: Example) -> str:
        return one.question if self._random.random() < _AS_TYPED else self._read[one.question]


def _hardest(network: Network, read: dict[str, str], used: Sequence[Example]) -> list[list[str]]:
    """For each example the wrong parts of its text that are nearest to the question."""
    parts = list(dict.fromkeys(part for one in used for part in one.others))
    rows = dict(zip(parts, network.vectors(parts, question=False), strict=True))
    questions = network.vectors([read[one.question] for one in used], question=True)
    found = []
    for one, question in zip(used, questions, strict=True):
        order = np.argsort([-float(rows[part] @ question) for part in one.others])[:_HARDEST]
        found.append([one.others[at] for at in order])
    return found


def _measure(vectors: Callable[..., Array], read: dict[str, str], apart: Sequence[Example]) -> str:
    """How often the right part of the text is the nearest, and how well its nearness tells right from wrong."""
    parts = list(dict.fromkeys(part for one in apart for part in (*one.others, one.part)))
    rows = dict(zip(parts, vectors(parts, question=False), strict=True))
    questions = vectors([read[one.question] for one in apart], question=True)
    hits, nearest, right = [], [], []
    for one, question in zip(apart, questions, strict=True):
        own = float(rows[one.part] @ question)
        best = max(own, *(float(rows[part] @ question) for part in one.others))
        if one.answered:
            hits.append(own >= best)
        nearest.append(best)
        right.append(one.answered and own >= best)
    area = roc_auc_score(right, nearest) if len(set(right)) > 1 else float("nan")
    return f"right part nearest {np.mean(hits):.3f}, area under the curve {area:.3f}"


def _write(file: Path, base: Weights, tensors: dict[str, bytes]) -> None:
    digest = hashlib.sha256()
    for name, data in tensors.items():
        digest.update(name.encode() + data)
    arrays = {name: np.frombuffer(data, np.uint8) for name, data in tensors.items()}
    named = {BASE: np.array(base_digest(base)), DIGEST: np.array(digest.hexdigest())}
    np.savez_compressed(file, allow_pickle=False, **named, **arrays)
