"""One single test of one enterprise: whether it holds, and the figures beside it.

Whole numbers and no division decide; a distance is what would have to change, in its stored unit, for a
missed test to hold. Shares and growth are given in basis points, rounded down, for reading only.
"""

from collections.abc import Callable
from datetime import date
from math import floor
from typing import Any

import msgspec

from matching.engine.single.known import Known
from matching.engine.single.quantities import Measured, measured
from matching.engine.single.truths import Truth, all_true, compared
from matching.engine.whole import NARROW
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    OneOf,
    Operator,
    Share,
    YearsSince,
)
from matching.language.quantities import absolute_period
from matching.language.vocabulary import column_name


class Figures(msgspec.Struct, frozen=True, gc=False):
    """What came of a test.

    value     what is known: a number, a code, yes or no, a day as 2026-03-31; None: nothing is.
    limit     what it is held against, as the rule says; `against`: the other quantity of two.
    distance  what a missed test lacks or exceeds; None where no distance can be named.
    """

    truth: Truth
    value: int | bool | str | None = None
    limit: int | None = None
    against: int | None = None
    distance: int | None = None


OPEN_FIGURES = Figures(None)


def figures_of(leaf: Condition, on: date, known: Known) -> Figures:
    """Decide one test over facts on an evidence day."""
    return _KINDS[type(leaf)](leaf, on, known)


def lacking(reached: int, needed: int, operator: Operator, scale: int) -> int | None:
    """Give how many whole steps of `scale` would do for reached to stand so to needed; None: no need."""
    rising, strict = operator in ("at_least", "more_than"), operator in ("more_than", "less_than")
    short = needed - reached if rising else reached - needed
    steps = (short + (scale if strict else scale - 1)) // scale
    return stored(steps) if steps > 0 else None


def stored(number: int) -> int | None:
    """Give a figure as it is stored; None where it is too large to be one."""
    return number if -NARROW - 1 <= number <= NARROW else None


def _compare(leaf: Compare, on: date, known: Known) -> Figures:
    found = measured(leaf.quantity, on, known)
    if found is None:
        return Figures(None, limit=leaf.limit)
    number, parts = found
    needed = leaf.limit * parts
    if compared(number, leaf.operator, needed):
        return Figures(truth=True, value=stored(number // parts), limit=leaf.limit)
    short = lacking(number, needed, leaf.operator, parts)
    return Figures(truth=False, value=stored(number // parts), limit=leaf.limit, distance=short)


def _compare_two(leaf: CompareTwo, on: date, known: Known) -> Figures:
    left, right = measured(leaf.quantity, on, known), measured(leaf.other, on, known)
    value, against = _floored(left), _floored(right)
    if left is None or right is None:
        return Figures(None, value, None, against)
    reached, needed = left[0] * right[1], right[0] * left[1]
    if compared(reached, leaf.operator, needed):
        return Figures(truth=True, value=value, against=against)
    short = lacking(reached, needed, leaf.operator, left[1] * right[1])
    return Figures(truth=False, value=value, against=against, distance=short)


def _share(leaf: Share, on: date, known: Known) -> Figures:
    part, whole = measured(leaf.part, on, known), measured(leaf.whole, on, known)
    if part is None or whole is None or whole[0] <= 0:
        return Figures(None, limit=leaf.limit_bp)
    reached, base = part[0] * 10_000 * whole[1], whole[0] * part[1]
    needed, value = base * leaf.limit_bp, stored(reached // base)
    if compared(reached, leaf.operator, needed):
        return Figures(truth=True, value=value, limit=leaf.limit_bp)
    short = lacking(reached, needed, leaf.operator, 10_000 * whole[1] * part[1])
    return Figures(truth=False, value=value, limit=leaf.limit_bp, distance=short)


def _growth(leaf: Growth, on: date, known: Known) -> Figures:
    now, before = measured(leaf.now, on, known), measured(leaf.before, on, known)
    if now is None or before is None or before[0] <= 0:
        return Figures(None, limit=leaf.limit_bp)
    if leaf.through is not None:
        return _mean_growth(leaf, now, measured(leaf.through, on, known), before)
    new, old, years = now[0] * before[1], before[0] * now[1], leaf.years
    needed = old * (10_000 + leaf.limit_bp) ** years
    truth = compared(new * 10_000**years, leaf.operator, needed)
    return Figures(truth, _grown_bp(new, old, years), leaf.limit_bp)


def _mean_growth(
    leaf: Growth, now: Measured, through: Measured | None, before: Measured
) -> Figures:
    if through is None or through[0] <= 0:
        return Figures(None, limit=leaf.limit_bp)
    new = now[0] * before[0] + through[0] ** 2
    old = through[0] * before[0]
    truth = compared(new * 10_000, leaf.operator, old * (20_000 + 2 * leaf.limit_bp))
    return Figures(truth, stored((new - 2 * old) * 10_000 // (2 * old)), leaf.limit_bp)


def _grown_bp(new: int, old: int, years: int) -> int | None:
    if years == 1:
        return stored((new - old) * 10_000 // old)
    # A hair more, so that exactly 26 % does not read as 25.99 %.
    yearly = (new / old) ** (1 / years) - 1 if new >= 0 else None
    return None if yearly is None else stored(floor(yearly * 10_000 + 1e-6))


def _first_over(leaf: FirstOver, on: date, known: Known) -> Figures:
    """Find the limit passed in the year, and in no earlier one since `since` in which it was registered."""
    year = int(absolute_period(leaf.period, on) or on.year)
    registered = known.day("registered_on")

    def passed(of_year: int) -> Truth:
        number = known.number(f"{leaf.fact}@{of_year}")
        return None if number is None else compared(number, leaf.operator, leaf.limit)

    def not_passed(of_year: int) -> Truth:
        over = passed(of_year)
        if over is False or (registered is not None and registered > date(of_year, 12, 31)):
            return True
        return None if over is None or registered is None else False

    truth = all_true((passed(year), *(not_passed(earlier) for earlier in range(leaf.since, year))))
    value = known.number(f"{leaf.fact}@{year}")
    short = None if value is None else lacking(value, leaf.limit, leaf.operator, 1)
    return Figures(truth, value, leaf.limit, None, short)


def _dated(leaf: Dated, on: date, known: Known) -> Figures:
    said = known.day(column_name(leaf.fact, absolute_period(leaf.period, on)))
    if said is None:
        return OPEN_FIGURES
    holds = said <= leaf.day if leaf.operator == "on_or_before" else said >= leaf.day
    return Figures(holds, said.isoformat())


def _years_since(leaf: YearsSince, on: date, known: Known) -> Figures:
    said = known.day(leaf.fact)
    if said is None:
        return OPEN_FIGURES
    return Figures(said <= leaf.latest_start(on), said.isoformat())


def _one_of(leaf: OneOf, on: date, known: Known) -> Figures:
    """Find a code among those asked for; one coarser than they leaves it open."""
    word = known.facts.get(column_name(leaf.fact, absolute_period(leaf.period, on)))
    if not isinstance(word, str):
        return OPEN_FIGURES
    tree = known.vocabulary.tree_of(known.vocabulary.facts[leaf.fact])
    if tree is None:
        return Figures(word in leaf.codes, word)
    if not tree.lineage(word).isdisjoint(leaf.codes):
        return Figures(truth=True, value=word)
    coarse = any(word in tree.lineage(code) for code in leaf.codes)
    return Figures(truth=None if coarse else False, value=word)


def _flag(leaf: Flag, on: date, known: Known) -> Figures:
    said = known.facts.get(column_name(leaf.fact, absolute_period(leaf.period, on)))
    return Figures(said is leaf.expected, said) if isinstance(said, bool) else OPEN_FIGURES


def _floored(found: Measured | None) -> int | None:
    return None if found is None else stored(found[0] // found[1])


_KINDS: dict[type, Callable[[Any, date, Known], Figures]] = {
    Compare: _compare,
    CompareTwo: _compare_two,
    Share: _share,
    Growth: _growth,
    FirstOver: _first_over,
    Dated: _dated,
    YearsSince: _years_since,
    OneOf: _one_of,
    Flag: _flag,
}
