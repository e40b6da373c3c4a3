"""The language decided a second time: one enterprise, one condition, plain Python, written from its docstrings.

Slow and without columns on purpose. Whole numbers and fractions only; None is "not known".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import msgspec

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
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    CompareTwo,
    Condition,
    CountOf,
    Dated,
    Defined,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Paid,
    Share,
    YearsSince,
)
from matching.language.periods import years_before
from matching.language.quantities import OverMonths, Quantity
from tests.matching.engine.small_world import VOCABULARY, Cell, Entry, Firm

Truth = bool | None
Bounds = tuple[int, int | None]


class World(msgspec.Struct, frozen=True):
    """What holds for every enterprise: covered lists, named conditions, the evidence day.

    run_day  negative lists are judged on it as well, whatever the evidence day; None: on that day alone.
    """

    on: date
    coverage: dict[str, date] = {}
    definitions: dict[str, Condition] = {}
    run_day: date | None = None

    def today(self, key: str) -> date:
        """Give the day up to which entries of a list count."""
        negative = VOCABULARY.lists[key].kind == "negative"
        return self.run_day if negative and self.run_day is not None else self.on


def truth(condition: Condition, firm: Firm, world: World) -> Truth:
    """Decide a condition with its judgements left open."""
    match condition:
        case Judgement():
            return None
        case Defined(name=name):
            return truth(world.definitions[name], firm, world)
        case AllOf(parts=parts):
            return every([truth(part, firm, world) for part in parts])
        case AnyOf(parts=parts):
            return some([truth(part, firm, world) for part in parts])
        case Negate(part=part):
            return opposite(truth(part, firm, world))
        case CountOf(at_least=least, parts=parts):
            return enough([truth(part, firm, world) for part in parts], least)
        case _:
            return single(condition, firm, world)


def verdict(condition: Condition, firm: Firm, world: World) -> str:
    """Say met, unmet, unknown (a datum is missing) or person (whatever the answers, no datum is)."""
    found = truth(condition, firm, world)
    if found is not None:
        return "met" if found else "unmet"
    return "unknown" if None in outcomes(condition, firm, world) else "person"


def outcomes(condition: Condition, firm: Firm, world: World) -> frozenset[Truth]:
    """Give everything a condition may become under some answers to its judgements, each asked anew."""
    match condition:
        case Judgement():
            return frozenset({True, False})
        case Defined(name=name):
            return outcomes(world.definitions[name], firm, world)
        case Negate(part=part):
            return frozenset(opposite(found) for found in outcomes(part, firm, world))
        case AllOf(parts=parts):
            return frozenset(every(list(found)) for found in _each(parts, firm, world))
        case AnyOf(parts=parts):
            return frozenset(some(list(found)) for found in _each(parts, firm, world))
        case CountOf(at_least=least, parts=parts):
            return frozenset(enough(list(found), least) for found in _each(parts, firm, world))
        case _:
            return frozenset({single(condition, firm, world)})


def _each(parts: tuple[Condition, ...], firm: Firm, world: World) -> Iterator[tuple[Truth, ...]]:
    return product(*(outcomes(part, firm, world) for part in parts))


def every(truths: list[Truth]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def some(truths: list[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False


def opposite(found: Truth) -> Truth:
    return None if found is None else not found


def enough(truths: list[Truth], least: int) -> Truth:
    if truths.count(True) >= least:
        return True
    return False if truths.count(True) + truths.count(None) < least else None


def single(leaf: Condition, firm: Firm, world: World) -> Truth:  # noqa: C901, PLR0912  one case a kind
    """Decide a condition that is not made of others."""
    match leaf:
        case Compare(quantity=quantity, operator=operator, limit=limit):
            return compared(value(quantity, firm, world), operator, Fraction(limit))
        case CompareTwo(quantity=one, operator=operator, other=two):
            return compared(value(one, firm, world), operator, value(two, firm, world))
        case Share(part=part, whole=whole, operator=operator, limit_bp=limit):
            base = value(whole, firm, world)
            over = value(part, firm, world)
            if base is None or over is None or base <= 0:
                return None
            return compared(over / base, operator, Fraction(limit, 10_000))
        case Growth():
            return grown(leaf, firm, world)
        case FirstOver():
            return first_over(leaf, firm, world)
        case Dated(fact=fact, period=period, operator=way, day=day):
            said = firm.facts.get(column(fact, period, world))
            if not isinstance(said, date):
                return None
            return said <= day if way == "on_or_before" else said >= day
        case YearsSince(fact=fact, at_least=years):
            said = firm.facts.get(fact)
            return full_years(said, world.on) >= years if isinstance(said, date) else None
        case OneOf(fact=fact, period=period, codes=codes):
            return among(fact, firm.facts.get(column(fact, period, world)), codes)
        case Flag(fact=fact, period=period, expected=expected):
            said = firm.facts.get(column(fact, period, world))
            return said == expected if isinstance(said, bool) else None
        case Paid(family=family):
            paid = any(award.family == family for award in firm.awards)
            return True if paid else (False if ledger_known(family, firm, world) else None)
        case Listed():
            return listed(leaf, firm, world)
        case _:
            raise TypeError(leaf)


def column(fact: str, period: str | None, world: World) -> str:
    """Name a column; "-1" is the year before the evidence day's."""
    if period is None:
        return fact
    return f"{fact}@{world.on.year + int(period) if period.startswith('-') else period}"


def value(quantity: Quantity, firm: Firm, world: World) -> Fraction | None:
    if not isinstance(quantity, OverMonths):
        said = firm.facts.get(column(quantity.fact, quantity.period, world))
        return Fraction(said) if isinstance(said, int) else None
    months: list[Fraction] = []
    year, month = int(quantity.first[:4]), int(quantity.first[5:])
    while f"{year:04d}-{month:02d}" <= quantity.last:
        said = firm.facts.get(f"{quantity.fact}@{year:04d}-{month:02d}")
        if not isinstance(said, int):
            return None
        months.append(Fraction(said))
        year, month = year + month // 12, month % 12 + 1
    taken = {"sum": sum(months, Fraction(0)), "max": max(months), "min": min(months)}
    return taken.get(quantity.take, sum(months, Fraction(0)) / len(months))


def compared(left: Fraction | None, operator: str, right: Fraction | None) -> Truth:
    if left is None or right is None:
        return None
    return {
        "at_least": left >= right,
        "at_most": left <= right,
        "more_than": left > right,
        "less_than": left < right,
    }[operator]


def grown(leaf: Growth, firm: Firm, world: World) -> Truth:
    """Compare growth, or a compound yearly one without taking the root; nothing grows from zero."""
    now, before = value(leaf.now, firm, world), value(leaf.before, firm, world)
    if now is None or before is None or before <= 0:
        return None
    limit = (1 + Fraction(leaf.limit_bp, 10_000)) ** leaf.years
    return compared(now / before, leaf.operator, limit)


def first_over(leaf: FirstOver, firm: Firm, world: World) -> Truth:
    year = int(column("", leaf.period, world)[1:])
    registered = firm.facts.get("registered_on")

    def passed(of_year: int) -> Truth:
        said = firm.facts.get(f"{leaf.fact}@{of_year}")
        known = Fraction(said) if isinstance(said, int) else None
        return compared(known, leaf.operator, Fraction(leaf.limit))

    def earlier_not(of_year: int) -> Truth:
        not_yet = registered > date(of_year, 12, 31) if isinstance(registered, date) else None
        return some([opposite(passed(of_year)), not_yet])

    return every([passed(year), *(earlier_not(before) for before in range(leaf.since, year))])


def full_years(since: date, on: date) -> int:
    """Count full years; who began on 29 February has a full one on 1 March."""
    years = on.year - since.year
    return years if (on.month, on.day) >= (since.month, since.day) else years - 1


def among(fact: str, said: Cell | None, codes: tuple[str, ...]) -> Truth:
    if not isinstance(said, str):
        return None
    tree = VOCABULARY.tree_of(VOCABULARY.facts[fact])
    if tree is None:
        return said in codes
    if any(tree.contains(code, said) for code in codes):
        return True
    return None if any(tree.contains(said, code) for code in codes) else False


def list_known(key: str, firm: Firm, world: World) -> bool:
    """Say whether silence means "not on it": told for this one, or the whole list known and fresh."""
    if key in firm.known:
        return True
    day = world.coverage.get(key)
    return day is not None and world.today(key) <= day + timedelta(
        days=VOCABULARY.lists[key].fresh_days
    )


def ledger_known(family: str, firm: Firm, world: World) -> bool:
    return "awards" in world.coverage or f"paid:{family}" in firm.known


def listed(leaf: Listed, firm: Firm, world: World) -> Truth:
    entries = [entry for entry in firm.entries if entry.list == leaf.list]
    window = leaf.first_in
    if leaf.first_year is not None:
        year = world.on.year + leaf.first_year
        window = date(year, 1, 1), date(year, 12, 31)
    silent = False if list_known(leaf.list, firm, world) else None
    if window is None:
        return some([silent, *(entry_passes(leaf, entry, world) for entry in entries)])
    earlier = some([every([fits(leaf, e), before(e.from_on, window[0])]) for e in entries])
    within = some(
        [
            every([fits(leaf, e), between(e.from_on, *window), not_struck_off(e, world.on)])
            for e in entries
        ]
    )
    # What nobody told may hold an earlier entry, or the first one.
    return every([some([within, silent]), opposite(some([earlier, silent]))])


def fits(leaf: Listed, entry: Entry) -> Truth:
    """Say whether an entry is of the levels and batches asked for."""
    asked = [(leaf.levels, entry.level), (leaf.batches, entry.batch)]
    return every([None if said is None else said in words for words, said in asked if words])


def not_struck_off(entry: Entry, day: date) -> bool:
    return entry.left_on is None or entry.left_on > day


def before(day: date | None, limit: date) -> Truth:
    return None if day is None else day < limit


def between(day: date | None, first: date, last: date) -> Truth:
    return None if day is None else first <= day <= last


def entry_passes(leaf: Listed, entry: Entry, world: World) -> Truth:
    began = entry.from_on
    if leaf.within_years is not None:
        oldest = years_before(world.on, leaf.within_years)
        return every([fits(leaf, entry), between(began, oldest, world.today(leaf.list))])
    day = leaf.valid_on or world.today(leaf.list)
    tests = [fits(leaf, entry)]
    if leaf.since_by is not None:
        tests.append(between(began, date.min, leaf.since_by))
    if leaf.still or leaf.since_by is None:
        tests.append(between(began, date.min, day))
    if leaf.still:
        tests += [runs(entry, day), not_struck_off(entry, day)]
    return every(tests)


def runs(entry: Entry, day: date) -> Truth:
    """Say whether its last day, written or by the list's rule, has not passed."""
    if entry.until_on is not None:
        return entry.until_on >= day
    years = VOCABULARY.lists[entry.list].validity_years
    if years is None:
        return True
    return None if entry.from_on is None else full_years(entry.from_on, day) < years


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
