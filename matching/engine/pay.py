"""What a met item gives, as two columns: at least so much, at most so much.

Where every input is known the two are equal. An upper end nobody can name is null.
"""

from datetime import date
from functools import reduce

import polars as pl

from matching.engine.ground import Ground
from matching.engine.leaves import WIDE, Columns, quantity_parts
from matching.language.amounts import (
    Amount,
    Fixed,
    Highest,
    LessPaid,
    NonCash,
    PerPoint,
    PerStep,
    PerUnit,
    Row,
    ShareOf,
    Total,
    Unstated,
)

ENDLESS = 2**62
"""Stands for "no upper end known" while amounts are combined; leaves as null."""

Range = tuple[pl.Expr, pl.Expr]
ZERO = pl.lit(0, dtype=pl.Int64)
ABOVE_ALL = pl.lit(ENDLESS, dtype=pl.Int64)


def amount_range(amount: Amount, ground: Ground, on: date) -> Range:
    """Give the lowest and highest 分 of an amount, over `ground.facts_and_tests()`; highest null: no end known."""
    low, high = _range(amount, ground, on)
    return low, pl.when(high < ENDLESS).then(high)


def _range(amount: Amount, ground: Ground, on: date) -> Range:
    match amount:
        case Fixed(cents=cents):
            return pl.lit(cents, dtype=pl.Int64), pl.lit(cents, dtype=pl.Int64)
        case Highest(rows=rows):
            return _combined(rows, ground, on, together=False)
        case Total(rows=rows):
            return _combined(rows, ground, on, together=True)
        case LessPaid(family=family, amount=inner):
            return _less_paid(_range(inner, ground, on), pl.col(ground.paid(family)))
        case Unstated(cap_cents=cap):
            return ZERO, ABOVE_ALL if cap is None else pl.lit(cap, dtype=pl.Int64)
        case NonCash():
            return ZERO, ZERO
        case ShareOf() | PerUnit() | PerPoint() | PerStep():
            cap = None if isinstance(amount, PerStep) else amount.cap_cents
            return _bounded(_measured(amount, on, ground), cap)


def _measured(amount: ShareOf | PerUnit | PerPoint | PerStep, on: date, ground: Ground) -> pl.Expr:
    """Give the computed sum before its cap, null where an input is not known; parts of a 分 are dropped."""
    columns: Columns = ground.columns
    if isinstance(amount, PerPoint):
        now, now_of = quantity_parts(amount.growth.now, on, columns)
        before, before_of = quantity_parts(amount.growth.before, on, columns)
        gained = (now.cast(WIDE) * before_of - before.cast(WIDE) * now_of) * 100
        points = gained // (before.cast(WIDE) * now_of)
        return pl.when(before > 0).then(points * amount.cents)
    base, parts = quantity_parts(amount.base, on, columns)
    wide = base.cast(WIDE)
    match amount:
        case ShareOf(share_bp=share_bp):
            return wide * share_bp // (10_000 * parts)
        case PerUnit(cents=cents):
            return wide * cents // parts
        case PerStep(cents=cents, beyond=beyond, step=step):
            return (wide - beyond * parts) // (step * parts) * cents


def _bounded(exact: pl.Expr, cap: int | None) -> Range:
    """Unknown: from nothing to the cap. Known: that sum, never below zero or above the cap."""
    top = ENDLESS - 1 if cap is None else cap
    known = exact.clip(0, top).cast(pl.Int64)
    most = ABOVE_ALL if cap is None else pl.lit(cap, dtype=pl.Int64)
    return known.fill_null(0), pl.when(exact.is_not_null()).then(known).otherwise(most)


def _combined(rows: tuple[Row, ...], ground: Ground, on: date, *, together: bool) -> Range:
    lows: list[pl.Expr] = []
    highs: list[pl.Expr] = []
    for row in rows:
        low, high = _range(row.amount, ground, on)
        if row.when is not None:
            holds = ground.truth(row.when, on)
            low = pl.when(holds).then(low).otherwise(ZERO)
            high = pl.when(holds.fill_null(value=True)).then(high).otherwise(ZERO)
        lows.append(low)
        highs.append(high)
    if not together:
        return pl.max_horizontal(lows), pl.max_horizontal(highs)
    endless = reduce(lambda one, two: one | two, (high >= ENDLESS for high in highs))
    total = pl.sum_horizontal(pl.when(high < ENDLESS).then(high).otherwise(ZERO) for high in highs)
    return pl.sum_horizontal(lows), pl.when(endless).then(ABOVE_ALL).otherwise(total)


def _less_paid(inner: Range, paid: pl.Expr) -> Range:
    """Take what was paid off both ends; what was paid being unknown, the low end is nothing."""
    low, high = inner
    left_low = (low - paid).clip(lower_bound=0)
    left_high = pl.when(high < ENDLESS).then((high - paid).clip(lower_bound=0)).otherwise(ABOVE_ALL)
    return left_low.fill_null(0), left_high.fill_null(high)
