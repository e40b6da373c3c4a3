"""How probable it is that a row speaks of an enterprise: two logistic steps over columns of pairs.

The first step looks at a pair alone. The second sees, beside the same, how far the pair stands before the row's next
best one: two firms that are equally near are both improbable. Weights and thresholds are data, in `data/linking.json`,
which says how they were fitted and measured.
"""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from registry.lookup.features import FEATURES
from registry.resolution.compare_names import NAME_FEATURES
from registry.resolution.types import ABOUT

SIGN_FEATURES = tuple(f"{about}_{sign}" for about in ABOUT[1:] for sign in ("agrees", "differs"))
PLACE_FEATURES = ("place_near",)
"""Of two places that differ: both in one prefecture."""
KIND_FEATURES = ("former", "short")
RIVAL_FEATURES = ("gap", "rivals")
"""logits before the next best pair of the row, and how many others stand within one logit."""

_WIDEST_GAP = 8.0
_FILE = Path(__file__).parent / "data" / "linking.json"

Matrix = NDArray[np.float32]


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The two steps and the thresholds.

    features   names of the columns of a pair, in order: those of the look-up, then OWN_FEATURES.
    alone      bias and a weight a feature.
    rivalled   bias, a weight a feature, and one for each of RIVAL_FEATURES.
    alone_bp   linked without a person from this probability on, where a name and at most a place is known.
    told_bp    the same where a representative, an address or a phone can be compared as well.
    review_bp  asked of a person from this probability on; below, nothing is near.
    fitted     on what, how, and what was measured.
    """

    features: tuple[str, ...]
    alone: tuple[float, ...]
    rivalled: tuple[float, ...]
    alone_bp: int
    told_bp: int
    review_bp: int
    fitted: str


OWN_FEATURES = (*NAME_FEATURES, *SIGN_FEATURES, *PLACE_FEATURES, *KIND_FEATURES)
"""What resolution adds to the features of the look-up, in this order."""


@cache
def shipped_weights() -> Weights:
    """Give the weights that came with this version."""
    return read_weights(_FILE)


def read_weights(path: Path) -> Weights:
    """Read weights; raises where they were fitted on other features than are compared now."""
    weights = msgspec.json.decode(path.read_bytes(), type=Weights)
    compared = (*FEATURES, *OWN_FEATURES)
    if weights.features != compared or len(weights.rivalled) != len(compared) + 3:
        other = sorted(set(weights.features) ^ set(compared)) or ["次序"]
        raise ValueError(
            f"{path} 与现在的比较项不一致：{'、'.join(other)}；用它认企业会认错。"
            "用 python -m tests.benchmarks.names.fit_linking 重新拟合"
        )
    return weights


def sign_matrix(signed: pl.DataFrame) -> Matrix:
    """Give SIGN_FEATURES, PLACE_FEATURES and KIND_FEATURES of pairs that `with_signs` judged."""
    return signed.select(
        *(
            (pl.col(about) == sign).alias(f"{about}_{sign}")
            for about in ABOUT[1:]
            for sign in ("agrees", "differs")
        ),
        ((pl.col("place") == "differs") & (pl.col("place_levels") >= 2)).fill_null(value=False),
        former=pl.col("name_kind") == 1,
        short=pl.col("name_kind") == 2,
    ).cast(pl.Float32).to_numpy()  # fmt: skip


def logits_alone(matrix: Matrix, weights: Weights) -> NDArray[np.float64]:
    """Give the first step's logit of each pair."""
    logits: NDArray[np.float64] = weights.alone[0] + matrix @ np.array(weights.alone[1:])
    return logits


def rival_matrix(rows: pl.Series, logits: NDArray[np.float64]) -> Matrix:
    """Give RIVAL_FEATURES: a row's pairs against one another. A row's only pair has the widest gap."""
    two_best = pl.col("logit").top_k(2).over("row", mapping_strategy="join")
    found = pl.DataFrame({"row": rows, "logit": logits}).with_columns(
        best=pl.col("logit").max().over("row"), two_best=two_best
    )
    second = pl.when(pl.col("two_best").list.len() > 1).then(pl.col("two_best").list.min())
    others = pl.when(pl.col("logit") < pl.col("best")).then("best").otherwise(second)
    return found.select(
        gap=(pl.col("logit") - others).fill_null(_WIDEST_GAP).clip(-_WIDEST_GAP, _WIDEST_GAP),
        rivals=_rivals(),
    ).cast(pl.Float32).to_numpy()  # fmt: skip


def probabilities(matrix: Matrix, rows: pl.Series, weights: Weights) -> NDArray[np.float64]:
    """Give for each pair the probability that the row speaks of the enterprise."""
    rivals = rival_matrix(rows, logits_alone(matrix, weights))
    whole = np.hstack([matrix, rivals]) @ np.array(weights.rivalled[1:])
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(weights.rivalled[0] + whole, -30, 30)))
    return chances


def _rivals() -> pl.Expr:
    """Count the row's other pairs at most one logit behind, up to three: more say no more."""
    near = pl.col("best") - pl.col("logit") <= 1.0
    return (near.sum().over("row") - near.cast(pl.Int64)).clip(0, 3)
