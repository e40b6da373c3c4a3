"""Fits the weights of the look-up on an invented register and writes them to registry/lookup/data/weights.json.

    .venv/bin/python -m tests.benchmarks.names.fit_lookup [N] [--seed 5] [--each 300]

Order first: a choice among the names near each query (conditional logit), so that the right one comes out on top. Then
how sure: a slope and an offset that turn its sum into the probability of being right, with a fifth of the queries made
of enterprises that are taken out of their lists, as strangers are. Both are Newton's steps in plain numpy.
"""

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from registry.lookup.candidates import gather, query_of
from registry.lookup.features import FEATURES, features
from registry.lookup.find import LONGEST_QUERY
from registry.lookup.index import Index, small_index
from registry.lookup.latin import near_in_letters
from registry.lookup.latin_features import LATIN_FEATURES, Spelling, latin_features
from registry.lookup.score import WEIGHTS, Sum, Weights
from registry.lookup.shortlist import Near, shortlist
from tests.benchmarks.names.measure_lookup import LATIN, Asked, queries
from tests.benchmarks.names.register import invent_register, names_of
from tests.benchmarks.names.right_answers import equally_right

Floats = NDArray[np.float64]
_HELD_BACK = 0.5
_STEPS = 30
_STRANGERS = 5
_DIGITS = 3
_log = logging.getLogger(__name__)


class Choice(msgspec.Struct, frozen=True):
    """The names near a query: a row of features each, and which of them are right."""

    rows: Floats
    right: NDArray[np.bool_]


def choices(asked: Sequence[Asked], index: Index, spelling: Spelling | None) -> list[Choice]:
    """Find the names near each query; those without a right one teach no order and are left out."""
    found = []
    for one in asked:
        near, rows = _compared(one.text[:LONGEST_QUERY], index, spelling)
        right = np.array(
            [
                name.enterprise_id == one.enterprise_id
                or equally_right(one.kind, one.text, name.name)
                for name in near
            ],
            dtype=bool,
        )
        if right.any():
            found.append(Choice(rows, right))
    return found


def fit(found: Sequence[Choice], names: tuple[str, ...]) -> Sum:
    """Fit the weights of a kind of comparing."""
    order = _order(found)
    sums, right = [], []
    for at, choice in enumerate(found):
        totals = choice.rows @ order
        kept = ~choice.right if at % _STRANGERS == 0 else np.ones(len(totals), dtype=bool)
        if kept.any():
            best = int(np.argmax(np.where(kept, totals, -np.inf)))
            sums.append(totals[best])
            right.append(choice.right[best])
    offset, slope = _sureness(np.array(sums), np.array(right))
    weights = {
        name: round(float(weight * slope), _DIGITS)
        for name, weight in zip(names, order, strict=True)
    }
    return Sum(weights=weights, offset=round(float(offset), _DIGITS))


def _compared(text: str, index: Index, spelling: Spelling | None) -> tuple[list[Near], Floats]:
    if spelling is None:
        query = query_of(text, index)
        near = shortlist(query, gather(query, [index]), [index])
        return near, features(query, near, index)
    typed, near = near_in_letters(text, [index], spelling)
    return near, latin_features(typed, near, spelling, index)


def _order(found: Sequence[Choice]) -> Floats:
    """Give the weights that make the right names the likeliest choice of each list."""
    width = found[0].rows.shape[1]
    weights = np.zeros(width)
    for _ in range(_STEPS):
        slope, curve = -_HELD_BACK * weights, _HELD_BACK * np.eye(width)
        for choice in found:
            sums = choice.rows @ weights
            chance = np.exp(sums - sums.max())
            chance /= chance.sum()
            among = np.where(choice.right, chance, 0) / chance[choice.right].sum()
            mean = chance @ choice.rows
            slope += among @ choice.rows - mean
            curve += (choice.rows * chance[:, None]).T @ choice.rows - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    return weights


def _sureness(sums: Floats, right: NDArray[np.bool_]) -> Floats:
    """Give offset and slope by which a sum becomes the probability of being right."""
    plain = np.column_stack([np.ones(len(sums)), sums])
    found = np.zeros(2)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(plain @ found, -30, 30)))
        curve = (plain * (chance * (1 - chance))[:, None]).T @ plain + 1e-6 * np.eye(2)
        step = np.linalg.solve(curve, plain.T @ (right - chance))
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return found


def main() -> None:
    """Fit and write."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("size", nargs="?", type=int, default=720_000)
    arguments.add_argument("--seed", type=int, default=5)
    arguments.add_argument("--each", type=int, default=300)
    arguments.add_argument("--out", type=Path, default=WEIGHTS)
    given = arguments.parse_args()
    register = invent_register(given.size, given.seed)
    index = small_index(names_of(register))
    asked = queries(register, given.each, given.seed)
    written = choices([one for one in asked if one.kind not in LATIN], index, None)
    pinyin = choices([one for one in asked if one.kind == "pinyin_full"], index, "pinyin")
    initials = choices([one for one in asked if one.kind == "pinyin_initials"], index, "initials")
    weights = Weights(
        fitted=(
            f"by tests.benchmarks.names.fit_lookup on an invented register of {given.size} enterprises, seed {given.seed},"
            f" {given.each} queries a kind of noise: {len(written)} written, {len(pinyin)} in syllables,"
            f" {len(initials)} in first letters; no name of a real enterprise"
        ),
        written=fit(written, FEATURES),
        pinyin=fit(pinyin, LATIN_FEATURES),
        initials=fit(initials, LATIN_FEATURES),
    )
    text = msgspec.json.format(msgspec.json.encode(weights), indent=2)
    given.out.write_bytes(text + b"\n")
    _log.info("%s", text.decode())


if __name__ == "__main__":
    main()
