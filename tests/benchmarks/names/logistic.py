"""Logistic regression in plain numpy: Newton's steps on a slightly held-back likelihood."""

import numpy as np
from numpy.typing import NDArray

_STEPS = 25


def fitted(matrix: NDArray[np.float32], truth: NDArray[np.bool_], held_back: float = 1.0) -> NDArray[np.float64]:  # fmt: skip
    """Give bias and a weight a column; columns that never vary get 0.

    held_back  how much a weight costs: keeps columns that separate perfectly from growing without end.
    """
    scale = matrix.std(axis=0).astype(np.float64)
    used = scale > 0
    plain = np.hstack([np.ones((len(matrix), 1)), matrix[:, used] / scale[used]])
    cost = np.diag([1e-6, *np.full(used.sum(), held_back)])
    weights = np.zeros(plain.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(plain @ weights, -30, 30)))
        slope = plain.T @ (truth - chance) - cost @ weights
        curve = (plain * (chance * (1 - chance))[:, None]).T @ plain + cost
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    found = np.zeros(matrix.shape[1] + 1)
    found[0] = weights[0]
    found[1:][used] = weights[1:] / scale[used]
    return found


def threshold_for(
    chances: NDArray[np.float64], right: NDArray[np.bool_], precision: float
) -> float:
    """Give the lowest chance from which on so great a share of what is above is right."""
    order = np.argsort(-chances, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(share >= precision)
    if not len(reached):
        raise ValueError(
            f"no threshold reaches a precision of {precision}: the weights tell too little"
        )
    return float(chances[order][reached[-1]])
