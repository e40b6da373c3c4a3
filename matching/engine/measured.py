"""Sums computed from columns, in whole numbers; every rounding is the one down to the 分 at the end."""

from datetime import date

from matching.engine.columns import Columns
from matching.engine.leaves import quantity_parts
from matching.engine.ranges import Range, bounded
from matching.engine.slopes import Slope, bounded_slope
from matching.engine.whole import (
    Whole,
    clipped,
    exactly,
    full_times,
    minus,
    product_over,
    times,
    where_positive,
)
from matching.language.amounts import Interest, PerPoint, PerStep, PerUnit, ShareOf, StackCap


def measured(amount: ShareOf | PerUnit | PerPoint | PerStep, on: date, columns: Columns) -> Range:
    """Give a computed sum within its cap, null where an input is not known; parts of a 分 are dropped."""
    if isinstance(amount, PerPoint):
        return bounded(_per_point(amount, on, columns), amount.cap_cents)
    base, parts = quantity_parts(amount.base, on, columns)
    match amount:
        case ShareOf(share_bp=share_bp, cap_cents=cap):
            return bounded_slope(base, Slope(factor=share_bp, divisor=10_000 * parts), cap)
        case PerUnit(cents=cents, cap_cents=cap):
            return bounded_slope(base, Slope(factor=cents, divisor=parts), cap)
        case PerStep(cents=cents, beyond=beyond, step=step):
            steps = Slope(less=beyond * parts, divisor=step * parts, each=cents)
            return bounded_slope(base, steps, None)


def interest(loan: Interest, on: date, columns: Columns) -> Range:
    """Give principal × yearly points × years within the cap; an unknown side may reach its own limit."""
    principal, principal_of = quantity_parts(loan.principal, on, columns)
    most = loan.principal_most_cents
    principal_ends = _within(principal, None if most is None else most * principal_of)
    if loan.rate is None:
        borne = exactly((loan.points_bp or 0) * loan.years)
        borne_ends, divisor = (borne, borne), 10_000 * principal_of
    else:
        rate, rate_of = quantity_parts(loan.rate, on, columns)
        most = None if loan.most_bp is None else loan.most_bp * 10_000 * rate_of
        borne_ends = _within(times(rate, loan.share_bp or 0), most)
        borne_ends = (times(borne_ends[0], loan.years), times(borne_ends[1], loan.years))
        divisor = 10_000 * 10_000 * principal_of * rate_of
    exact = product_over(principal_ends[0], borne_ends[0], divisor)
    return bounded(exact, loan.cap_cents, product_over(principal_ends[1], borne_ends[1], divisor))


def limit_of_cost(cap: StackCap, on: date, columns: Columns) -> Range:
    """Give the share of the cost that all aid together may reach, less the aid that comes as a figure.

    The low end is null where the cost or that aid is not known, the high one where the cost is not.
    """
    cost, cost_of = quantity_parts(cap.cost, on, columns)
    allowed = times(clipped(cost, 0, None), cap.share_bp)
    if cap.aid is None:
        limit = full_times(allowed, 10_000 * cost_of)
        return Range(limit, limit, endless=True)
    aid, aid_of = quantity_parts(cap.aid, on, columns)
    had = clipped(aid, 0, None)
    low, high = (
        full_times(
            minus(times(allowed, aid_of), times(taken, 10_000 * cost_of)),
            10_000 * cost_of * aid_of,
        )
        for taken in (had, _filled(had, 0))
    )
    return Range(low, high, endless=True)


def _within(number: Whole, most: int | None) -> tuple[Whole, Whole]:
    """Give a number kept between zero and a limit, null where not known, and the most it may then be."""
    known = clipped(number, 0, most)
    return known, known if most is None else _filled(known, most)


def _filled(number: Whole, value: int) -> Whole:
    return Whole(
        number.expr.fill_null(exactly(value).expr),
        min(number.least, value),
        max(number.most, value),
    )


def _per_point(amount: PerPoint, on: date, columns: Columns) -> Whole:
    now, now_of = quantity_parts(amount.growth.now, on, columns)
    before, before_of = quantity_parts(amount.growth.before, on, columns)
    old = times(before, now_of)
    gained = times(minus(times(now, before_of), old), 100)
    points = where_positive(before, gained.expr // old.expr)
    ends = min(gained.least, 0), max(gained.most, 0)
    return times(Whole(points, *ends), amount.cents)
