"""How hard one change is: who or what can bring it about, how much is lacking, and when it comes by itself."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from matching.engine.gap_types import Change, ChangeKind, Why
from matching.engine.single.lists import entries_truth, first_days
from matching.engine.single.quantities import measured
from matching.engine.single.single import Single, Test
from matching.engine.single.tests import lacking
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Listed,
    OneOf,
    Operator,
    Paid,
    RelatedHas,
    Share,
    YearsSince,
)
from matching.language.periods import last_day_of, months_after, years_after
from matching.language.quantities import (
    OverLedger,
    OverMonths,
    Quantity,
    Value,
    absolute_period,
)
from matching.language.vocabulary import Fact

OPPOSITE: dict[Operator, Operator] = {
    "at_least": "less_than",
    "at_most": "more_than",
    "more_than": "at_most",
    "less_than": "at_least",
}
DAY = timedelta(days=1)


class Calendar(msgspec.Struct, frozen=True):
    """What the passing of time can do.

    moves  the evidence day moves with the day of the run; false where an item fixes it.
    until  last day on which the item can be met; None: none is known.
    """

    moves: bool = True
    until: date | None = None


class _Way(msgspec.Struct, frozen=True):
    kind: ChangeKind
    day: date | None = None
    why: Why | None = None


def change_of(test: Test, single: Single, calendar: Calendar, *, holds: bool) -> Change:
    """Tell how hard it is to make a single test hold, or not hold."""
    leaf = test.leaf
    if isinstance(leaf, Judgement):
        return Change(leaf, holds, "person")
    if test.truth is None:
        return Change(leaf, holds, "datum", missing=test.trace.missing)
    way = _in_time(_way(test, single, calendar, holds=holds), calendar)
    amount = _amount(leaf, test.on, single, holds=holds)
    return Change(leaf, holds, way.kind, amount, way.day, way.why)


def _in_time(way: _Way, calendar: Calendar) -> _Way:
    late = way.day is not None and calendar.until is not None and way.day > calendar.until
    return _Way("fixed", way.day, "over_by_then") if late else way


def _way(test: Test, single: Single, calendar: Calendar, *, holds: bool) -> _Way:  # noqa: C901  one case a kind
    leaf, on = test.leaf, test.on
    facts = single.vocabulary.facts
    match leaf:
        case Compare(quantity=quantity) | CompareTwo(quantity=quantity) | Share(part=quantity):
            return _of_quantity(quantity, test, single, calendar)
        case Growth(now=quantity):
            return _of_quantity(quantity, test, single, calendar)
        case FirstOver(fact=fact, period=period):
            if holds and not _only_short(leaf, test, single):
                return _Way("fixed", why="used_up")
            return _of_fact(facts[fact], period, on, single, calendar)
        case YearsSince(fact=fact):
            said = single.known.day(fact)
            if holds and said is not None and calendar.moves:
                return _Way("time", leaf.holds_from(said))
            found = _of_fact(facts[fact], None, on, single, calendar)
            frozen = holds and found.why == "given"
            return _Way("fixed", why="evidence_day") if frozen else found
        case Dated(fact=fact, period=period) | OneOf(fact=fact, period=period):
            return _of_fact(facts[fact], period, on, single, calendar)
        case Flag(fact=fact, period=period):
            return _of_fact(facts[fact], period, on, single, calendar)
        case Listed():
            return _of_list(leaf, test, single, calendar, holds=holds)
        case RelatedHas():
            return _of_group(leaf, single, holds=holds)
        case Paid():
            return _Way("firm") if holds else _Way("fixed", why="used_up")
        case _:
            raise TypeError(f"{type(leaf).__name__} is no single test")


def _only_short(leaf: FirstOver, test: Test, single: Single) -> bool:
    """Say whether nothing but this year's figure keeps a first crossing from being one."""
    known = single.known
    year = int(absolute_period(leaf.period, test.on) or test.on.year)
    registered = known.day("registered_on")
    for earlier in range(leaf.since, year):
        number = known.number(f"{leaf.fact}@{earlier}")
        over = number is not None and lacking(number, leaf.limit, leaf.operator, 1) is None
        if over and registered is not None and registered <= date(earlier, 12, 31):
            return False
    return True


def _of_quantity(quantity: Quantity, test: Test, single: Single, calendar: Calendar) -> _Way:
    declared = single.vocabulary.facts[quantity.fact]
    return _of_fact(declared, _period(quantity), test.on, single, calendar)


def _period(quantity: Quantity) -> str | None:
    match quantity:
        case Value(period=period):
            return period
        case OverMonths(last=last):
            return last
        case OverLedger():
            return None


def _of_fact(fact: Fact, period: str | None, on: date, single: Single, calendar: Calendar) -> _Way:
    """Tell who can change a fact; the known figure of a period that is over stays what it is.

    A period counted from the evidence day gives way to the next one as that day moves.
    """
    change = fact.change or ("fixed" if fact.kind in ("date", "code") else "firm")
    if change == "fixed":
        return _Way("fixed", why="given")
    today = single.run_day or on
    last = None if period is None else last_day_of(absolute_period(period, on) or period)
    if last is None or last >= today:
        return _Way(change)
    if period is not None and period.startswith("-") and calendar.moves:
        return _Way(change, date(on.year + 1, 1, 1))
    return _Way("fixed", why="closed")


def _of_list(leaf: Listed, test: Test, single: Single, calendar: Calendar, *, holds: bool) -> _Way:
    day = _day_of_entries(leaf, test, single, calendar, holds=holds)
    if day is not None:
        return _Way("time", day)
    today = single.today(leaf.list, test.on)
    kind = single.vocabulary.lists[leaf.list]
    first = first_days(leaf, test.on)
    if leaf.valid_on is not None and leaf.valid_on < today:
        return _Way("fixed", why="past")
    if not holds:
        stays = first is not None or (
            not leaf.still and leaf.within_years is None and leaf.within_months is None
        )
        change = kind.change or ("time" if kind.kind == "negative" else "firm")
        return _Way("fixed", why="used_up") if stays else _Way(change)
    if first is not None:
        over = first[1] < today
        if over and (leaf.first_year is None or not calendar.moves):
            return _Way("fixed", why="past")
        # The year asked for moves on: then an entry of the year that is over would be an earlier one.
        if _was_earlier(leaf, first[1] + DAY if over else first[0], single, test):
            return _Way("fixed", why="used_up")
    if leaf.since_by is not None and leaf.since_by < today:
        return _Way("fixed", why="past")
    return _Way(kind.change or "firm")


def _of_group(leaf: RelatedHas, single: Single, *, holds: bool) -> _Way:
    """Tell what can change about others: what one was paid stays, an entry may end, none is of its making."""
    inner = leaf.condition
    if isinstance(inner, Paid):
        return _Way("firm") if holds else _Way("fixed", why="used_up")
    kind = single.vocabulary.lists[inner.list]
    return _Way(kind.change or ("time" if kind.kind == "negative" else "firm"))


def _was_earlier(leaf: Listed, first: date, single: Single, test: Test) -> bool:
    begun = Listed(
        list=leaf.list, levels=leaf.levels, batches=leaf.batches, still=False, since_by=first - DAY
    )
    return entries_truth(begun, single.known, silent=False, on=test.on, today=test.on) is True


def _day_of_entries(
    leaf: Listed, test: Test, single: Single, calendar: Calendar, *, holds: bool
) -> date | None:
    """Give the first day on which the entries there are come out as wanted; None: they never do.

    What is known of the list today is taken to stay known.
    """
    today = single.today(leaf.list, test.on)
    silent = single.known.silence(leaf.list, today)
    runs = single.vocabulary.lists[leaf.list].kind == "negative"
    if not (runs or calendar.moves):
        return None
    start = today if runs else test.on
    for day in sorted(set(_turning_days(leaf, single))):
        if day <= start:
            continue
        on = day if calendar.moves else test.on
        if entries_truth(leaf, single.known, silent, on, day) is holds:
            return day
    return None


def _turning_days(leaf: Listed, single: Single) -> Iterator[date]:
    """Give every day on which the answer about the entries of a list may change."""
    term = single.vocabulary.lists[leaf.list].validity_years
    for entry in single.known.entries.get(leaf.list, ()):
        for day in (entry.from_on, entry.left_on):
            if day is not None:
                yield day
        if entry.until_on is not None:
            yield entry.until_on + DAY
        if entry.from_on is None:
            continue
        yield date(entry.from_on.year + 1, 1, 1)
        if term is not None:
            yield years_after(entry.from_on, term)
        if leaf.within_years is not None:
            yield years_after(entry.from_on + DAY, leaf.within_years)
        if leaf.within_months is not None:
            yield months_after(entry.from_on + DAY, leaf.within_months)
        if leaf.first_year is not None:
            yield date(entry.from_on.year - leaf.first_year, 1, 1)
            yield date(entry.from_on.year - leaf.first_year + 1, 1, 1)


def _amount(leaf: Condition, on: date, single: Single, *, holds: bool) -> int | None:
    """Give what is lacking or too much, in the stored unit of the figure that has to change."""
    known = single.known
    match leaf:
        case Compare(quantity=quantity, operator=operator, limit=limit):
            found = measured(quantity, on, known)
            if found is None:
                return None
            return lacking(found[0], limit * found[1], _turned(operator, holds=holds), found[1])
        case CompareTwo(quantity=quantity, operator=operator, other=other):
            one, two = measured(quantity, on, known), measured(other, on, known)
            if one is None or two is None:
                return None
            turned, scale = _turned(operator, holds=holds), one[1] * two[1]
            return lacking(one[0] * two[1], two[0] * one[1], turned, scale)
        case Share(part=part, whole=whole, operator=operator, limit_bp=limit):
            over, under = measured(part, on, known), measured(whole, on, known)
            if over is None or under is None:
                return None
            reached, base = over[0] * 10_000 * under[1], under[0] * over[1]
            scale = 10_000 * under[1] * over[1]
            return lacking(reached, base * limit, _turned(operator, holds=holds), scale)
        case Growth():
            return _growth_amount(leaf, on, single, holds=holds)
        case FirstOver(fact=fact, period=period, operator=operator, limit=limit):
            year = absolute_period(period, on) or str(on.year)
            number = known.number(f"{fact}@{year}")
            return (
                None
                if number is None
                else lacking(number, limit, _turned(operator, holds=holds), 1)
            )
        case _:
            return None


def _growth_amount(leaf: Growth, on: date, single: Single, *, holds: bool) -> int | None:
    now, before = (measured(each, on, single.known) for each in (leaf.now, leaf.before))
    if now is None or before is None or leaf.through is not None:
        return None
    power = 10_000**leaf.years
    reached = now[0] * power * before[1]
    needed = before[0] * (10_000 + leaf.limit_bp) ** leaf.years * now[1]
    return lacking(reached, needed, _turned(leaf.operator, holds=holds), power * before[1] * now[1])


def _turned(operator: Operator, *, holds: bool) -> Operator:
    return operator if holds else OPPOSITE[operator]
