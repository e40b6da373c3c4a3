"""Sums computed from the figures of one enterprise; every rounding is the one down to the 分 at the end."""

from datetime import date

from matching.engine.ranges import HUGE
from matching.engine.single.known import Known
from matching.engine.single.quantities import measured
from matching.language.amounts import Interest, PerPoint, PerStep, PerUnit, ShareOf, StackCap

Range = tuple[int, int | None]
"""At least so many 分, at most so many; None: no end known."""


def bounded(exact: int | None, cap: int | None, possible: int | None = None) -> Range:
    """Known: that sum, never below zero or above the cap. Unknown: from nothing to the cap.

    possible  the most it can be where it is not known; None where that is not known either.
    """
    most = HUGE if cap is None else cap
    high = exact if possible is None else possible
    return (
        0 if exact is None else min(max(exact, 0), most),
        cap if high is None else min(max(high, 0), most),
    )


def measured_sum(
    amount: ShareOf | PerUnit | PerPoint | PerStep, known: Known, on: date
) -> int | None:
    """Give the computed sum before its cap, None where an input is not known; parts of a 分 are dropped."""
    if isinstance(amount, PerPoint):
        now = measured(amount.growth.now, on, known)
        before = measured(amount.growth.before, on, known)
        if now is None or before is None or before[0] <= 0:
            return None
        new, old = now[0] * before[1], before[0] * now[1]
        return (new - old) * 100 // old * amount.cents
    found = measured(amount.base, on, known)
    if found is None:
        return None
    base, parts = found
    match amount:
        case ShareOf(share_bp=share_bp):
            return base * share_bp // (10_000 * parts)
        case PerUnit(cents=cents):
            return base * cents // parts
        case PerStep(cents=cents, beyond=beyond, step=step):
            return (base - beyond * parts) // (step * parts) * cents


def interest(loan: Interest, known: Known, on: date) -> Range:
    """Give principal × yearly points × years within the cap; an unknown side may reach its own limit."""
    principal = measured(loan.principal, on, known)
    owed = (None, 1) if principal is None else principal
    most = loan.principal_most_cents
    surely, possibly = _within(owed[0], None if most is None else most * owed[1])
    borne, borne_most, divisor = _borne(loan, known, on)
    divisor *= owed[1]

    def sum_of(principal_cents: int | None, points: int | None) -> int | None:
        if principal_cents is None or points is None:
            return None
        return principal_cents * points // divisor

    return bounded(sum_of(surely, borne), loan.cap_cents, sum_of(possibly, borne_most))


def _borne(loan: Interest, known: Known, on: date) -> tuple[int | None, int | None, int]:
    """Give the points borne over all years, the most they may be, and what they are to be divided by."""
    if loan.rate is None:
        points = (loan.points_bp or 0) * loan.years
        return points, points, 10_000
    rate = measured(loan.rate, on, known)
    share = None if rate is None else rate[0] * (loan.share_bp or 0)
    rate_of = rate[1] if rate is not None else 1
    most = None if loan.most_bp is None else loan.most_bp * 10_000 * rate_of
    ends = [None if end is None else end * loan.years for end in _within(share, most)]
    return ends[0], ends[1], 10_000 * 10_000 * rate_of


def _within(number: int | None, most: int | None) -> tuple[int | None, int | None]:
    """Give a number kept between zero and a limit, None where not known, and the most it may then be."""
    if number is None:
        return None, most
    known = max(number, 0) if most is None else min(max(number, 0), most)
    return known, known


def limit_of_cost(cap: StackCap, known: Known, on: date) -> tuple[int | None, int | None]:
    """Give the share of the cost that all aid together may reach, less the aid that comes as a figure.

    The low end is None where the cost or that aid is not known, the high one where the cost is not.
    """
    cost = measured(cap.cost, on, known)
    if cost is None:
        return None, None
    allowed, cost_of = max(cost[0], 0) * cap.share_bp, cost[1]
    if cap.aid is None:
        limit = allowed // (10_000 * cost_of)
        return limit, limit
    aid = measured(cap.aid, on, known)

    def left(taken: int, aid_of: int) -> int:
        return (allowed * aid_of - taken * 10_000 * cost_of) // (10_000 * cost_of * aid_of)

    if aid is None:
        return None, left(0, 1)
    limit = left(max(aid[0], 0), aid[1])
    return limit, limit
