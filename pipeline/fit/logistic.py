"""Regularised logistic regression of several labels at once, by numpy: small enough to need no library of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

MEMORY, STEPS, TOLERANCE = 10, 300, 1e-5
"""Of L-BFGS: how many steps it remembers, takes at most, and the slope at which it stops."""


class Data(NamedTuple):
    """Rows with labels: `shared` features of each row and label whose weights all labels share (rows × labels × k),
    `own` features of each row with weights by label (rows × m), what each label says (0..1) and how much it counts."""

    shared: NDArray[np.float64]
    own: Vector
    says: Vector
    counts: Vector


class Fitted(NamedTuple):
    """The weights: of the shared features (k), of the rows' own by label (m × labels)."""

    shared: Vector
    own: Vector


def fit(data: Data, pull_shared: float, pull_own: Vector) -> Fitted:
    """The weights that make the labels likeliest, each pulled to 0 by its square times half its pull."""
    k, (m, n_labels) = data.shared.shape[2], (data.own.shape[1], data.says.shape[1])

    def loss(values: Vector) -> tuple[float, Vector]:
        shared, own = values[:k], values[k:].reshape(m, n_labels)
        odds = data.shared @ shared + data.own @ own
        pulls = pull_shared * (shared @ shared) + (pull_own[:, None] * own**2).sum()
        value = (data.counts * (np.logaddexp(0, odds) - data.says * odds)).sum() + pulls / 2
        error = data.counts * (1 / (1 + np.exp(-odds)) - data.says)
        slopes = np.einsum("ij,ijk->k", error, data.shared) + pull_shared * shared
        return float(value), np.concatenate([slopes, (data.own.T @ error + pull_own[:, None] * own).ravel()])

    found = minimum(loss, np.zeros(k + m * n_labels))
    return Fitted(found[:k], found[k:].reshape(m, n_labels))


def minimum(loss: Callable[[Vector], tuple[float, Vector]], start: Vector) -> Vector:
    """Where a smooth convex function is least, by L-BFGS (Liu & Nocedal 1989) with halved steps.

    >>> around = np.array([3.0, -1.0])
    >>> minimum(lambda x: (float(((x - around) ** 2).sum()), 2 * (x - around)), np.zeros(2)).round(4).tolist()
    [3.0, -1.0]
    """
    point, (value, slope) = start, loss(start)
    memory: deque[tuple[Vector, Vector]] = deque(maxlen=MEMORY)
    for _ in range(STEPS):
        if np.abs(slope).max() < TOLERANCE:
            break
        direction = _downhill(slope, memory)
        step, fall = 1.0 if memory else 1.0 / float(np.abs(slope).sum()), float(slope @ direction)
        new, (new_value, new_slope) = point + step * direction, loss(point + step * direction)
        while new_value > value + 1e-4 * step * fall and step > 1e-12:
            step /= 2
            new, (new_value, new_slope) = point + step * direction, loss(point + step * direction)
        if new_value >= value:
            break
        moved, turned = new - point, new_slope - slope
        if moved @ turned > 1e-12:
            memory.append((moved, turned))
        point, value, slope = new, new_value, new_slope
    return point


def _downhill(slope: Vector, memory: deque[tuple[Vector, Vector]]) -> Vector:
    """The direction of the next step: the slope, turned by what the last steps told of the curvature."""
    direction = -slope
    weights = []
    for moved, turned in reversed(memory):
        weight = (moved @ direction) / (moved @ turned)
        direction = direction - weight * turned
        weights.append(weight)
    if memory:
        moved, turned = memory[-1]
        direction = direction * ((moved @ turned) / (turned @ turned))
    for (moved, turned), weight in zip(memory, reversed(weights), strict=True):
        direction = direction + (weight - (turned @ direction) / (moved @ turned)) * moved
    return direction
