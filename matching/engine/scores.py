"""Score tables over columns: the points certainly had, the points still possible, and what follows from them.

Which rows hold is given from outside, one answer a row that has a condition, in the order of the text; the
rest is small whole numbers. An indicator whose row is known is exact, one that is not spans its rows.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import product
from operator import and_
from typing import Literal, Protocol

import msgspec
import polars as pl

from matching.engine.truth import ALWAYS, NEVER, UNKNOWN, Outcomes
from matching.language.conditions import (
    Compare,
    Condition,
    Growth,
    Indicator,
    Points,
    Score,
    ScorePart,
    Share,
    conjuncts,
    opened,
    parts_of,
)

Answer = Literal["true", "false", "open"]
ANSWERS: dict[Answer, pl.Expr] = {"true": ALWAYS, "false": NEVER, "open": UNKNOWN}


class Truths(Protocol):
    """Whatever can say, as a column, how a condition stands on an evidence day."""

    def truth(self, condition: Condition, on: date) -> pl.Expr:
        """Give the three-valued truth of a condition."""
        ...


class Bounds(msgspec.Struct, frozen=True):
    """Points certainly had and points still possible, never null; neither is above `most`."""

    low: pl.Expr
    high: pl.Expr
    most: int


def score_bounds(score: Score, on: date, ground: Truths) -> tuple[pl.Expr, pl.Expr]:
    """Give the points certainly had and those still possible, over the ground's tests; judgements are open."""
    parts = _capped_parts(score, part_sums(score, _holding(score, on, ground)))
    total = _capped(reduce(_plus, parts), score.most)
    return total.low, total.high


def part_bounds(score: Score, on: date, ground: Truths) -> tuple[tuple[pl.Expr, pl.Expr], ...]:
    """Give the same for each part of the table."""
    parts = _capped_parts(score, part_sums(score, _holding(score, on, ground)))
    return tuple((part.low, part.high) for part in parts)


def part_sums(score: Score, holds: Sequence[pl.Expr]) -> list[Bounds]:
    """Add up the points of each part, its cap left out.

    holds  whether each row with a condition holds, three-valued, in the order of the text.
    """
    answers = iter(holds)
    return [
        reduce(_plus, [_indicator(one, answers) for one in part.indicators] or [_exactly(0)])
        for part in score.parts
    ]


def score_truth(score: Score, sums: Sequence[Bounds]) -> pl.Expr:
    """Say whether the limit and every minimum is surely reached, surely missed, or open.

    sums  what `part_sums` gives.
    """
    total = reduce(_plus, _capped_parts(score, sums))
    wanted = [(total, score.most, score.limit + (score.operator == "more_than"))]
    wanted += [
        (points, part.most, part.at_least)
        for points, part in zip(sums, score.parts, strict=True)
        if part.at_least is not None
    ]
    # A cap below what is asked for cannot be passed; one above it changes nothing, so nothing is cut off here.
    if any(least > _most_within(points, cap) for points, cap, least in wanted):
        return NEVER
    surely, possibly = (
        reduce(
            and_,
            (getattr(points, end) >= _number(least, points.most) for points, _, least in wanted),
        )
        for end in ("low", "high")
    )
    return pl.when(surely).then(ALWAYS).when(possibly).then(UNKNOWN).otherwise(NEVER)


def beside_tables(
    condition: Condition, definitions: dict[str, Condition]
) -> tuple[list[Condition], list[Condition]]:
    """Give what must hold beside score tables, and the tables that must."""
    parts = conjuncts((condition,), definitions)
    tables = [part for part in parts if isinstance(opened(part, definitions), Score)]
    return [part for part in parts if part not in tables], tables


def apart(score: Score, judged: Callable[[Condition], bool]) -> tuple[Score, Score]:
    """Give the table with only those indicators no person answers, and with only those one does."""

    def keeping(*, wanted: bool) -> Score:
        parts = (
            ScorePart(
                name=part.name,
                indicators=tuple(
                    one
                    for one in part.indicators
                    if any(row.when is not None and judged(row.when) for row in one.rows) is wanted
                ),
                at_least=part.at_least,
                most=part.most,
            )
            for part in score.parts
        )
        return msgspec.structs.replace(score, parts=tuple(parts))

    return keeping(wanted=False), keeping(wanted=True)


def score_outcomes(
    score: Score,
    sure: Sequence[Bounds],
    rows: Sequence[pl.Expr | Outcomes],
    kept: Callable[[pl.Expr], pl.Expr],
) -> Outcomes:
    """Give what a table may become, whatever persons answer: every combination is looked at.

    score  the table with only those indicators a person answers.
    sure   what `part_sums` gives for the others.
    rows   for each row of `score` with a condition its truth, or what it may become where a person answers.
    kept   puts an expression that is read several times into a column of its own.
    """
    judged = [row for row in rows if isinstance(row, Outcomes)]
    found = Outcomes(NEVER, NEVER, NEVER)
    for answers in product(*(_possible(row) for row in judged)):
        said = iter(answers)
        holds = [ANSWERS[next(said)] if isinstance(row, Outcomes) else row for row in rows]
        sums = [_plus(*pair) for pair in zip(sure, part_sums(score, holds), strict=True)]
        truth = kept(score_truth(score, sums))
        may_be = kept(
            reduce(and_, (getattr(row, word) for row, word in zip(judged, answers, strict=True)))
        )
        found = Outcomes(
            found.true | (may_be & truth.fill_null(value=False)),
            found.false | (may_be & ~truth.fill_null(value=True)),
            found.open | (may_be & truth.is_null()),
        )
    return Outcomes(kept(found.true), kept(found.false), kept(found.open))


def _possible(row: Outcomes) -> tuple[Answer, ...]:
    """Leave out being open where only a person decides: a third of the combinations less each time."""
    return ("true", "false") if row.open.meta.eq(NEVER) else ("true", "false", "open")


def _holding(score: Score, on: date, ground: Truths) -> list[pl.Expr]:
    return [ground.truth(row, on) for row in parts_of(score)]


def _capped_parts(score: Score, sums: Sequence[Bounds]) -> list[Bounds]:
    return [_capped(bounds, part.most) for part, bounds in zip(score.parts, sums, strict=True)]


def _indicator(indicator: Indicator, answers: Iterator[pl.Expr]) -> Bounds:
    rows = [(row, next(answers) if row.when is not None else ALWAYS) for row in indicator.rows]
    if indicator.take == "sum":
        added = reduce(_plus, [_highest([row]) for row in rows])
        return _capped(added, indicator.most)
    return _capped(_highest(rows), indicator.most)


def _highest(rows: list[tuple[Points, pl.Expr]]) -> Bounds:
    """Take the row with most points that holds: surely, and possibly."""
    found = _exactly(0)
    banded = _bands_of_one_figure(rows)
    for row, holds in sorted(rows, key=lambda pair: pair[0].points):
        points = _exactly(row.points)
        if row.when is None:
            found = points
            continue
        low, high = (_of(end, found.most, row.points) for end in (found.low, found.high))
        found = Bounds(
            pl.when(holds).then(points.low).otherwise(low),
            high if banded else pl.when(~holds).then(high).otherwise(points.high),
            row.points,
        )
    if not banded:
        return found
    # Bands of one figure are open together: where one is, every row may still count.
    unknown = next(holds for row, holds in rows if row.when is not None).is_null()
    most = _number(found.most, found.most)
    return Bounds(found.low, pl.when(unknown).then(most).otherwise(found.low), found.most)


def _bands_of_one_figure(rows: list[tuple[Points, pl.Expr]]) -> bool:
    """Say whether several rows all test the same figure and differ in the limit alone."""
    figures = [_figure(row.when) for row, _ in rows if row.when is not None]
    return len(figures) > 1 and None not in figures and len({*figures}) == 1


def _figure(test: Condition) -> tuple[object, ...] | None:
    match test:
        case Compare(quantity=quantity):
            return (Compare, quantity)
        case Share(part=part, whole=whole):
            return (Share, part, whole)
        case Growth(now=now, through=through, before=before, years=years):
            return (Growth, now, through, before, years)
        case _:
            return None


def _exactly(points: int) -> Bounds:
    number = _number(points, points)
    return Bounds(number, number, points)


def _plus(one: Bounds, two: Bounds) -> Bounds:
    most = one.most + two.most
    low, high = (
        _of(a, one.most, most) + _of(b, two.most, most)
        for a, b in ((one.low, two.low), (one.high, two.high))
    )
    return Bounds(low, high, most)


def _capped(bounds: Bounds, most: int | None) -> Bounds:
    if most is None or bounds.most <= most:
        return bounds
    cap = _number(most, bounds.most)
    low, high = (end.clip(upper_bound=cap) for end in (bounds.low, bounds.high))
    return Bounds(_of(low, bounds.most, most), _of(high, bounds.most, most), most)


def _most_within(bounds: Bounds, cap: int | None) -> int:
    return bounds.most if cap is None else min(bounds.most, cap)


def _number(points: int, most: int) -> pl.Expr:
    return pl.lit(points, dtype=_kind(most))


def _kind(most: int) -> pl.DataType:
    """Give the narrowest numbers that hold so many points: a table is read many times over."""
    if most <= 127:
        return pl.Int8()
    return pl.Int16() if most <= 32_767 else pl.Int32()


def _of(points: pl.Expr, most: int, wanted: int) -> pl.Expr:
    """Give points as the numbers a sum or row of `wanted` needs."""
    return points if _kind(most) == _kind(wanted) else points.cast(_kind(wanted))
