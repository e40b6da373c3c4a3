"""The truth of each single test over columns, in whole numbers and without division."""

from datetime import date
from functools import reduce

import polars as pl

from matching.engine.columns import Columns
from matching.engine.truth import all_of
from matching.engine.whole import (
    Whole,
    clipped,
    exactly,
    plus,
    product,
    products_compared,
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
    Share,
    YearsSince,
)
from matching.language.quantities import OverLedger, Quantity, Value, absolute_period
from matching.language.vocabulary import column_name


def quantity_parts(quantity: Quantity, on: date, columns: Columns) -> tuple[Whole, int]:
    """Give a quantity as a whole number and what it is to be divided by (a mean of months keeps its sum)."""
    if isinstance(quantity, Value):
        column = column_name(quantity.fact, absolute_period(quantity.period, on))
        return columns.number_on(column, on), 1
    if isinstance(quantity, OverLedger):
        return columns.ledger(quantity), 1
    months = [columns.number(name) for name in quantity.columns(on)]
    if quantity.take in ("sum", "mean"):
        return reduce(plus, months), len(months) if quantity.take == "mean" else 1
    known = all_of(month.expr.is_not_null() for month in months)
    ends = min(month.least for month in months), max(month.most for month in months)
    pick = pl.max_horizontal if quantity.take == "max" else pl.min_horizontal
    return Whole(pl.when(known).then(pick(month.expr for month in months)), *ends), 1


def leaf_truth(leaf: Condition, on: date, columns: Columns) -> pl.Expr:
    """Give the three-valued truth of one test on an evidence day."""
    match leaf:
        case Compare(quantity=quantity, operator=operator, limit=limit):
            number, parts = quantity_parts(quantity, on, columns)
            return products_compared(number, 1, operator, exactly(limit), parts)
        case CompareTwo(quantity=quantity, operator=operator, other=other):
            (left, one), (right, two) = (quantity_parts(q, on, columns) for q in (quantity, other))
            return products_compared(left, two, operator, right, one)
        case Share():
            return share_truth(leaf, on, columns)
        case Growth():
            return growth_truth(leaf, on, columns)
        case FirstOver():
            return first_over_truth(leaf, on, columns)
        case Dated(fact=fact, period=period, operator=way, day=day):
            said = columns.day(column_name(fact, absolute_period(period, on)))
            return said <= day if way == "on_or_before" else said >= day
        case YearsSince(fact=fact):
            return columns.day(fact) <= leaf.latest_start(on)
        case OneOf(fact=fact, period=period, codes=codes):
            declared = columns.vocabulary.facts[fact]
            return columns.among(column_name(fact, absolute_period(period, on)), declared, codes)
        case Flag(fact=fact, period=period, expected=expected):
            said = columns.flag(column_name(fact, absolute_period(period, on)))
            return said if expected else ~said
        case _:
            raise TypeError(f"{type(leaf).__name__} is no single test over fact columns")


def share_truth(leaf: Share, on: date, columns: Columns) -> pl.Expr:
    """Test part / whole without dividing; unknown where the whole is zero or less."""
    part, part_of = quantity_parts(leaf.part, on, columns)
    whole, whole_of = quantity_parts(leaf.whole, on, columns)
    reached = products_compared(
        part, 10_000 * whole_of, leaf.operator, whole, leaf.limit_bp * part_of
    )
    return where_positive(whole, reached)


def growth_truth(leaf: Growth, on: date, columns: Columns) -> pl.Expr:
    """Test (now / before)^(1/years) - 1 without root or division; unknown from a base of zero or less.

    now × 10000^n against before × (10000 + limit)^n: the same answer, in whole numbers.
    """
    if leaf.through is not None:
        return mean_growth_truth(leaf, leaf.through, on, columns)
    now, now_of = quantity_parts(leaf.now, on, columns)
    before, before_of = quantity_parts(leaf.before, on, columns)
    reached = products_compared(
        now,
        10_000**leaf.years * before_of,
        leaf.operator,
        before,
        (10_000 + leaf.limit_bp) ** leaf.years * now_of,
    )
    return where_positive(before, reached)


def mean_growth_truth(leaf: Growth, through: Quantity, on: date, columns: Columns) -> pl.Expr:
    """Test the mean of two yearly growths without dividing; unknown from a base of zero or less.

    (c/b + b/a) / 2 - 1 against the limit is c × a + b × b against b × a × (2 + 2 × limit).
    """
    now, middle, before = (
        quantity_parts(quantity, on, columns)[0] for quantity in (leaf.now, through, leaf.before)
    )
    middle, before = clipped(middle, 0, None), clipped(before, 0, None)
    left = plus(product(now, before), product(middle, middle))
    right = product(middle, before)
    reached = products_compared(left, 10_000, leaf.operator, right, 20_000 + 2 * leaf.limit_bp)
    return where_positive(before, where_positive(middle, reached))


def first_over_truth(leaf: FirstOver, on: date, columns: Columns) -> pl.Expr:
    """Test that the limit is passed in the year, and in no earlier one since `since`.

    A year that ended before the enterprise was registered cannot have passed it.
    """
    year = int(absolute_period(leaf.period, on) or on.year)

    def passed(of_year: int) -> pl.Expr:
        number = columns.number(column_name(leaf.fact, str(of_year)))
        return products_compared(number, 1, leaf.operator, exactly(leaf.limit), 1)

    registered = columns.day("registered_on")
    before = [
        ~passed(earlier) | (registered > date(earlier, 12, 31))
        for earlier in range(leaf.since, year)
    ]
    return all_of([passed(year), *before])
