"""What a met item gives one enterprise: at least so much, at most so much.

Where every input is known the two are equal. An upper end nobody can name is None.
"""

from datetime import date

from matching.engine.single.known import Known
from matching.engine.single.quantities import measured
from matching.engine.single.single import Single
from matching.engine.whole import NARROW
from matching.language.amounts import (
    Amount,
    Fixed,
    Highest,
    LessPaid,
    NonCash,
    PerPoint,
    PerStep,
    PerUnit,
    Row,
    ShareOf,
    Total,
    Unstated,
)

Range = tuple[int, int | None]


def amount_range(amount: Amount, single: Single, on: date) -> Range:
    """Give the lowest and highest 分 of an amount; highest None: no end known.

    A sum no column can hold is given as "at least the largest that can, and no end known".
    """
    low, high = _range(amount, single, on)
    return min(low, NARROW), None if high is None or high > NARROW else high


def _range(amount: Amount, single: Single, on: date) -> Range:
    match amount:
        case Fixed(cents=cents):
            return cents, cents
        case Highest(rows=rows):
            ranges = [_row(row, single, on) for row in rows]
            highs = [high for _, high in ranges if high is not None]
            ended = len(highs) == len(ranges)
            return max(low for low, _ in ranges), max(highs) if ended else None
        case Total(rows=rows):
            ranges = [_row(row, single, on) for row in rows]
            highs = [high for _, high in ranges if high is not None]
            return sum(low for low, _ in ranges), sum(highs) if len(highs) == len(ranges) else None
        case LessPaid(family=family, amount=inner):
            low, high = _range(inner, single, on)
            paid = single.known.paid_sum(family)
            if paid is None:
                return 0, high
            return max(low - paid, 0), None if high is None else max(high - paid, 0)
        case Unstated(cap_cents=cap):
            return 0, cap
        case NonCash():
            return 0, 0
        case ShareOf() | PerUnit() | PerPoint() | PerStep():
            cap = None if isinstance(amount, PerStep) else amount.cap_cents
            return _bounded(_measured(amount, single.known, on), cap)


def _row(row: Row, single: Single, on: date) -> Range:
    """Count a row that surely holds at both ends, one that may hold at the high one only."""
    holds = True if row.when is None else single.node(row.when, on).truth
    if holds is False:
        return 0, 0
    low, high = _range(row.amount, single, on)
    return low if holds else 0, high


def _measured(amount: ShareOf | PerUnit | PerPoint | PerStep, known: Known, on: date) -> int | None:
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


def _bounded(exact: int | None, cap: int | None) -> Range:
    """Unknown: from nothing to the cap. Known: that sum, never below zero or above the cap."""
    if exact is None:
        return 0, cap
    sum_ = max(exact, 0) if cap is None else max(min(exact, cap), 0)
    return sum_, sum_
