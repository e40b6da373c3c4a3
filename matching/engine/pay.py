"""What a met item gives, as two columns: at least so much, at most so much.

Where every input is known the two are equal. An upper end nobody can name is null.
"""

from datetime import date

import polars as pl

from matching.engine.ground import Ground
from matching.engine.measured import interest, limit_of_cost, measured
from matching.engine.ranges import (
    Range,
    as_paid,
    certain,
    less,
    part_of,
    room_under,
    up_to,
    within,
)
from matching.engine.row_ranges import MaybeRow, first_of, highest, total
from matching.engine.whole import NARROW, Whole, clipped, exactly
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


def amount_range(amount: Amount, ground: Ground, on: date) -> tuple[pl.Expr, pl.Expr]:
    """Give the lowest and highest 分 of an amount, over `ground.facts_and_tests()`; highest null: no end known.

    A sum no column can hold is given as "at least the largest that can, and no end known".
    """
    found = _range(amount, ground, on)
    low, high = found.low, found.high
    if low.most > NARROW:
        low = clipped(low, 0, NARROW)
    return low.expr.cast(pl.Int64), high.expr.cast(pl.Int64, strict=False)


def _range(amount: Amount, ground: Ground, on: date) -> Range:
    match amount:
        case Fixed(cents=cents):
            return certain(cents)
        case NonCash():
            return certain(0)
        case Unstated(cap_cents=cap):
            return up_to(cap)
        case ShareOf() | PerUnit() | PerPoint() | PerStep():
            return measured(amount, on, ground.columns)
        case Interest():
            return interest(amount, on, ground.columns)
        case AsPaid(family=family):
            return as_paid(_paid(family, ground))
        case _:
            return _range_of_made(amount, ground, on)


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
    ground: Ground,
    on: date,
) -> Range:
    """Give the range of an amount made of others."""
    match amount:
        case Highest(rows=rows):
            return highest(_rows(rows, ground, on))
        case Total(rows=rows):
            return total(_rows(rows, ground, on))
        case Table(rows=rows):
            return first_of(_rows(rows, ground, on))
        case Staged(family=family, stages=stages):
            # The furthest stage is the first asked about.
            return less(first_of(_rows(stages[::-1], ground, on)), _paid(family, ground))
        case LessPaid(family=family, amount=inner):
            return less(_range(inner, ground, on), _paid(family, ground))
        case PartOf(share_bp=share_bp, amount=inner):
            return part_of(_range(inner, ground, on), share_bp)
        case Pool(cents=cents, claim=claim):
            claimed = up_to(None) if claim is None else _range(claim, ground, on)
            return within(Range(exactly(0), claimed.high, endless=claimed.endless), certain(cents))
        case Split(amount=inner):
            return _range(inner, ground, on)
        case StackCap() | FirmCap():
            return within(_range(amount.amount, ground, on), _room(amount, ground, on))


def _room(cap: StackCap | FirmCap, ground: Ground, on: date) -> Range:
    """Give what a cap over several awards leaves for this one."""
    if isinstance(cap, StackCap):
        taken = [as_paid(_paid(family, ground)) for family in cap.besides]
        return room_under(limit_of_cost(cap, on, ground.columns), taken)
    if cap.per == "life":
        taken = [as_paid(_paid(family, ground)) for family in cap.families]
    else:
        taken = [_paid_in_year(family, ground, on.year) for family in cap.families]
    return room_under(certain(cap.cents), taken)


def _paid(family: str, ground: Ground) -> Whole:
    return Whole(pl.col(ground.paid(family)), 0, NARROW)


def _paid_in_year(family: str, ground: Ground, year: int) -> Range:
    low, high = (Whole(pl.col(name), 0, NARROW) for name in ground.paid_in_year(family, year))
    return Range(low, high, endless=True)


def _rows(rows: tuple[Row, ...], ground: Ground, on: date) -> list[MaybeRow]:
    return [
        MaybeRow(
            _range(row.amount, ground, on),
            None if row.when is None else ground.truth(row.when, on),
        )
        for row in rows
    ]
