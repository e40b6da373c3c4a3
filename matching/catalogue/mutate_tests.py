"""Slightly wrong versions of single tests: a limit one step of its unit off, another operator, a code left out."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import msgspec

from matching.catalogue.claims import is_whole
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Listed,
    OneOf,
    Operator,
    Paid,
    Share,
    YearsSince,
)
from matching.language.quantities import OverLedger, OverMonths, Quantity, Value
from matching.language.wording import Words

Telling = Callable[[Words], str]
"""Says what was done to a rule."""
Mutant = tuple[Telling, Condition]

changed = msgspec.structs.replace
DAY = timedelta(days=1)
TWINS: dict[Operator, Operator] = {
    "at_least": "more_than",
    "more_than": "at_least",
    "at_most": "less_than",
    "less_than": "at_most",
}
TURNED: dict[Operator, Operator] = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
}


def bare(condition: Condition) -> Condition:
    """Give a condition without its own prose, so that its words say what it tests."""
    return changed(condition, label=None)


def wrong_tests(test: Condition, on: date | None) -> Iterator[Mutant]:
    """Give every version of one test that differs in a single place.

    on  the day facts are judged on where it is fixed.
    """
    for wrong in _versions(test, on):
        yield _instead(test, wrong), wrong


def _instead(right: Condition, wrong: Condition) -> Telling:
    return lambda words: f"把“{words.condition(bare(right))}”改成“{words.condition(bare(wrong))}”"


def _versions(test: Condition, on: date | None) -> Iterator[Condition]:
    match test:
        case Compare() | CompareTwo() | Share() | Growth():
            yield from _wrong_limits(test)
        case FirstOver():
            yield from _wrong_first_over(test)
        case Dated(operator=way, day=day):
            turned = "on_or_after" if way == "on_or_before" else "on_or_before"
            yield changed(test, operator=turned)
            yield changed(test, day=day + DAY)
            yield changed(test, day=day - DAY)
        case YearsSince():
            yield from _wrong_years(test)
        case OneOf(codes=codes):
            for code in codes if len(codes) > 1 else ():
                yield changed(test, codes=tuple(c for c in codes if c != code))
        case Flag(expected=expected):
            yield changed(test, expected=not expected)
        case Listed():
            yield from _wrong_listed(test, on)
        case Paid(family=family):
            yield changed(test, family=f"{family}以外")
        case _:
            return


def _wrong_years(test: YearsSince) -> Iterator[Condition]:
    for step in (1, -1):
        yield changed(test, at_least=test.at_least + step)
    if test.at_year_end:
        yield changed(test, at_year_end=False)


def _wrong_limits(test: Compare | CompareTwo | Share | Growth) -> Iterator[Condition]:
    yield changed(test, operator=TURNED[test.operator])
    if not isinstance(test, Compare) or not is_whole(test.quantity):
        yield changed(test, operator=TWINS[test.operator])
    for step in (1, -1):
        if isinstance(test, Compare):
            yield changed(test, limit=test.limit + step)
        elif isinstance(test, Share | Growth):
            yield changed(test, limit_bp=test.limit_bp + step)
    for name in ("quantity", "other", "part", "whole", "now", "through", "before"):
        for wrong in wrong_quantities(getattr(test, name, None)):
            yield changed(test, **{name: wrong})


def wrong_quantities(quantity: Quantity | None) -> Iterator[Quantity]:
    """Give the same figure a year earlier, a longer look-back, or one that forgets a family which uses evidence up."""
    if isinstance(quantity, Value) and quantity.period is not None:
        earlier = _year_before(quantity.period)
        if earlier is not None:
            yield changed(quantity, period=earlier)
    if isinstance(quantity, OverMonths) and quantity.first.startswith("-"):
        yield changed(quantity, first=f"-{int(quantity.first[1:]) + 1}")
    if isinstance(quantity, OverLedger):
        for family in quantity.unused_by:
            left = tuple(other for other in quantity.unused_by if other != family)
            yield changed(quantity, unused_by=left or (f"{family}以外",))


def _year_before(period: str) -> str | None:
    if period.startswith("-"):
        return f"-{int(period[1:]) + 1}"
    return None if ".." in period else f"{int(period[:4]) - 1}{period[4:]}"


def _wrong_first_over(test: FirstOver) -> Iterator[Condition]:
    for step in (1, -1):
        yield changed(test, limit=test.limit + step)
        yield changed(test, since=test.since + step)


def _wrong_listed(test: Listed, on: date | None) -> Iterator[Condition]:
    for level in test.levels:
        yield changed(test, levels=tuple(other for other in test.levels if other != level))
    for batch in test.batches:
        yield changed(test, batches=tuple(other for other in test.batches if other != batch))
    yield from _wrong_days(test, on)
    if test.first_year is not None:
        yield changed(test, first_year=test.first_year - 1)
    for name in ("within_years", "within_months"):
        length = getattr(test, name)
        for step in (1, -1) if length is not None else ():
            # Looking back no time at all is a question of another kind, and cannot be written.
            if length + step >= 1:
                yield changed(test, **{name: length + step})


def _wrong_days(test: Listed, on: date | None) -> Iterator[Condition]:
    if test.valid_on is not None:
        yield changed(test, valid_on=test.valid_on + DAY)
        yield changed(test, valid_on=test.valid_on - DAY)
    if test.since_by is not None:
        looked_at = test.valid_on or on
        # By the day it is looked at an entry must have begun anyway.
        if not test.still or looked_at is None or test.since_by < looked_at:
            yield changed(test, since_by=test.since_by + DAY)
            yield changed(test, since_by=None)
        yield changed(test, since_by=test.since_by - DAY)
        yield changed(test, still=not test.still)
    if test.first_in is not None:
        first, last = test.first_in
        for days in (
            (first + DAY, last),
            (first - DAY, last),
            (first, last + DAY),
            (first, last - DAY),
        ):
            if days[0] <= days[1]:
                yield changed(test, first_in=days)
