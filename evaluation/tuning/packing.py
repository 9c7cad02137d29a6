"""Learnt matrices in 4 bits without losing what was learnt.

What is learnt is smaller than a step of a packed number: rounding each number alone loses most of it. So the error of
each rounding is made up for in the numbers that follow, by how the inputs of the matrix go together (GPTQ, Frantar et
al. 2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch

from evaluation.tuning.network import MATRICES, Network
from index.embeddings.weights import BLOCK, Array, pack

_DAMPING = 0.01  # of the mean of the diagonal
# Steps that are tried for a block, beside the one that its largest number asks for.
_STEPS = np.linspace(0.75, 1.1, 24)
_LEAST = 1e-8
_BATCH = 32


def packed(network: Network, texts: Sequence[Sequence[int]]) -> dict[str, bytes]:
    """Every tensor that can be learnt, by its name in the file of weights; `texts` are ids that show usual inputs."""
    products = _products(network, texts)
    tensors = {}
    for number, layer in enumerate(network.layers):
        for name in MATRICES:
            tensor = f"l{number}.{name}.w"
            matrix = (layer.fixed[name] + layer.additions[name].matrix()).detach().numpy()
            tensors[tensor] = pack(*rounded(matrix, products[tensor]))
        for name, values in layer.biases.items():
            tensor = f"l{number}.{name.replace('_', '.')}" if "_" in name else f"l{number}.{name}.b"
            tensors[tensor] = values.detach().numpy().astype("<f4").tobytes()
    return tensors


def _products(network: Network, texts: Sequence[Sequence[int]]) -> Mapping[str, Array]:
    """For each matrix the sum of its inputs' products with each other: shape (inputs, inputs)."""
    sums: dict[str, Array] = {}

    def see(name: str, x: torch.Tensor) -> None:
        rows = x[network.mask.bool()].double().numpy()
        sums[name] = sums.get(name, 0) + rows.T @ rows

    for layer in network.layers:
        layer.seen = see
    with torch.no_grad():
        for start in range(0, len(texts), _BATCH):
            network(texts[start : start + _BATCH])
    for layer in network.layers:
        layer.seen = None
    return sums


def rounded(matrix: Array, products: Array) -> tuple[Array, Array]:
    """Steps and whole numbers of a matrix (outputs, inputs), block by block along each row."""
    rows, columns = matrix.shape
    left = matrix.astype(np.float64)
    damped = products + np.eye(columns) * _DAMPING * np.trace(products) / columns
    inverse = np.linalg.cholesky(np.linalg.inv(damped)).T
    steps = np.zeros((rows, columns // BLOCK), np.float32)
    numbers = np.zeros((rows, columns), np.int8)
    for block in range(columns // BLOCK):
        start = block * BLOCK
        step = _step(left[:, start : start + BLOCK])
        steps[:, block] = step
        end = start + BLOCK
        errors = np.zeros((rows, BLOCK))
        for column in range(start, end):
            number = np.clip(np.round(left[:, column] / step), -8, 7)
            numbers[:, column] = number
            error = (left[:, column] - number * step) / inverse[column, column]
            left[:, column:end] -= np.outer(error, inverse[column, column:end])
            errors[:, column - start] = error
        left[:, end:] -= errors @ inverse[start:end, end:]
    return steps.reshape(-1), numbers.reshape(-1, BLOCK)


def _step(block: Array) -> Array:
    """The step of each row of a block, half precision, that leaves the least squared error."""
    largest = block[np.arange(len(block)), np.abs(block).argmax(axis=1)]
    best = np.full(len(block), np.inf)
    found = np.full(len(block), _LEAST)
    for factor in _STEPS:
        step = (largest / -8 * factor).astype(np.float16).astype(np.float64)
        step[step == 0] = _LEAST
        numbers = np.clip(np.round(block / step[:, None]), -8, 7)
        errors = ((numbers * step[:, None] - block) ** 2).sum(axis=1)
        better = errors < best
        best[better], found[better] = errors[better], step[better]
    return found
