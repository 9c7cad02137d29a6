"""How likely a statement answers: a logistic regression over its features, learnt by `danvan-evaluate confidence`."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.answering.features import Features


@dataclass(frozen=True, slots=True)
class _Model:
    intercept: float
    weights: tuple[float, ...]


def confidence(features: Features) -> float:
    """The probability, 0 to 1, that a statement answers its question."""
    model = _model()
    z = model.intercept + sum(w * x for w, x in zip(model.weights, features.vector(), strict=True))
    return 1 / (1 + math.exp(-z))


@cache
def _model() -> _Model:
    table = tomllib.loads(files("bot.answering").joinpath("data/confidence.toml").read_text(encoding="utf-8"))
    return _Model(table["intercept"], tuple(table["weights"].values()))
