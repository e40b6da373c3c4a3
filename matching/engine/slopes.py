"""Sums that grow with one figure in full steps: (figure × factor − less) // divisor × each, in whole numbers.

Where such a sum passes its cap, and from where on it gives anything, is asked of the figure itself: then no
column is clipped or filled, which is the dearest part of a computed amount.
"""

import msgspec
import polars as pl

from matching.engine.ranges import HUGE, NOTHING, Range, bounded
from matching.engine.whole import Whole, clipped, exactly, full_times, minus, times


class Slope(msgspec.Struct, frozen=True, kw_only=True):
    """How a sum grows with a figure; `divisor` is above zero."""

    factor: int = 1
    less: int = 0
    divisor: int = 1
    each: int = 1

    def of(self, figure: Whole) -> Whole:
        """Give the sum, below zero too, null where the figure is not known."""
        over = times(figure, self.factor)
        over = minus(over, exactly(self.less)) if self.less else over
        return times(full_times(over, self.divisor), self.each)

    def start(self) -> int:
        """Give the smallest figure whose sum is not below zero. Only of a slope that rises."""
        return -(-self.less // self.factor)

    def last_under(self, cap: int) -> int:
        """Give the largest figure whose sum is not above the cap. Only of a slope that rises."""
        steps = cap // self.each
        return ((steps + 1) * self.divisor + self.less - 1) // self.factor


def bounded_slope(figure: Whole, slope: Slope, cap: int | None) -> Range:
    """Give the sum within nothing and its cap; from nothing to the cap where the figure is not known."""
    exact = slope.of(figure)
    rises = slope.factor > 0 and slope.each > 0
    if not rises or exact.most > HUGE or (cap is not None and cap < 0):
        return bounded(exact, cap)
    start, top = slope.start(), figure.most if cap is None else slope.last_under(cap)
    if start > figure.most or top < figure.least:
        return bounded(exact, cap)
    known = clipped(exact, 0, cap)
    low = pl.when(_from(figure, start)).then(exact.expr).otherwise(NOTHING)
    if top < figure.most:
        low = pl.when(figure.expr > exactly(top).expr).then(exactly(known.most).expr).otherwise(low)
    high = exact.expr
    if cap is not None:
        high = pl.when(_up_to(figure, top)).then(exact.expr).otherwise(exactly(cap).expr)
    if start > figure.least:
        high = pl.when(figure.expr < exactly(start).expr).then(NOTHING).otherwise(high)
    ends = Whole(low, 0, known.most), Whole(high, 0, known.most if cap is None else cap)
    return Range(*ends, endless=cap is None)


def _from(figure: Whole, start: int) -> pl.Expr:
    """Say that the figure is known and not below the start."""
    if start <= figure.least:
        return figure.expr.is_not_null()
    return figure.expr >= exactly(start).expr


def _up_to(figure: Whole, top: int) -> pl.Expr:
    """Say that the figure is known and not above the top."""
    if top >= figure.most:
        return figure.expr.is_not_null()
    return figure.expr <= exactly(top).expr
