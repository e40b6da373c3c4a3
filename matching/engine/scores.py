"""Score tables over columns: the points certainly had, the points still possible, and what follows from them.

Which rows hold is given from outside, one answer a row that has a condition, in the order of the text; the
rest is small whole numbers. An indicator whose row is known is exact, one that is not spans its rows.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import product
from operator import and_
from typing import Literal, Protocol

import msgspec
import polars as pl

from matching.engine.truth import NEVER, UNKNOWN, Outcomes
from matching.language.conditions import Condition, Indicator, Points, Score, ScorePart, parts_of

MOST_JUDGED = 4
"""Rows with a person's answer one score may have: every combination of their answers is looked at."""
Answer = Literal["true", "false", "open"]
ANSWERS: dict[Answer, pl.Expr] = {
    "true": pl.lit(value=True),
    "false": pl.lit(value=False),
    "open": UNKNOWN,
}


class Truths(Protocol):
    """Whatever can say, as a column, how a condition stands on an evidence day."""

    def truth(self, condition: Condition, on: date) -> pl.Expr:
        """Give the three-valued truth of a condition."""
        ...


class Bounds(msgspec.Struct, frozen=True):
    """Points certainly had and points still possible, never null; `most` is what no row can pass."""

    low: pl.Expr
    high: pl.Expr
    most: int


class Counted(msgspec.Struct, frozen=True):
    """A score table over columns: each part with its cap, and their sum with the table's own."""

    parts: tuple[Bounds, ...]
    total: Bounds


def score_bounds(score: Score, on: date, ground: Truths) -> tuple[pl.Expr, pl.Expr]:
    """Give the points certainly had and those still possible, over the ground's tests; judgements are open."""
    total = counted(score, _holding(score, on, ground)).total
    return total.low, total.high


def part_bounds(score: Score, on: date, ground: Truths) -> tuple[tuple[pl.Expr, pl.Expr], ...]:
    """Give the same for each part of the table."""
    parts = counted(score, _holding(score, on, ground)).parts
    return tuple((part.low, part.high) for part in parts)


def counted(score: Score, holds: Sequence[pl.Expr]) -> Counted:
    """Count the points of a table.

    holds  whether each row with a condition holds, three-valued, in the order of the text.
    """
    answers = iter(holds)
    parts = tuple(_part(part, answers) for part in score.parts)
    return Counted(parts, _capped(reduce(_plus, parts), score.most))


def score_truth(score: Score, holds: Sequence[pl.Expr]) -> pl.Expr:
    """Say whether the limit and every minimum is surely reached, surely missed, or open."""
    found = counted(score, holds)
    limit = score.limit + (score.operator == "more_than")
    reached = [
        _reached(bounds, part.at_least)
        for part, bounds in zip(score.parts, found.parts, strict=True)
        if part.at_least is not None
    ]
    return reduce(and_, [_reached(found.total, limit), *reached])


def score_outcomes(score: Score, rows: Sequence[pl.Expr | Outcomes]) -> Outcomes:
    """Give what a table may become, whatever persons answer.

    rows  for each row with a condition its truth, or what it may become where a judgement stands in it.
    """
    judged = [row for row in rows if isinstance(row, Outcomes)]
    found = Outcomes(NEVER, NEVER, NEVER)
    for answers in product(*(_possible(row) for row in judged)):
        said = iter(answers)
        holds = [ANSWERS[next(said)] if isinstance(row, Outcomes) else row for row in rows]
        truth = score_truth(score, holds)
        may_be = reduce(
            and_, (getattr(row, word) for row, word in zip(judged, answers, strict=True))
        )
        found = Outcomes(
            found.true | (may_be & truth.fill_null(value=False)),
            found.false | (may_be & ~truth.fill_null(value=True)),
            found.open | (may_be & truth.is_null()),
        )
    return found


def _possible(row: Outcomes) -> tuple[Answer, ...]:
    """Leave out being open where only a person decides: a third of the combinations less each time."""
    return ("true", "false") if row.open.meta.eq(NEVER) else ("true", "false", "open")


def _holding(score: Score, on: date, ground: Truths) -> list[pl.Expr]:
    return [ground.truth(row, on) for row in parts_of(score)]


def _part(part: ScorePart, answers: Iterator[pl.Expr]) -> Bounds:
    indicators = [_indicator(indicator, answers) for indicator in part.indicators]
    return _capped(reduce(_plus, indicators), part.most)


def _indicator(indicator: Indicator, answers: Iterator[pl.Expr]) -> Bounds:
    rows = [_row(row, answers) for row in indicator.rows]
    if indicator.take == "sum":
        return _capped(reduce(_plus, rows), indicator.most)
    highest = Bounds(
        pl.max_horizontal(row.low for row in rows),
        pl.max_horizontal(row.high for row in rows),
        max(row.most for row in rows),
    )
    return _capped(highest, indicator.most)


def _row(row: Points, answers: Iterator[pl.Expr]) -> Bounds:
    points, nothing = (pl.lit(number, dtype=pl.Int32) for number in (row.points, 0))
    if row.when is None:
        return Bounds(points, points, row.points)
    holds = next(answers)
    surely = pl.when(holds).then(points).otherwise(nothing)
    possibly = pl.when(~holds).then(nothing).otherwise(points)
    return Bounds(surely, possibly, row.points)


def _plus(one: Bounds, two: Bounds) -> Bounds:
    return Bounds(one.low + two.low, one.high + two.high, one.most + two.most)


def _capped(bounds: Bounds, most: int | None) -> Bounds:
    if most is None or bounds.most <= most:
        return bounds
    cap = pl.lit(most, dtype=pl.Int32)
    low, high = (end.clip(upper_bound=cap) for end in (bounds.low, bounds.high))
    return Bounds(low, high, most)


def _reached(bounds: Bounds, least: int) -> pl.Expr:
    """Say it of a limit: true once even the lowest reaches it, false once the highest does not."""
    least_points = pl.lit(least, dtype=pl.Int32)
    surely, possibly = bounds.low >= least_points, bounds.high >= least_points
    # Kleene's: true | x is true; otherwise (null & false) is false and (null & true) is open.
    return surely | (possibly & UNKNOWN)
