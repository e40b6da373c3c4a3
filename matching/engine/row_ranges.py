"""Amounts made of rows, each of which holds, does not, or may: the largest, the sum, the first.

What a row can give is known from its bounds, so most of them need no comparing: of two that surely stand one
above the other a choice by their truths is enough. That is many times cheaper, and says the same.
"""

from collections.abc import Callable, Sequence
from functools import reduce

import msgspec
import polars as pl

from matching.engine.ranges import NO_END, NOTHING, Range, largest, largest_end
from matching.engine.whole import Whole, exactly, plus


class MaybeRow(msgspec.Struct, frozen=True):
    """The range of a row, never below zero, and the three-valued truth of its condition; None: it always holds."""

    found: Range
    holds: pl.Expr | None


def highest(rows: Sequence[MaybeRow]) -> Range:
    """Give the largest of the rows that hold."""
    endless = any(row.found.endless for row in rows)
    low = _gathered([(row.holds, row.found.low) for row in rows], _or_more)
    if endless:
        high = largest_end([_counted(row).high for row in rows], endless=True)
    else:
        high = _gathered([(row.holds, row.found.high) for row in rows], _or_perhaps_more)
    return Range(low, high, endless=endless)


def total(rows: Sequence[MaybeRow]) -> Range:
    """Add up the rows that hold; one end that nobody can name leaves the sum without one."""
    ranges = [_counted(row) for row in rows]
    return Range(
        reduce(plus, (found.low for found in ranges)),
        reduce(plus, (found.high for found in ranges)),
        endless=any(found.endless for found in ranges),
    )


def first_of(rows: Sequence[MaybeRow]) -> Range:
    """Give the first row that holds, nothing without one; of those that may be the first, all that is possible."""
    endless = any(row.found.endless for row in rows)
    low = high = exactly(0)
    for row in reversed(rows):
        low = _one_or_least(row.holds, row.found.low, low)
        if not endless:
            high = _one_or_most(row.holds, row.found.high, high)
    return Range(low, _furthest_end(rows) if endless else high, endless=endless)


def _gathered(
    ends: Sequence[tuple[pl.Expr | None, Whole]],
    put: Callable[[pl.Expr | None, Whole, Whole], Whole],
) -> Whole:
    """Put the ends of rows together, the smaller first: then most stand above all before them."""
    so_far = exactly(0)
    for holds, end in sorted(ends, key=lambda row: (row[1].least, row[1].most)):
        so_far = put(holds, end, so_far)
    return so_far


def _or_more(holds: pl.Expr | None, end: Whole, so_far: Whole) -> Whole:
    """Give the larger where a row surely holds, else what there is so far."""
    if holds is not None and end.least >= so_far.most:
        return _between(pl.when(holds).then(end.expr).otherwise(so_far.expr), end, so_far)
    return _larger(end if holds is None else _where_sure(holds, end), so_far)


def _or_perhaps_more(holds: pl.Expr | None, end: Whole, so_far: Whole) -> Whole:
    """Give the larger unless a row surely does not hold."""
    if holds is not None and end.least >= so_far.most:
        return _between(pl.when(~holds).then(so_far.expr).otherwise(end.expr), end, so_far)
    return _larger(end if holds is None else _where_possible(holds, end), so_far)


def _one_or_least(holds: pl.Expr | None, one: Whole, rest: Whole) -> Whole:
    """Give one where a row holds, the rest where it does not, the smaller of both where it may."""
    if holds is None:
        return one
    if one.most <= rest.least:
        found = pl.when(~holds).then(rest.expr).otherwise(one.expr)
    elif rest.most <= one.least:
        found = pl.when(holds).then(one.expr).otherwise(rest.expr)
    else:
        found = pl.min_horizontal(*_where_each_may_be(holds, one, rest))
    return _between(found, one, rest)


def _one_or_most(holds: pl.Expr | None, one: Whole, rest: Whole) -> Whole:
    """Give one where a row holds, the rest where it does not, the larger of both where it may."""
    if holds is None:
        return one
    if one.most <= rest.least:
        found = pl.when(holds).then(one.expr).otherwise(rest.expr)
    elif rest.most <= one.least:
        found = pl.when(~holds).then(rest.expr).otherwise(one.expr)
    else:
        found = pl.max_horizontal(*_where_each_may_be(holds, one, rest))
    return _between(found, one, rest)


def _where_each_may_be(holds: pl.Expr, one: Whole, rest: Whole) -> tuple[pl.Expr, pl.Expr]:
    """Give one where a row may hold, the rest where it may not, and null elsewhere."""
    return (
        pl.when(~holds).then(NO_END).otherwise(one.expr),
        pl.when(holds).then(NO_END).otherwise(rest.expr),
    )


def _furthest_end(rows: Sequence[MaybeRow]) -> Whole:
    """Give the largest upper end of the rows that may be the first; one that nobody can name leaves none."""
    highs: list[Whole] = []
    passed: pl.Expr = pl.lit(value=False)
    for row in rows:
        may_be_first = ~passed if row.holds is None else ~passed & row.holds.fill_null(value=True)
        expr = pl.when(may_be_first).then(row.found.high.expr).otherwise(NOTHING)
        highs.append(_with_nothing(expr, row.found.high))
        sure = pl.lit(value=True) if row.holds is None else row.holds.fill_null(value=False)
        passed = passed | sure
    return largest_end(highs, endless=True)


def _counted(row: MaybeRow) -> Range:
    """Count a row that surely holds at both ends, one that may hold at the high one only."""
    if row.holds is None:
        return row.found
    return Range(
        _where_sure(row.holds, row.found.low),
        _where_possible(row.holds, row.found.high),
        endless=row.found.endless,
    )


def _where_sure(holds: pl.Expr, number: Whole) -> Whole:
    return _with_nothing(pl.when(holds).then(number.expr).otherwise(NOTHING), number)


def _where_possible(holds: pl.Expr, number: Whole) -> Whole:
    return _with_nothing(pl.when(~holds).then(NOTHING).otherwise(number.expr), number)


def _with_nothing(expr: pl.Expr, number: Whole) -> Whole:
    return Whole(expr, min(number.least, 0), max(number.most, 0))


def _larger(one: Whole, two: Whole) -> Whole:
    if two.most <= one.least:
        return one
    return two if one.most <= two.least else largest([one, two])


def _between(expr: pl.Expr, one: Whole, two: Whole) -> Whole:
    return Whole(expr, min(one.least, two.least), max(one.most, two.most))
