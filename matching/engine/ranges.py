"""Ranges of 分 over columns: at least so much, at most so much; what is taken off them and what they are kept within."""

from collections.abc import Sequence
from functools import reduce

import msgspec
import polars as pl

from matching.engine.truth import all_of
from matching.engine.whole import Whole, clipped, exactly, full_times, minus, times

NO_END = pl.lit(None, dtype=pl.Int64)
NOTHING = pl.lit(0, dtype=pl.Int64)
HUGE = 2**100
"""Far beyond what a column can hold: a sum cut off here still is, whatever is added to it or taken off."""


class Range(msgspec.Struct, frozen=True):
    """Both ends of an amount; where `high` is null no upper end is known, which `endless` says may be."""

    low: Whole
    high: Whole
    endless: bool = False


def certain(cents: int) -> Range:
    """Give one sum for all."""
    return Range(exactly(cents), exactly(cents))


def bounded(exact: Whole, cap: int | None, possible: Whole | None = None) -> Range:
    """Known: that sum, never below zero or above the cap. Unknown: from nothing to the cap.

    possible  the most it can be where it is not known; null where that is not known either.
    """
    known = clipped(exact, 0, HUGE if cap is None else cap)
    low = Whole(known.expr.fill_null(NOTHING), 0, known.most)
    high = known if possible is None else clipped(possible, 0, HUGE if cap is None else cap)
    if cap is None:
        return Range(low, high, endless=True)
    return Range(low, Whole(high.expr.fill_null(exactly(cap).expr), 0, cap))


def up_to(cap: int | None) -> Range:
    """Give from nothing to the cap; None: no end known."""
    high = Whole(NO_END, 0, 0) if cap is None else exactly(cap)
    return Range(exactly(0), high, endless=cap is None)


def as_paid(paid: Whole) -> Range:
    """Give what was paid; unknown: anything."""
    return Range(Whole(paid.expr.fill_null(NOTHING), 0, paid.most), paid, endless=True)


def part_of(found: Range, share_bp: int) -> Range:
    """Give a share of both ends, rounded down."""
    low, high = (
        full_times(times(clipped(end, 0, HUGE), share_bp), 10_000)
        for end in (found.low, found.high)
    )
    return Range(low, high, endless=found.endless)


def less(found: Range, paid: Whole) -> Range:
    """Take what was paid off both ends; what was paid being unknown, the low end is nothing."""
    low, high = (clipped(minus(end, paid), 0, None) for end in (found.low, found.high))
    reduced = pl.when(paid.expr.is_null()).then(found.high.expr).otherwise(high.expr)
    return Range(
        Whole(low.expr.fill_null(NOTHING), low.least, low.most),
        Whole(reduced, min(found.high.least, high.least), max(found.high.most, high.most)),
        endless=found.endless,
    )


def within(found: Range, room: Range) -> Range:
    """Keep an amount within what room is left, which is a range itself."""
    return Range(
        smallest([found.low, room.low]),
        smallest([found.high, room.high]),
        endless=found.endless and room.endless,
    )


def room_under(limit: Range, taken: Sequence[Range]) -> Range:
    """Give what a limit leaves after what has been taken; what is not known may be all of it or nothing."""
    low = clipped(reduce(minus, (part.high for part in taken), limit.low), 0, None)
    high = clipped(reduce(minus, (part.low for part in taken), limit.high), 0, None)
    return Range(Whole(low.expr.fill_null(NOTHING), 0, low.most), high, endless=limit.endless)


def largest_end(ends: Sequence[Whole], *, endless: bool) -> Whole:
    """Give the largest upper end; one that nobody can name leaves none."""
    high = largest(ends)
    if not endless:
        return high
    ended = all_of(end.expr.is_not_null() for end in ends)
    return Whole(pl.when(ended).then(high.expr), high.least, high.most)


def largest(numbers: Sequence[Whole]) -> Whole:
    """Give the largest of those that are known."""
    return Whole(
        pl.max_horizontal(number.expr for number in numbers),
        max(number.least for number in numbers),
        max(number.most for number in numbers),
    )


def smallest(numbers: Sequence[Whole]) -> Whole:
    """Give the smallest of those that are known."""
    return Whole(
        pl.min_horizontal(number.expr for number in numbers),
        min(number.least for number in numbers),
        max(number.most for number in numbers),
    )
