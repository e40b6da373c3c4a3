"""From pairs of rows and enterprises to verdicts: linked, asked of a person, or new."""

import numpy as np
import polars as pl

from registry.resolution.compare_evidence import with_signs
from registry.resolution.near import NearPairs
from registry.resolution.types import ABOUT, CANDIDATES, KNOWN, VERDICTS
from registry.resolution.weigh import Weights, probabilities, sign_matrix

SHOWN = 5
"""Candidates a row that a reviewer is shown."""

NEVER_LINKED = ("contrast", "number_differs", "branch", "institution_differs")
"""Marks that make two units of two names, however alike the rest is: a person may link them, nothing else."""

CLOSE_BP = 2_000
"""A candidate so near to the row's first one leaves it to a person which of the two is meant."""
_DATA = tuple(column for column in KNOWN if column != "enterprise_id")


def with_data(pairs: pl.DataFrame, rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Put what the row and what the register says beside each pair, and judge them: Signs."""
    beside = pairs.join(rows.select("row", *_DATA), on="row", how="left", maintain_order="left")
    both = beside.join(
        known.select("enterprise_id", *(pl.col(one).alias(one + "_known") for one in _DATA)),
        on="enterprise_id",
        how="left",
        maintain_order="left",
    )
    return with_signs(both)


def weighed(
    near: NearPairs, rows: pl.DataFrame, known: pl.DataFrame, weights: Weights
) -> pl.DataFrame:
    """Give CANDIDATES, the most probable first, up to SHOWN a row."""
    if near.pairs.is_empty():
        return pl.DataFrame(schema=CANDIDATES)
    signed = with_data(near.pairs, rows, known)
    matrix = np.hstack([near.matrix, sign_matrix(signed)])
    chances = probabilities(matrix, signed["row"], weights)
    ranked = signed.with_columns(
        probability_bp=pl.Series(np.round(chances * 10_000)).cast(pl.Int32), chance=chances
    ).sort("row", "chance", "enterprise_id", descending=[False, True, False])
    placed = ranked.with_columns(rank=pl.int_range(1, pl.len() + 1).over("row").cast(pl.Int8))
    shown = _with_rivals(placed).filter(pl.col("rank") <= SHOWN)
    return shown.select(*CANDIDATES).cast(CANDIDATES)  # type: ignore[arg-type]


def verdicts_of(candidates: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    """Give VERDICTS of the rows that have candidates: by the nearest one and its marks."""
    first = candidates.filter(pl.col("rank") == 1)
    barred = pl.any_horizontal(
        pl.col("marks").list.contains(mark) for mark in (*NEVER_LINKED, "close_rival")
    )
    needed = pl.when(is_told()).then(weights.told_bp).otherwise(weights.alone_bp)
    sure = (pl.col("probability_bp") >= needed) & ~barred
    near = pl.col("probability_bp") >= weights.review_bp
    verdict = (
        pl.when(sure)
        .then(pl.lit("auto"))
        .when(near)
        .then(pl.lit("review"))
        .otherwise(pl.lit("new"))
    )
    return first.select(
        "row",
        verdict=verdict,
        enterprise_id=pl.when(sure).then("enterprise_id"),
        by=pl.when(sure | near).then(pl.lit("evidence")).otherwise(pl.lit("nothing_near")),
        probability_bp="probability_bp",
    ).cast(VERDICTS)  # type: ignore[arg-type]


def is_told() -> pl.Expr:
    """Whether anything but name and place of a pair can be compared."""
    return pl.any_horizontal(pl.col(about) != "unknown" for about in ABOUT[3:])


def contradicted() -> pl.Expr:
    """Whether what stands beside two equal names speaks against them: two data more differ than agree, or the code."""
    signs = [pl.col(about) for about in ABOUT[2:]]
    against = pl.sum_horizontal(sign == "differs" for sign in signs)
    for_it = pl.sum_horizontal(sign == "agrees" for sign in signs)
    return (against.cast(pl.Int32) - for_it.cast(pl.Int32) >= 2) | (pl.col("code") == "differs")


def _with_rivals(placed: pl.DataFrame) -> pl.DataFrame:
    """Mark the candidates that another one of the row comes close to."""
    behind = pl.col("probability_bp").max().over("row") - pl.col("probability_bp") <= CLOSE_BP
    close = (behind.sum().over("row") > 1) & behind
    marks = pl.when(close).then(pl.col("marks").list.concat(pl.lit(["close_rival"])))
    return placed.with_columns(marks=marks.otherwise("marks"))
