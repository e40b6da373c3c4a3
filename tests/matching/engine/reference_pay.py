"""The plain reference of amounts: the least and the most an item can give, in whole 分."""

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
from tests.matching.engine.plain_truth import World
from tests.matching.engine.reference import ledger_known, truth, value
from tests.matching.engine.small_world import Firm

Bounds = tuple[int, int | None]


def bounds(amount: Amount, firm: Firm, world: World) -> Bounds:
    """Give the least and the most an amount can be; the most None: no end known."""
    match amount:
        case Fixed(cents=cents):
            return cents, cents
        case NonCash():
            return 0, 0
        case Unstated(cap_cents=cap):
            return 0, cap
        case Highest(rows=rows):
            found = [of_row(row, firm, world) for row in rows]
            highs = [high for _, high in found if high is not None]
            return max(low for low, _ in found), max(highs) if len(highs) == len(found) else None
        case Total(rows=rows):
            found = [of_row(row, firm, world) for row in rows]
            highs = [high for _, high in found if high is not None]
            return sum(low for low, _ in found), sum(highs) if len(highs) == len(found) else None
        case LessPaid(family=family, amount=inner):
            low, high = bounds(inner, firm, world)
            paid = paid_so_far(family, firm, world)
            if paid is None:
                return 0, high
            return max(low - paid, 0), None if high is None else max(high - paid, 0)
        case PerStep():
            return around(measured(amount, firm, world), None)
        case _:
            return around(measured(amount, firm, world), amount.cap_cents)


def of_row(row: Row, firm: Firm, world: World) -> Bounds:
    low, high = bounds(row.amount, firm, world)
    holds = True if row.when is None else truth(row.when, firm, world)
    return low if holds else 0, 0 if holds is False else high


def measured(amount: Amount, firm: Firm, world: World) -> int | None:
    """Compute an amount before its cap, rounded down to the 分."""
    if isinstance(amount, PerPoint):
        now = value(amount.growth.now, firm, world)
        old = value(amount.growth.before, firm, world)
        if now is None or old is None or old <= 0:
            return None
        return (now - old) * 100 // old * amount.cents
    assert isinstance(amount, ShareOf | PerUnit | PerStep)
    base = value(amount.base, firm, world)
    if base is None:
        return None
    match amount:
        case ShareOf(share_bp=share):
            return base * share // 10_000
        case PerUnit(cents=cents):
            return base * cents // 1
        case PerStep(cents=cents, beyond=beyond, step=step):
            return (base - beyond) // step * cents


def around(exact: int | None, cap: int | None) -> Bounds:
    if exact is None:
        return 0, cap
    within = max(exact if cap is None else min(exact, cap), 0)
    return within, within


def paid_so_far(family: str, firm: Firm, world: World) -> int | None:
    cents = [award.cents for award in firm.awards if award.family == family]
    if not ledger_known(family, firm, world) or None in cents:
        return None
    return max(sum(sum_ for sum_ in cents if sum_ is not None), 0)
