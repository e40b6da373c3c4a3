"""The figures beside a test: what stands there, what it was held against, and how far it is."""

from datetime import date

import polars as pl

from matching.engine.ground import Ground
from matching.engine.leaves import quantity_parts
from matching.engine.whole import (
    Whole,
    exactly,
    full_times,
    minus,
    plus,
    times,
    where_positive,
)
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    OneOf,
    Operator,
    Share,
    YearsSince,
)
from matching.language.quantities import absolute_period
from matching.language.vocabulary import column_name

Figures = dict[str, pl.Expr]


def figures_of(leaf: Condition, on: date, ground: Ground) -> Figures:
    """Give "value", "against" and "distance" of a test where they can be named, as columns.

    Shares and growth are given in basis points, rounded down, for reading only: the truth is decided
    without division. A distance is what would have to change, in its stored unit, for a missed test to hold.
    """
    columns = ground.columns
    match leaf:
        case Compare(quantity=quantity, operator=operator, limit=limit):
            number, parts = quantity_parts(quantity, on, columns)
            short = _short(number, times(exactly(limit), parts), operator, parts)
            return {"value": _stored(full_times(number, parts).expr), "distance": short}
        case CompareTwo(quantity=one, operator=operator, other=two):
            (left, one_of), (right, two_of) = (quantity_parts(q, on, columns) for q in (one, two))
            return {
                "value": _stored(full_times(left, one_of).expr),
                "against": _stored(full_times(right, two_of).expr),
                "distance": _short(
                    times(left, two_of), times(right, one_of), operator, one_of * two_of
                ),
            }
        case Share():
            return _share(leaf, on, ground)
        case Growth():
            return {"value": _growth(leaf, on, ground)}
        case FirstOver(fact=fact, period=period, operator=operator, limit=limit):
            number = columns.number(column_name(fact, absolute_period(period, on)))
            return {"value": number.expr, "distance": _short(number, exactly(limit), operator, 1)}
        case Dated(fact=fact, period=period):
            return {"value": columns.day(column_name(fact, absolute_period(period, on)))}
        case YearsSince(fact=fact):
            return {"value": columns.day(fact)}
        case OneOf(fact=fact, period=period):
            return {"value": columns.word(column_name(fact, absolute_period(period, on)))}
        case Flag(fact=fact, period=period):
            return {"value": columns.flag(column_name(fact, absolute_period(period, on)))}
        case _:
            return {}


def _share(leaf: Share, on: date, ground: Ground) -> Figures:
    part, part_of = quantity_parts(leaf.part, on, ground.columns)
    whole, whole_of = quantity_parts(leaf.whole, on, ground.columns)
    reached, base = times(part, 10_000 * whole_of), times(whole, part_of)
    short = _short(reached, times(base, leaf.limit_bp), leaf.operator, 10_000 * whole_of * part_of)
    return {
        "value": where_positive(whole, _stored(reached.expr // base.expr)),
        "distance": where_positive(whole, short),
    }


def _growth(leaf: Growth, on: date, ground: Ground) -> pl.Expr:
    now, now_of = quantity_parts(leaf.now, on, ground.columns)
    before, before_of = quantity_parts(leaf.before, on, ground.columns)
    new, old = times(now, before_of), times(before, now_of)
    if leaf.years == 1:
        grown = times(minus(new, old), 10_000)
        return where_positive(before, _stored(grown.expr // old.expr))
    yearly = (new.expr.cast(pl.Float64) / old.expr.cast(pl.Float64)) ** (1 / leaf.years) - 1
    # A hair more, so that exactly 26 % does not read as 25.99 %.
    points = (yearly * 10_000 + 1e-6).floor().cast(pl.Int64, strict=False)
    return where_positive(before, pl.when(new.expr >= 0).then(points))


def _short(reached: Whole, needed: Whole, operator: Operator, scale: int) -> pl.Expr:
    """Give what is missing or too much, in whole steps of `scale` that would do; null where nothing is."""
    rising, strict = operator in ("at_least", "more_than"), operator in ("more_than", "less_than")
    lacking = minus(needed, reached) if rising else minus(reached, needed)
    steps = full_times(plus(lacking, exactly(scale if strict else scale - 1)), scale).expr
    return _stored(pl.when(steps > 0).then(steps))


def _stored(number: pl.Expr) -> pl.Expr:
    """Give a figure as it is stored; null where it is too large to be one."""
    return number.cast(pl.Int64, strict=False)
