"""What a met item gives, as two columns: at least so much, at most so much.

Where every input is known the two are equal. An upper end nobody can name is null.
"""

from datetime import date
from functools import reduce

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.leaves import quantity_parts
from matching.engine.truth import all_of
from matching.engine.whole import (
    NARROW,
    Whole,
    clipped,
    exactly,
    full_times,
    minus,
    plus,
    times,
    where_positive,
)
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

NO_END = pl.lit(None, dtype=pl.Int64)


class _Range(msgspec.Struct, frozen=True):
    """Both ends of an amount; where `high` is null no upper end is known, which `endless` says may be."""

    low: Whole
    high: Whole
    endless: bool = False


def amount_range(amount: Amount, ground: Ground, on: date) -> tuple[pl.Expr, pl.Expr]:
    """Give the lowest and highest 分 of an amount, over `ground.facts_and_tests()`; highest null: no end known.

    A sum no column can hold is given as "at least the largest that can, and no end known".
    """
    found = _range(amount, ground, on)
    low, high = found.low, found.high
    if low.most > NARROW:
        low = clipped(low, 0, NARROW)
    return low.expr.cast(pl.Int64), high.expr.cast(pl.Int64, strict=False)


def _range(amount: Amount, ground: Ground, on: date) -> _Range:
    match amount:
        case Fixed(cents=cents):
            return _Range(exactly(cents), exactly(cents))
        case Highest(rows=rows):
            return _highest([_row_range(row, ground, on) for row in rows])
        case Total(rows=rows):
            return _total([_row_range(row, ground, on) for row in rows])
        case LessPaid(family=family, amount=inner):
            return _less_paid(_range(inner, ground, on), family, ground)
        case Unstated(cap_cents=cap):
            return _Range(exactly(0), _up_to(cap), endless=cap is None)
        case NonCash():
            return _Range(exactly(0), exactly(0))
        case ShareOf() | PerUnit() | PerPoint() | PerStep():
            cap = None if isinstance(amount, PerStep) else amount.cap_cents
            return _bounded(_measured(amount, on, ground), cap)


def _measured(amount: ShareOf | PerUnit | PerPoint | PerStep, on: date, ground: Ground) -> Whole:
    """Give the computed sum before its cap, null where an input is not known; parts of a 分 are dropped."""
    if isinstance(amount, PerPoint):
        return _per_point(amount, on, ground)
    base, parts = quantity_parts(amount.base, on, ground.columns)
    match amount:
        case ShareOf(share_bp=share_bp):
            return full_times(times(base, share_bp), 10_000 * parts)
        case PerUnit(cents=cents):
            return full_times(times(base, cents), parts)
        case PerStep(cents=cents, beyond=beyond, step=step):
            over = minus(base, exactly(beyond * parts))
            return times(full_times(over, step * parts), cents)


def _per_point(amount: PerPoint, on: date, ground: Ground) -> Whole:
    now, now_of = quantity_parts(amount.growth.now, on, ground.columns)
    before, before_of = quantity_parts(amount.growth.before, on, ground.columns)
    old = times(before, now_of)
    gained = times(minus(times(now, before_of), old), 100)
    points = where_positive(before, gained.expr // old.expr)
    ends = min(gained.least, 0), max(gained.most, 0)
    return times(Whole(points, *ends), amount.cents)


def _bounded(exact: Whole, cap: int | None) -> _Range:
    """Unknown: from nothing to the cap. Known: that sum, never below zero or above the cap."""
    known = clipped(exact, 0, cap)
    low = Whole(known.expr.fill_null(0), 0, known.most)
    if cap is None:
        return _Range(low, known, endless=True)
    return _Range(low, Whole(known.expr.fill_null(cap), 0, cap))


def _up_to(cap: int | None) -> Whole:
    return Whole(NO_END, 0, 0) if cap is None else exactly(cap)


def _row_range(row: Row, ground: Ground, on: date) -> _Range:
    """Count a row that surely holds at both ends, one that may hold at the high one only."""
    found = _range(row.amount, ground, on)
    if row.when is None:
        return found
    holds = ground.truth(row.when, on)
    return _Range(
        _or_nothing(found.low, holds.fill_null(value=False)),
        _or_nothing(found.high, holds.fill_null(value=True)),
        endless=found.endless,
    )


def _or_nothing(number: Whole, counts: pl.Expr) -> Whole:
    expr = pl.when(counts).then(number.expr).otherwise(pl.lit(0, dtype=pl.Int64))
    return Whole(expr, min(number.least, 0), max(number.most, 0))


def _highest(ranges: list[_Range]) -> _Range:
    endless = any(found.endless for found in ranges)
    high = _largest([found.high for found in ranges])
    if endless:
        ended = all_of(found.high.expr.is_not_null() for found in ranges)
        high = Whole(pl.when(ended).then(high.expr), high.least, high.most)
    return _Range(_largest([found.low for found in ranges]), high, endless=endless)


def _largest(numbers: list[Whole]) -> Whole:
    return Whole(
        pl.max_horizontal(number.expr for number in numbers),
        max(number.least for number in numbers),
        max(number.most for number in numbers),
    )


def _total(ranges: list[_Range]) -> _Range:
    """Add up; one end that nobody can name leaves the sum without one."""
    return _Range(
        reduce(plus, (found.low for found in ranges)),
        reduce(plus, (found.high for found in ranges)),
        endless=any(found.endless for found in ranges),
    )


def _less_paid(inner: _Range, family: str, ground: Ground) -> _Range:
    """Take what was paid off both ends; what was paid being unknown, the low end is nothing."""
    paid = Whole(pl.col(ground.paid(family)), 0, NARROW)
    low, high = (clipped(minus(end, paid), 0, None) for end in (inner.low, inner.high))
    reduced = pl.when(paid.expr.is_null()).then(inner.high.expr).otherwise(high.expr)
    return _Range(
        Whole(low.expr.fill_null(0), low.least, low.most),
        Whole(reduced, min(inner.high.least, high.least), max(inner.high.most, high.most)),
        endless=inner.endless,
    )
