"""The figures beside a test: what stands there, what it was held against, and how far it is."""

from datetime import date

import polars as pl

from matching.engine.ground import Ground
from matching.engine.leaves import WIDE, quantity_parts
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    OneOf,
    Share,
    YearsSince,
)
from matching.language.quantities import absolute_period
from matching.language.vocabulary import column_name

Figures = dict[str, pl.Expr]


def figures_of(leaf: Condition, on: date, ground: Ground) -> Figures:
    """Give "value", "against" and "distance" of a test where they can be named, as columns.

    Shares and growth are given in basis points, rounded towards zero, for reading only: the truth is
    decided without division. A distance is in the stored unit of what would have to change.
    """
    columns = ground.columns
    match leaf:
        case Compare(quantity=quantity, limit=limit):
            number, parts = quantity_parts(quantity, on, columns)
            return {
                "value": (number // parts).cast(pl.Int64),
                "distance": (number // parts - limit).abs().cast(pl.Int64),
            }
        case CompareTwo(quantity=one, other=two):
            (left, one_of), (right, two_of) = (quantity_parts(q, on, columns) for q in (one, two))
            left, right = left // one_of, right // two_of
            return {"value": left, "against": right, "distance": (left - right).abs()}
        case Share():
            return _share(leaf, on, ground)
        case Growth(now=now, before=before):
            (new, new_of), (old, old_of) = (quantity_parts(q, on, columns) for q in (now, before))
            gained = (new.cast(WIDE) * old_of - old.cast(WIDE) * new_of) * 10_000
            growth = pl.when(old > 0).then(gained // (old.cast(WIDE) * new_of))
            return {"value": growth.cast(pl.Int64)}
        case FirstOver(fact=fact, period=period, limit=limit):
            number = columns.number(column_name(fact, absolute_period(period, on)))
            return {"value": number, "distance": (number - limit).abs()}
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
    held = whole.cast(WIDE) * part_of
    value = pl.when(whole > 0).then(part.cast(WIDE) * 10_000 * whole_of // held)
    needed = whole.cast(WIDE) * leaf.limit_bp * part_of
    lacking = (needed - part.cast(WIDE) * 10_000 * whole_of).abs()
    # What the part lacks, rounded up: with it added the share is reached, not nearly reached.
    distance = -(-lacking // (10_000 * whole_of * part_of))
    return {
        "value": value.cast(pl.Int64),
        "distance": pl.when(whole > 0).then(distance).cast(pl.Int64),
    }
