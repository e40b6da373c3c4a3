"""Days that never come: versions that are never in force, facts and entries of a time after the last day."""

from collections.abc import Iterator
from datetime import date

from matching.catalogue.lines import Lines
from matching.catalogue.walk import Placed, all_at, rows_at
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    Flag,
    Growth,
    Listed,
    OneOf,
    Share,
)
from matching.language.items import Item
from matching.language.periods import first_day
from matching.language.problems import Problem
from matching.language.vocabulary import fact_of_column

Told = tuple[str, str, str]
"""Where, what, way out."""


def date_problems(item: Item, text: str) -> tuple[Problem, ...]:
    """Give every day of an item that makes it, or a part of it, never hold."""
    lines = Lines(text)
    told = [*_version(item), *(one for placed in _written(item) for one in _in_test(placed, item))]
    return tuple(
        Problem(file=item.file, line=lines.at(where), where=where, what=what, way_out=way_out)
        for where, what, way_out in dict.fromkeys(told)
    )


def _version(item: Item) -> Iterator[Told]:
    decided = item.decided or item.valid
    first, last = decided.since, decided.until
    if item.evidence_day is None:
        first = max(first, item.valid.since)
        if last is not None and last < item.valid.since:
            yield (
                "decided",
                f"判定期在{item.valid.since}有效期开始之前就结束",
                "核对 decided 与 valid",
            )
        elif item.valid.until is not None and item.valid.until < decided.since:
            yield "decided", f"有效期在{decided.since}判定期开始之前就结束", "核对 decided 与 valid"
    elif last is not None and last < item.evidence_day:
        what = f"判定期到{last}就结束，那时证据日{item.evidence_day}还没有到"
        yield "evidence_day", what, "把证据日提前，或延长判定期"
    if item.review_by is not None and item.review_by < first:
        what = f"复核期限{item.review_by}早于{first}，这一版从不生效"
        yield "review_by", what, "改为起始日之后的一天"


def last_days(item: Item) -> tuple[date | None, date | None]:
    """Give the last evidence day and the last run day; None: the text names none."""
    decided = item.decided or item.valid
    if item.evidence_day is not None:
        return item.evidence_day, decided.until
    ends = [end for end in (decided.until, item.valid.until) if end is not None]
    return min(ends, default=None), min(ends, default=None)


def _written(item: Item) -> Iterator[Placed]:
    yield from all_at(item.condition, "condition")
    for placed in rows_at(item.amount, "amount"):
        if placed.row.when is not None:
            yield from all_at(placed.row.when, f"{placed.where}.when")


def _in_test(placed: Placed, item: Item) -> Iterator[Told]:
    evidence, run = last_days(item)
    test, where = placed.condition, placed.where
    if isinstance(test, Listed):
        if test.first_in is not None and evidence is not None and evidence < test.first_in[0]:
            what = f"首次列入的日期从{test.first_in[0]}起算，晚于最后的证据日{evidence}"
            yield where, what, "核对区间与证据日"
        if test.valid_on is not None and run is not None and run < test.valid_on:
            what = f"要求{test.valid_on}仍在名录，而最后一次判定在{run}"
            yield where, what, "核对 valid_on 与判定期"
    later = isinstance(test, Dated) and test.operator == "on_or_after"
    if isinstance(test, Dated) and later and run is not None and run < test.day:
        what = f"要求日期不早于{test.day}，而最后一次判定在{run}"
        yield where, what, "核对这一天与判定期"
    for period in _periods(test, item):
        begins = first_day(period)
        if begins is not None and run is not None and run < begins:
            what = f"要看{period}的数据，而最后一次判定在{run}，那时还没有"
            yield where, what, "核对期间与判定期"


def _periods(test: Condition, item: Item) -> tuple[str, ...]:
    on = item.evidence(item.valid.since)
    match test:
        case Compare(quantity=one):
            columns = one.columns(on)
        case CompareTwo(quantity=one, other=two) | Share(part=one, whole=two):
            columns = (*one.columns(on), *two.columns(on))
        case Growth(now=one, before=two):
            columns = (*one.columns(on), *two.columns(on))
        case Flag(period=period) | OneOf(period=period) | Dated(period=period):
            columns = (f"@{period}",) if period and not period.startswith("-") else ()
        case _:
            return ()
    return tuple(period for column in columns if (period := fact_of_column(column)[1]))
