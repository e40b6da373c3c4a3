"""How sure it is that a name near a query is the one meant: a weighted sum of what agrees, as a probability.

The weights stand in `data/weights.json` with how they were fitted.
"""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from registry.lookup.candidates import Floats
from registry.lookup.features import FEATURES
from registry.lookup.latin_features import LATIN_FEATURES, Spelling

WEIGHTS = Path(__file__).parent / "data" / "weights.json"


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """Weights of features, by name: probability = 1 / (1 + exp(-(offset + the weighted sum)))."""

    weights: dict[str, float]
    offset: float

    def chances(self, rows: Floats, names: tuple[str, ...]) -> Floats:
        """Give the probability of each row of features of these names."""
        sums = rows @ np.array([self.weights[name] for name in names]) + self.offset
        chances: Floats = 1 / (1 + np.exp(-np.clip(sums, -60, 60)))
        return chances


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """How names in Chinese characters, in syllables and in first letters are weighed.

    fitted  on what and how, for people.
    """

    fitted: str
    written: Sum
    pinyin: Sum
    initials: Sum


def scores(rows: Floats) -> Floats:
    """Give the probability of each row of `features`."""
    return shipped_weights().written.chances(rows, FEATURES)


def latin_scores(rows: Floats, spelling: Spelling) -> Floats:
    """Give the probability of each row of `latin_features`."""
    weights: Sum = getattr(shipped_weights(), spelling)
    return weights.chances(rows, LATIN_FEATURES)


@cache
def shipped_weights() -> Weights:
    """Give the weights that come with the project."""
    return read_weights(WEIGHTS)


def read_weights(path: Path) -> Weights:
    """Read weights; raises where a feature has none."""
    weights = msgspec.json.decode(path.read_bytes(), type=Weights)
    kinds = (
        (weights.written, FEATURES),
        (weights.pinyin, LATIN_FEATURES),
        (weights.initials, LATIN_FEATURES),
    )
    other = sorted({name for one, names in kinds for name in one.weights.keys() ^ set(names)})
    if other:
        raise ValueError(
            f"{path} 与登记的比较项不一致：{'、'.join(other)}；查找会排错次序。"
            "用 python -m tests.benchmarks.names.fit_lookup 重新拟合"
        )
    return weights
