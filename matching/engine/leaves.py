"""The truth of each single test over columns, in whole numbers and without division."""

from datetime import date

import polars as pl

from matching.engine.truth import UNKNOWN, all_of
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
from matching.language.periods import years_before
from matching.language.quantities import OverMonths, Quantity, Value, absolute_period
from matching.language.vocabulary import Fact, Vocabulary, column_name

WIDE = pl.Int128
"""Products of two quantities are taken in 128 bits: no sum a sheet can hold makes them overflow."""


class Columns:
    """The fact columns of a frame, its text codes turned into whole numbers once."""

    def __init__(self, frame: pl.DataFrame, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._words: dict[str, pl.Series] = {}
        coded: list[pl.Series] = []
        for name, kind in frame.schema.items():
            if kind == pl.String or isinstance(kind, pl.Enum | pl.Categorical):
                words = frame[name].cast(pl.String).unique().drop_nulls().sort()
                self._words[name] = words
                coded.append(frame[name].cast(pl.String).cast(pl.Enum(words)).to_physical())
        self.frame = frame.with_columns(coded) if coded else frame

    def number(self, column: str) -> pl.Expr:
        """Give a number column; unknown for all where the frame has none."""
        return pl.col(column) if column in self.frame.columns else pl.lit(None, dtype=pl.Int64)

    def flag(self, column: str) -> pl.Expr:
        """Give a Boolean column; unknown for all where the frame has none."""
        return pl.col(column) if column in self.frame.columns else UNKNOWN

    def day(self, column: str) -> pl.Expr:
        """Give a date column; unknown for all where the frame has none."""
        return pl.col(column) if column in self.frame.columns else pl.lit(None, dtype=pl.Date)

    def word(self, column: str) -> pl.Expr:
        """Give a code column in words again, for reading; unknown for all where the frame has none."""
        if column not in self._words:
            return pl.lit(None, dtype=pl.String)
        return pl.lit(self._words[column]).gather(pl.col(column))

    def among(self, column: str, fact: Fact, codes: tuple[str, ...]) -> pl.Expr:
        """Say where a code is one of these, or lies within one of them in its tree."""
        if column not in self._words:
            return UNKNOWN
        words = self._words[column]
        if words.is_empty():
            return UNKNOWN
        tree = self.vocabulary.tree_of(fact)
        if tree is None:
            hits = [word in codes for word in words]
        else:
            hits = [any(tree.contains(code, word) for code in codes) for word in words]
        return pl.lit(pl.Series(hits, dtype=pl.Boolean)).gather(pl.col(column))


def compared(left: pl.Expr, operator: Operator, right: pl.Expr | int) -> pl.Expr:
    """Compare two whole numbers; unknown where either is."""
    match operator:
        case "at_least":
            return left >= right
        case "at_most":
            return left <= right
        case "more_than":
            return left > right
        case "less_than":
            return left < right


def quantity_parts(quantity: Quantity, on: date, columns: Columns) -> tuple[pl.Expr, int]:
    """Give a quantity as a whole number and what it is to be divided by (a mean of months keeps its sum)."""
    if isinstance(quantity, Value):
        column = column_name(quantity.fact, absolute_period(quantity.period, on))
        return columns.number(column), 1
    assert isinstance(quantity, OverMonths)  # noqa: S101  the union has no third kind
    months = [columns.number(name) for name in quantity.columns(on)]
    known = all_of(month.is_not_null() for month in months)
    match quantity.take:
        case "sum" | "mean":
            total = sum(months[1:], start=months[0])
            return total, len(months) if quantity.take == "mean" else 1
        case "max":
            return pl.when(known).then(pl.max_horizontal(months)), 1
        case "min":
            return pl.when(known).then(pl.min_horizontal(months)), 1


def leaf_truth(leaf: Condition, on: date, columns: Columns) -> pl.Expr:
    """Give the three-valued truth of one test on an evidence day."""
    match leaf:
        case Compare(quantity=quantity, operator=operator, limit=limit):
            number, parts = quantity_parts(quantity, on, columns)
            return compared(number, operator, limit * parts)
        case CompareTwo(quantity=quantity, operator=operator, other=other):
            (left, one), (right, two) = (quantity_parts(q, on, columns) for q in (quantity, other))
            return compared(left * two, operator, right * one)
        case Share():
            return share_truth(leaf, on, columns)
        case Growth():
            return growth_truth(leaf, on, columns)
        case FirstOver():
            return first_over_truth(leaf, on, columns)
        case Dated(fact=fact, period=period, operator=way, day=day):
            said = columns.day(column_name(fact, absolute_period(period, on)))
            return said <= day if way == "on_or_before" else said >= day
        case YearsSince(fact=fact, at_least=years):
            return columns.day(fact) <= years_before(on, years)
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
    reached = compared(
        part.cast(WIDE) * (10_000 * whole_of),
        leaf.operator,
        whole.cast(WIDE) * (leaf.limit_bp * part_of),
    )
    return pl.when(whole > 0).then(reached)


def growth_truth(leaf: Growth, on: date, columns: Columns) -> pl.Expr:
    """Test (now / before)^(1/years) - 1 without root or division; unknown from a base of zero or less.

    now × 10000^n against before × (10000 + limit)^n: the same answer, in whole numbers.
    """
    now, now_of = quantity_parts(leaf.now, on, columns)
    before, before_of = quantity_parts(leaf.before, on, columns)
    reached = compared(
        now.cast(WIDE) * (10_000**leaf.years * before_of),
        leaf.operator,
        before.cast(WIDE) * ((10_000 + leaf.limit_bp) ** leaf.years * now_of),
    )
    return pl.when(before > 0).then(reached)


def first_over_truth(leaf: FirstOver, on: date, columns: Columns) -> pl.Expr:
    """Test that the limit is passed in the year, and in no earlier one since `since`.

    A year that ended before the enterprise was registered cannot have passed it.
    """
    year = int(absolute_period(leaf.period, on) or on.year)

    def passed(of_year: int) -> pl.Expr:
        return compared(columns.number(f"{leaf.fact}@{of_year}"), leaf.operator, leaf.limit)

    registered = columns.day("registered_on")
    before = [
        ~passed(earlier) | (registered > date(earlier, 12, 31))
        for earlier in range(leaf.since, year)
    ]
    return all_of([passed(year), *before])
