"""Which single tests speak of one datum, and which of them therefore imply or exclude each other.

At least 4,000 implies at least 2,000 of the same quantity and excludes less than 1,000; a code within 许昌市
lies within 河南省; a first entry at national level is an entry. Tests on different quantities are taken as
independent, even where a person would see that one figure feeds both.
"""

from collections.abc import Hashable, Iterable
from datetime import date
from functools import lru_cache

import msgspec

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
    Share,
    YearsSince,
)
from matching.language.quantities import OverMonths, Quantity, absolute_period
from matching.language.vocabulary import Vocabulary, column_name

Wanted = tuple[Condition, bool]
"""A single test, and whether it is to hold or not to hold."""


class Place(msgspec.Struct, frozen=True):
    """Where a test stands on its datum.

    axis   tests of one axis speak of one datum.
    above  it holds from the cut on, else below it; a cut is a number and 1 where the number itself is below.
    exact  not passing the cut is the same as not holding; false for a first crossing, which asks for more.
    """

    axis: Hashable
    above: bool = True
    cut: tuple[int, int] | None = None
    exact: bool = True


@lru_cache(maxsize=2**16)
def place_of(leaf: Condition, on: date) -> Place:  # noqa: C901  one case a kind
    """Give the place of a test on an evidence day; without a cut it has no order with others."""
    match leaf:
        case Compare(quantity=quantity, operator=operator, limit=limit):
            axis, parts = _axis(quantity, on)
            return _whole_cut(axis, operator, limit * parts)
        case CompareTwo(quantity=one, operator=operator, other=two):
            left, right = _axis(one, on), _axis(two, on)
            place = _cut(("two", *sorted((left, right), key=str)), operator, 0)
            if str(left) <= str(right) or place.cut is None:
                return place
            # b - a passes 0 upwards where a - b does downwards; the edge changes sides.
            return Place(place.axis, not place.above, (0, 1 - place.cut[1]))
        case Share(part=part, whole=whole, operator=operator, limit_bp=limit):
            return _cut(("share", _axis(part, on), _axis(whole, on)), operator, limit)
        case Growth(now=now, before=before, operator=operator, limit_bp=limit):
            between = None if leaf.through is None else _axis(leaf.through, on)
            axis = ("growth", _axis(now, on), between, _axis(before, on), leaf.years)
            return _cut(axis, operator, limit)
        case FirstOver(fact=fact, period=period, operator=operator, limit=limit):
            place = _whole_cut(
                ((column_name(fact, absolute_period(period, on)),), ""), operator, limit
            )
            return msgspec.structs.replace(place, exact=False)
        case Dated(fact=fact, period=period, operator=way, day=day):
            axis = column_name(fact, absolute_period(period, on))
            later = way == "on_or_after"
            return Place(axis, later, (day.toordinal() + (0 if later else 1), 0))
        case YearsSince(fact=fact):
            return Place(fact, above=False, cut=(leaf.latest_start(on).toordinal() + 1, 0))
        case Flag(fact=fact, period=period, expected=expected):
            return Place(column_name(fact, absolute_period(period, on)), expected, (1, 0))
        case OneOf(fact=fact, period=period):
            return Place(column_name(fact, absolute_period(period, on)))
        case Listed(list=key):
            return Place(("list", key))
        case _:
            return Place(leaf)


def _axis(quantity: Quantity, on: date) -> tuple[Hashable, int]:
    """Give what names a quantity, and what its limit is multiplied by (a mean is compared as a sum)."""
    columns = quantity.columns(on)
    if not isinstance(quantity, OverMonths) or len(columns) == 1:
        return (columns, ""), 1
    if quantity.take == "mean":
        return (columns, "sum"), len(columns)
    return (columns, quantity.take), 1


def _cut(axis: Hashable, operator: Operator, limit: int) -> Place:
    after = operator in ("more_than", "at_most")
    return Place(axis, operator in ("at_least", "more_than"), (limit, int(after)))


def _whole_cut(axis: Hashable, operator: Operator, limit: int) -> Place:
    """Cut whole numbers: more than 9 is at least 10."""
    after = operator in ("more_than", "at_most")
    return Place(axis, operator in ("at_least", "more_than"), (limit + int(after), 0))


def implies(one: Wanted, two: Wanted, on: date, vocabulary: Vocabulary) -> bool:
    """Say whether the first, brought about, brings the second about too; both speak of one datum."""
    (first, holds), (second, wanted) = one, two
    return _implies(one, two, on, vocabulary) or _implies(
        (second, not wanted), (first, not holds), on, vocabulary
    )


def _implies(one: Wanted, two: Wanted, on: date, vocabulary: Vocabulary) -> bool:
    (first, holds), (second, wanted) = one, two
    if isinstance(first, OneOf) and isinstance(second, OneOf):
        return _codes_imply((first, holds), (second, wanted), vocabulary)
    if isinstance(first, Listed) and isinstance(second, Listed):
        return holds and wanted and _narrower(first, second)
    left, right = place_of(first, on), place_of(second, on)
    if left.cut is None or right.cut is None or not right.exact or not (left.exact or holds):
        return False
    above = left.above is holds
    if above is not (right.above is wanted):
        return False
    return left.cut >= right.cut if above else left.cut <= right.cut


def _narrower(one: Listed, two: Listed) -> bool:
    """Say whether an entry that passes the first surely passes the second: fewer levels, fewer batches."""
    if one.first_in is not None or one.first_year is not None:
        return False
    levels = not two.levels or (bool(one.levels) and set(one.levels) <= set(two.levels))
    batches = not two.batches or (bool(one.batches) and set(one.batches) <= set(two.batches))
    same = msgspec.structs.replace(one, levels=two.levels, batches=two.batches) == two
    return levels and batches and same


def _codes_imply(one: tuple[OneOf, bool], two: tuple[OneOf, bool], vocabulary: Vocabulary) -> bool:
    (first, holds), (second, wanted) = one, two
    declared = vocabulary.facts[first.fact]
    tree = vocabulary.tree_of(declared)
    if tree is None:
        words = set(declared.values)
        left = set(first.codes) if holds else words - set(first.codes)
        right = set(second.codes) if wanted else words - set(second.codes)
        return left <= right
    if not holds:
        return False
    within = [not tree.lineage(code).isdisjoint(second.codes) for code in first.codes]
    if wanted:
        return all(within)
    around = (tree.lineage(code).isdisjoint(first.codes) for code in second.codes)
    return not any(within) and all(around)


def a_code_exists(tests: Iterable[tuple[OneOf, bool]], vocabulary: Vocabulary) -> bool:
    """Say whether some code passes all these tests of one fact.

    Codes of a tree may always be finer than the tree knows.
    """
    wanted = [test for test, holds in tests if holds]
    barred = [test for test, holds in tests if not holds]
    declared = vocabulary.facts[(wanted or barred)[0].fact]
    tree = vocabulary.tree_of(declared)
    if tree is None:
        words = {*declared.values, *(code for test in wanted for code in test.codes)}
        left = words.intersection(*(test.codes for test in wanted))
        return bool(left.difference(*(test.codes for test in barred)))
    if not wanted:
        return not any(tree.root in test.codes for test in barred)
    return any(
        all(not tree.lineage(code).isdisjoint(test.codes) for test in wanted)
        and all(tree.lineage(code).isdisjoint(test.codes) for test in barred)
        for chosen in wanted
        for code in chosen.codes
    )
