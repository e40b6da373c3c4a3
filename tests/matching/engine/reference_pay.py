"""The plain reference of amounts: the least and the most an item can give, in whole 分."""

from fractions import Fraction
from math import floor

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
from tests.matching.engine.plain_truth import World
from tests.matching.engine.reference import ledger_known, truth, value
from tests.matching.engine.small_world import Firm

Bounds = tuple[int, int | None]


def bounds(amount: Amount, firm: Firm, world: World) -> Bounds:  # noqa: C901, PLR0912  one case a kind
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
            return less(bounds(inner, firm, world), paid_so_far(family, firm, world))
        case Table(rows=rows):
            return first_of(rows, firm, world)
        case Staged(family=family, stages=stages):
            reached = first_of(tuple(reversed(stages)), firm, world)
            return less(reached, paid_so_far(family, firm, world))
        case AsPaid(family=family):
            paid = paid_so_far(family, firm, world)
            return (0, None) if paid is None else (paid, paid)
        case Split(amount=inner):
            return bounds(inner, firm, world)
        case PartOf(share_bp=share, amount=inner):
            low, high = bounds(inner, firm, world)
            return low * share // 10_000, None if high is None else high * share // 10_000
        case Pool() | StackCap() | FirmCap() | Interest():
            return limited(amount, firm, world)
        case PerStep():
            return around(measured(amount, firm, world), None)
        case _:
            return around(measured(amount, firm, world), amount.cap_cents)


def first_of(rows: tuple[Row, ...], firm: Firm, world: World) -> Bounds:
    """Give what the first row that holds gives; where several may be the first, all of them count."""
    possible: list[Bounds] = []
    for row in rows:
        holds = True if row.when is None else truth(row.when, firm, world)
        if holds is not False:
            possible.append(bounds(row.amount, firm, world))
        if holds is True:
            break
    else:
        possible.append((0, 0))
    highs = [high for _, high in possible if high is not None]
    return min(low for low, _ in possible), max(highs) if len(highs) == len(possible) else None


def less(found: Bounds, paid: int | None) -> Bounds:
    low, high = found
    if paid is None:
        return 0, high
    return max(low - paid, 0), None if high is None else max(high - paid, 0)


def of_row(row: Row, firm: Firm, world: World) -> Bounds:
    low, high = bounds(row.amount, firm, world)
    holds = True if row.when is None else truth(row.when, firm, world)
    return low if holds else 0, 0 if holds is False else high


def limited(amount: Amount, firm: Firm, world: World) -> Bounds:
    """Give an amount that something besides it bounds: a pool, a cost, a sum a year, a principal."""
    match amount:
        case Pool(cents=cents, claim=claim):
            most = None if claim is None else bounds(claim, firm, world)[1]
            return 0, cents if most is None else min(cents, most)
        case StackCap():
            return within(bounds(amount.amount, firm, world), room_for(amount, firm, world))
        case FirmCap(cents=cents, families=families):
            year = world.on.year if amount.per == "year" else None
            paid = [paid_between(family, year, firm, world) for family in families]
            mosts = [most for _, most in paid if most is not None]
            least = max(cents - sum(mosts), 0) if len(mosts) == len(paid) else 0
            room = least, max(cents - sum(low for low, _ in paid), 0)
            return within(bounds(amount.amount, firm, world), room)
        case Interest():
            return interest(amount, firm, world)
        case _:
            raise TypeError(amount)


def within(found: Bounds, room: Bounds) -> Bounds:
    """Give no more than there is room for; room without an end is as much as you like."""
    (low, high), (least, most) = found, room
    highs = [end for end in (high, most) if end is not None]
    return min(low, least), min(highs) if highs else None


def room_for(cap: StackCap, firm: Firm, world: World) -> Bounds:
    """Give what the share of the cost leaves beside what others gave; all of it must be known."""
    cost = value(cap.cost, firm, world)
    aid = value(cap.aid, firm, world) if cap.aid is not None else Fraction(0)
    paid = [paid_between(family, None, firm, world) for family in cap.besides]
    if cost is None:
        return 0, None
    whole = cost * cap.share_bp / 10_000
    mosts = [most for _, most in paid if most is not None]
    known = aid is not None and len(mosts) == len(paid)
    least = max(floor(whole - max(aid or 0, 0) - sum(mosts)), 0) if known else 0
    return least, max(floor(whole - max(aid or 0, 0) - sum(low for low, _ in paid)), 0)


def paid_between(family: str, year: int | None, firm: Firm, world: World) -> Bounds:
    """Give what was surely and what was possibly paid in a year, or ever; a payment without a day may be in it.

    A ledger known in part tells nothing: what was paid may have been taken back.
    """
    awards = [award for award in firm.awards if award.family == family]
    sure = [a for a in awards if year is None or (a.paid_on is not None and a.paid_on.year == year)]
    possible = [a for a in awards if year is None or a.paid_on is None or a.paid_on.year == year]
    if not ledger_known(family, firm, world) or any(a.cents is None for a in possible):
        return 0, None
    return sum(award.cents or 0 for award in sure), sum(award.cents or 0 for award in possible)


def interest(loan: Interest, firm: Firm, world: World) -> Bounds:
    """Multiply the principal that counts by the yearly share that is borne; both may be bounded or open."""
    most = loan.principal_most_cents
    principal = value(loan.principal, firm, world)
    counted = bounded(principal, None if most is None else Fraction(most))
    share: tuple[Fraction, Fraction | None] = (Fraction(loan.points_bp or 0),) * 2
    if loan.points_bp is None:
        assert loan.rate is not None
        rate = value(loan.rate, firm, world)
        borne = None if rate is None else rate * (loan.share_bp or 0) / 10_000
        share = bounded(borne, None if loan.most_bp is None else Fraction(loan.most_bp))
    low = floor(counted[0] * share[0] * loan.years / 10_000)
    high = None
    if counted[1] is not None and share[1] is not None:
        high = floor(counted[1] * share[1] * loan.years / 10_000)
    return within(
        (low, high), (loan.cap_cents if loan.cap_cents is not None else low, loan.cap_cents)
    )


def bounded(known: Fraction | None, most: Fraction | None) -> tuple[Fraction, Fraction | None]:
    """Give what is known, at most so much and never below zero; from nothing to the most where it is not."""
    if known is None:
        return Fraction(0), most
    counted = max(known if most is None else min(known, most), Fraction(0))
    return counted, counted


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
