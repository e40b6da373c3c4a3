"""Targets of a year beside what has come of them: own and handed down, conflicts marked and never settled."""

from collections.abc import Sequence
from datetime import date

import msgspec
import polars as pl

from matching.language.vocabulary import Tree, Vocabulary
from registry.pool.titles import held_on
from registry.pool.types import Target


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One figure for one place in a year.

    inherited_from  the place above that it was set for; None: its own.
    differs_from    source lines that say otherwise of the same place, title, kind and years.
    actual          enterprises so far, of the same count and years; `actual_until`: the day counted to.
    at_least        the list was never sent whole, or `unplaced` of those counted elsewhere may belong here.
    """

    target: Target
    place_name: str
    label: str
    inherited_from: str | None
    differs_from: tuple[str, ...]
    actual: int
    actual_until: date
    at_least: bool
    unplaced: int


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What actual figures are counted from: titles with their days, places where known, lists never sent whole."""

    titles: pl.DataFrame
    places: dict[int, str]
    unsent: frozenset[str]
    on: date


def targets_of_year(
    targets: Sequence[Target], year: int, counted: Counted, vocabulary: Vocabulary
) -> tuple[TargetRow, ...]:
    """Give, for every place somebody set a figure for, its own of the year and those handed down to it.

    A figure is handed down whole; how it was shared out below is known only where somebody says so.
    """
    tree = vocabulary.places
    of_year = [one for one in targets if one.first_year <= year <= one.last_year]
    return tuple(
        _row(one, place, (of_year, year, counted), vocabulary)
        for place in sorted({one.place for one in of_year})
        for one in _for_place(of_year, place, tree)
    )


def _for_place(targets: Sequence[Target], place: str, tree: Tree) -> list[Target]:
    above = tree.lineage(place)
    found = [one for one in targets if one.place in above]
    return sorted(
        found, key=lambda one: (one.title, one.kind, one.place != place, one.place, one.digest())
    )


def _row(
    one: Target,
    place: str,
    seen: tuple[Sequence[Target], int, Counted],
    vocabulary: Vocabulary,
) -> TargetRow:
    of_year, year, counted = seen
    tree = vocabulary.places
    actual, until, unplaced = actual_of(one, place, year, counted, tree)
    return TargetRow(
        target=one,
        place_name=tree.name(place),
        label=vocabulary.lists[one.title].label,
        inherited_from=None if one.place == place else tree.name(one.place),
        differs_from=tuple(
            other.source_line for other in of_year if other is not one and conflict(one, other)
        ),
        actual=actual,
        actual_until=until,
        at_least=one.title in counted.unsent or unplaced > 0,
        unplaced=unplaced,
    )


def conflict(one: Target, other: Target) -> bool:
    """Say whether two figures of the same place, title, kind and count give different numbers.

    They are compared over the same years only: a yearly one also over part of its years, a sum never.
    """
    same = ("place", "title", "kind", "counts")
    if any(getattr(one, name) != getattr(other, name) for name in same):
        return False
    spans = (one.first_year, one.last_year), (other.first_year, other.last_year)
    if one.counts == "total":
        return one.last_year == other.last_year and one.figure != other.figure
    short, long = (one, other) if _years(one) <= _years(other) else (other, one)
    inside = long.first_year <= short.first_year and short.last_year <= long.last_year
    if spans[0] != spans[1] and not (inside and long.every_year):
        return False
    return _over(one, _years(short)) != _over(other, _years(short))


def _years(one: Target) -> int:
    return one.last_year - one.first_year + 1


def _over(one: Target, years: int) -> int:
    """Give what a figure comes to over so many years; a sum is that of its own years."""
    return one.figure * years if one.every_year else one.figure


def actual_of(
    one: Target, place: str, year: int, counted: Counted, tree: Tree
) -> tuple[int, date, int]:
    """Count what came of a figure in a place: how many, up to which day, and how many more are placed nowhere."""
    first = year if one.every_year else one.first_year
    last = year if one.every_year else one.last_year
    until = min(counted.on, date(last, 12, 31))
    of_title = counted.titles.filter(pl.col("title") == one.title)
    if one.counts == "total":
        found = held_on(of_title, until)
    else:
        # Who is recognised again is not new.
        begun = of_title.sort("from_on", nulls_last=True).unique("enterprise_id", keep="first")
        found = begun.filter(pl.col("from_on").is_between(date(first, 1, 1), until))
    ids = found["enterprise_id"].unique().to_list()
    places = [counted.places.get(enterprise) for enterprise in ids]
    here = sum(1 for code in places if code is not None and tree.contains(place, code))
    return here, until, sum(1 for code in places if code is None)
