"""The language decided a second time: one enterprise, one condition, plain Python, written from its docstrings.

Slow and without columns on purpose. Whole numbers and fractions only; None is "not known".
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product

from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
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
    PersonWhereUnknown,
    RelatedHas,
    Score,
    Share,
    YearsSince,
    parts_of,
)
from matching.language.quantities import OverLedger, OverMonths, Quantity
from tests.matching.engine.plain_truth import Truth, World, enough, every, opposite, some
from tests.matching.engine.reference_lists import full_years, listed
from tests.matching.engine.reference_score import scored
from tests.matching.engine.small_world import VOCABULARY, Cell, Firm


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
        case PersonWhereUnknown(part=part):
            return truth(part, firm, world)
        case CountOf(at_least=least, parts=parts):
            return enough([truth(part, firm, world) for part in parts], least)
        case Branches():
            return branched(condition, [truth(part, firm, world) for part in parts_of(condition)])
        case Score():
            return scored(condition, [truth(part, firm, world) for part in parts_of(condition)])
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
        case PersonWhereUnknown(part=part):
            found = outcomes(part, firm, world)
            return found - {None} | (frozenset({True, False}) if None in found else frozenset())
        case AllOf(parts=parts):
            return frozenset(every(list(found)) for found in _each(parts, firm, world))
        case AnyOf(parts=parts):
            return frozenset(some(list(found)) for found in _each(parts, firm, world))
        case CountOf(at_least=least, parts=parts):
            return frozenset(enough(list(found), least) for found in _each(parts, firm, world))
        case Branches():
            parts = parts_of(condition)
            return frozenset(branched(condition, found) for found in _each(parts, firm, world))
        case Score():
            parts = parts_of(condition)
            return frozenset(scored(condition, found) for found in _each(parts, firm, world))
        case _:
            return frozenset({single(condition, firm, world)})


def _each(parts: tuple[Condition, ...], firm: Firm, world: World) -> Iterator[tuple[Truth, ...]]:
    return product(*(outcomes(part, firm, world) for part in parts))


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
        case YearsSince(fact=fact, at_least=years, at_year_end=at_year_end):
            said = firm.facts.get(fact)
            # The last day of the last complete year is a full one: counted to the day after it.
            until = date(world.on.year, 1, 1) if at_year_end else world.on
            return full_years(said, until) >= years if isinstance(said, date) else None
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
        case RelatedHas():
            return related(leaf, firm, world)
        case _:
            raise TypeError(leaf)


def column(fact: str, period: str | None, world: World) -> str:
    """Name a column; "-1" is the year before the evidence day's."""
    if period is None:
        return fact
    return f"{fact}@{world.on.year + int(period) if period.startswith('-') else period}"


def value(quantity: Quantity, firm: Firm, world: World) -> Fraction | None:
    if isinstance(quantity, OverLedger):
        return over_ledger(quantity, firm, world)
    if not isinstance(quantity, OverMonths):
        said = firm.facts.get(column(quantity.fact, quantity.period, world))
        return Fraction(said) if isinstance(said, int) else None
    if quantity.first.startswith("-"):
        return over_years(quantity, firm, world)
    months: list[Fraction] = []
    year, month = int(quantity.first[:4]), int(quantity.first[5:])
    while f"{year:04d}-{month:02d}" <= quantity.last:
        said = firm.facts.get(f"{quantity.fact}@{year:04d}-{month:02d}")
        if not isinstance(said, int):
            return None
        months.append(Fraction(said))
        year, month = year + month // 12, month % 12 + 1
    return taken(quantity.take, months)


def over_years(quantity: OverMonths, firm: Firm, world: World) -> Fraction | None:
    """Take what is asked of the years before the evidence day's; unknown where one is."""
    said = [
        firm.facts.get(f"{quantity.fact}@{world.on.year - back}")
        for back in range(int(quantity.last[1:]), int(quantity.first[1:]) + 1)
    ]
    years = [Fraction(one) for one in said if isinstance(one, int)]
    return taken(quantity.take, years) if len(years) == len(said) else None


def taken(take: str, figures: list[Fraction]) -> Fraction:
    """Give the sum, the mean or an end of some figures."""
    total = sum(figures, Fraction(0))
    ways = {"sum": total, "max": max(figures), "min": min(figures)}
    return ways.get(take, total / len(figures))


def over_ledger(quantity: OverLedger, firm: Firm, world: World) -> Fraction | None:
    """Count or add up what no award of the families has used up; known only where all of it is."""
    if not (known_whole(quantity.fact, firm, world) and known_whole("uses", firm, world)):
        return None
    claims = [claim for claim in firm.claims if claim.fact == quantity.fact]
    unused = [claim for claim in claims if not set(claim.used_by) & set(quantity.unused_by)]
    if any(claim.shared for claim in unused):
        return None
    if VOCABULARY.facts[quantity.fact].kind == "number":
        return Fraction(len(unused))
    cents = [claim.cents for claim in unused]
    return None if None in cents else Fraction(sum(sum_ for sum_ in cents if sum_ is not None))


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
    if leaf.through is not None:
        middle = value(leaf.through, firm, world)
        if middle is None or middle <= 0:
            return None
        mean = ((now - middle) / middle + (middle - before) / before) / 2
        return compared(mean, leaf.operator, Fraction(leaf.limit_bp, 10_000))
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


def among(fact: str, said: Cell | None, codes: tuple[str, ...]) -> Truth:
    if not isinstance(said, str):
        return None
    tree = VOCABULARY.tree_of(VOCABULARY.facts[fact])
    if tree is None:
        return said in codes
    if any(tree.contains(code, said) for code in codes):
        return True
    return None if any(tree.contains(said, code) for code in codes) else False


def branched(branches: Branches, found: Sequence[Truth]) -> Truth:
    """Let the first case that holds decide; one that may hold leaves it open unless all agree."""
    number = 2 * len(branches.cases)
    decided = found[number] if len(found) > number else False
    for when, then in reversed(list(zip(found[:number:2], found[1:number:2], strict=True))):
        if when is True or (when is None and then == decided):
            decided = then
        elif when is None:
            decided = None
    return decided


def related(leaf: RelatedHas, firm: Firm, world: World) -> Truth:
    asked = [tie for tie in firm.ties if leaf.role == "any" or tie.role == "parent"]
    others = [Firm(entries=tie.entries, awards=tie.awards, known=tie.known) for tie in asked]
    silent = False if known_whole("relations", firm, world) else None
    return some([silent, *(single(leaf.condition, other, world) for other in others)])


def known_whole(name: str, firm: Firm, world: World) -> bool:
    return name in world.coverage or name in firm.known


def ledger_known(family: str, firm: Firm, world: World) -> bool:
    return "awards" in world.coverage or f"paid:{family}" in firm.known
