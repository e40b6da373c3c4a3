"""Three-valued truth over columns: true, false, and null for "not known".

Polars' `&`, `|` and `~` on Boolean columns are Kleene's: one false settles an AND, one true an OR,
and otherwise a single null leaves the row open.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

import polars as pl

UNKNOWN = pl.lit(None, dtype=pl.Boolean)

UNMET, MET, OPEN, PERSON = 0, 1, 2, 3
"""Codes of a verdict column: 不符合, 符合, 待补充 (a datum is missing), 需人工 (only a person can say)."""


def all_of(parts: Iterable[pl.Expr]) -> pl.Expr:
    """One false settles a row; without one, a single unknown leaves it open."""
    return reduce(and_, parts)


def any_of(parts: Iterable[pl.Expr]) -> pl.Expr:
    """One true settles a row; without one, a single unknown leaves it open."""
    return reduce(or_, parts)


def count_of(parts: Iterable[pl.Expr], at_least: int) -> pl.Expr:
    """Enough certain parts settle it, too few possible ones too; between the two it is open."""
    truths = list(parts)
    certain = pl.sum_horizontal(part.fill_null(value=False).cast(pl.Int32) for part in truths)
    possible = pl.sum_horizontal(part.fill_null(value=True).cast(pl.Int32) for part in truths)
    settled = pl.when(certain >= at_least).then(statement=True)
    return settled.when(possible < at_least).then(statement=False).otherwise(UNKNOWN)


def verdict(truth: pl.Expr, if_yes: pl.Expr, if_no: pl.Expr) -> pl.Expr:
    """Give the code of a verdict.

    truth   the condition with every judgement left open.
    if_yes  the same with every judgement answered yes; if_no: answered no. Where both are settled though
            the truth is not, only a person is missing; otherwise a datum is.
    """
    person = if_yes.is_not_null() & if_no.is_not_null()
    return (
        pl.when(truth.is_not_null())
        .then(truth.cast(pl.UInt8))
        .when(person)
        .then(pl.lit(PERSON, dtype=pl.UInt8))
        .otherwise(pl.lit(OPEN, dtype=pl.UInt8))
    )
