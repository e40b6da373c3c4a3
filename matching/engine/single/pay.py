"""What a met item gives one enterprise: at least so much, at most so much.

Where every input is known the two are equal. An upper end nobody can name is None.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeGuard

from matching.engine.ranges import HUGE
from matching.engine.single.measured import Range, bounded, interest, limit_of_cost, measured_sum
from matching.engine.single.single import Single
from matching.engine.single.truths import Truth
from matching.engine.whole import NARROW
from matching.language.amounts import (
    Amount,
    AsPaid,
    FirmCap,
    Fixed,
    Highest,
    Interest,
    LessPaid,
    NonCash,
    PartOf,
    PerPoint,
    PerStep,
    PerUnit,
    Pool,
    Row,
    ShareOf,
    Split,
    StackCap,
    Staged,
    Table,
    Total,
    Unstated,
)

MaybeRow = tuple[Range, Truth]


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
        case NonCash():
            return 0, 0
        case Unstated(cap_cents=cap):
            return 0, cap
        case ShareOf() | PerUnit() | PerPoint() | PerStep():
            cap = None if isinstance(amount, PerStep) else amount.cap_cents
            return bounded(measured_sum(amount, single.known, on), cap)
        case Interest():
            return interest(amount, single.known, on)
        case AsPaid(family=family):
            return _as_paid(single.known.paid_sum(family))
        case _:
            return _range_of_made(amount, single, on)


def _range_of_made(
    amount: Highest
    | Total
    | Table
    | Staged
    | LessPaid
    | PartOf
    | Pool
    | Split
    | StackCap
    | FirmCap,
    single: Single,
    on: date,
) -> Range:
    """Give the range of an amount made of others."""
    match amount:
        case Highest(rows=rows):
            lows, highs = _ends([_counted(row) for row in _rows(rows, single, on)])
            return max(lows), None if None in highs else max(filter(_is_known, highs))
        case Total(rows=rows):
            lows, highs = _ends([_counted(row) for row in _rows(rows, single, on)])
            return sum(lows), None if None in highs else sum(filter(_is_known, highs))
        case Table(rows=rows):
            return _first_of(_rows(rows, single, on))
        case Staged(family=family, stages=stages):
            # The furthest stage is the first asked about.
            found = _first_of(_rows(stages[::-1], single, on))
            return _less(found, single.known.paid_sum(family))
        case LessPaid(family=family, amount=inner):
            return _less(_range(inner, single, on), single.known.paid_sum(family))
        case PartOf(share_bp=share_bp, amount=inner):
            low, high = _range(inner, single, on)
            return _part(low, share_bp), None if high is None else _part(high, share_bp)
        case Pool(cents=cents, claim=claim):
            claimed = None if claim is None else _range(claim, single, on)[1]
            return _within((0, claimed), (cents, cents))
        case Split(amount=inner):
            return _range(inner, single, on)
        case StackCap() | FirmCap():
            return _within(_range(amount.amount, single, on), _room(amount, single, on))


def _room(cap: StackCap | FirmCap, single: Single, on: date) -> Range:
    """Give what a cap over several awards leaves for this one; what is not known may be all or nothing."""
    known = single.known
    if isinstance(cap, StackCap):
        low, high = limit_of_cost(cap, known, on)
        taken = [_as_paid(known.paid_sum(family)) for family in cap.besides]
    else:
        low = high = cap.cents
        taken = [
            known.paid_in_year(family, on.year)
            if cap.per == "year"
            else _as_paid(known.paid_sum(family))
            for family in cap.families
        ]
    lows, highs = _ends(taken)
    sure = low is not None and None not in highs
    return (
        max((low or 0) - sum(filter(_is_known, highs)), 0) if sure else 0,
        None if high is None else max(high - sum(lows), 0),
    )


def _rows(rows: tuple[Row, ...], single: Single, on: date) -> list[MaybeRow]:
    return [
        (
            _range(row.amount, single, on),
            True if row.when is None else single.node(row.when, on).truth,
        )
        for row in rows
    ]


def _counted(row: MaybeRow) -> Range:
    """Count a row that surely holds at both ends, one that may hold at the high one only."""
    (low, high), holds = row
    return low if holds else 0, 0 if holds is False else high


def _first_of(rows: list[MaybeRow]) -> Range:
    """Give the first row that holds, nothing without one; of those that may be the first, all that is possible."""
    possible: list[Range] = []
    for found, holds in rows:
        if holds is not False:
            possible.append(found)
        if holds:
            break
    else:
        possible.append((0, 0))
    lows, highs = _ends(possible)
    return min(lows), None if None in highs else max(0, *filter(_is_known, highs))


def _less(found: Range, paid: int | None) -> Range:
    """Take what was paid off both ends; what was paid being unknown, the low end is nothing."""
    low, high = found
    if paid is None:
        return 0, high
    return max(low - paid, 0), None if high is None else max(high - paid, 0)


def _within(found: Range, room: Range) -> Range:
    """Keep an amount within what room is left."""
    highs = [high for high in (found[1], room[1]) if high is not None]
    return min(found[0], room[0]), min(highs, default=None)


def _as_paid(paid: int | None) -> Range:
    return (0, None) if paid is None else (paid, paid)


def _part(cents: int, share_bp: int) -> int:
    return min(max(cents, 0), HUGE) * share_bp // 10_000


def _ends(ranges: Sequence[Range]) -> tuple[list[int], list[int | None]]:
    return [low for low, _ in ranges], [high for _, high in ranges]


def _is_known(end: int | None) -> TypeGuard[int]:
    return end is not None
