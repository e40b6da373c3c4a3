"""What has to be done by when: validity that ends, yearly updates, reports of changes; and who is late."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import msgspec
import polars as pl

from matching.language.periods import months_after
from matching.language.vocabulary import Vocabulary
from registry.pool.titles import held_on, longest
from registry.pool.types import Clocks

What = Literal["validity", "annual_update", "change_report"]
WHAT_WORDS: dict[What, str] = {
    "validity": "有效期",
    "annual_update": "年度更新",
    "change_report": "变更报告",
}
LONG_OVER_DAYS = 366
"""Validity that ended longer ago is history, and nobody is late with it."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One thing due.

    title  None: it concerns all titles held. `day`: last day it may be done on, or is valid.
    days   from the day asked about to it; below zero: so many days late, as far as is on record.
    rule   which text asks for it; empty for the end of a title itself.
    band   the narrowest of the warning bands it falls in; None: late.
    """

    enterprise_id: int
    what: What
    title: str | None
    label: str
    day: date
    days: int
    band: int | None
    rule: str
    mark: str


class LateGroup(msgspec.Struct, frozen=True, kw_only=True):
    """How many are late under one officer in one place; None: not known."""

    officer: str | None
    place: str | None
    late: int


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """Whom and what the clocks are asked about: titles, what was filed, the day and how far ahead."""

    titles: pl.DataFrame
    filings: pl.DataFrame
    on: date
    days: int


def due(asking: Asking, clocks: Clocks, vocabulary: Vocabulary) -> tuple[Due, ...]:
    """Give all that is due within so many days, and all that is late, the earliest first."""
    bands = clocks.warn_days
    found = [
        *_validity(asking, vocabulary, bands),
        *_updates(asking, clocks, vocabulary),
        *_reports(asking, clocks),
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.enterprise_id, one.what, one.label)))


def _validity(asking: Asking, vocabulary: Vocabulary, bands: Sequence[int]) -> list[Due]:
    first = asking.on - timedelta(days=LONG_OVER_DAYS)
    last = asking.on + timedelta(days=asking.days)
    stands = pl.col("left_on").is_null() | (pl.col("left_on") > asking.on)
    begun = pl.col("from_on").is_null() | (pl.col("from_on") <= asking.on)
    ends = longest(asking.titles.filter(stands & begun)).filter(
        pl.col("until_on").is_between(first, last)
    )
    return [
        _due(
            row,
            "validity",
            row["until_on"],
            asking.on,
            (vocabulary, bands, "", "verified"),
        )
        for row in ends.iter_rows(named=True)
    ]


def _updates(asking: Asking, clocks: Clocks, vocabulary: Vocabulary) -> list[Due]:
    found = []
    filed = asking.filings.filter(
        pl.col("kind") == "annual_update",
        pl.col("year") == asking.on.year,
        pl.col("happened_on") <= asking.on,
    )
    for rule in clocks.annual_update:
        day = rule.due(asking.on.year)
        if day is None or day > asking.on + timedelta(days=asking.days):
            continue
        holders = held_on(asking.titles, day).filter(pl.col("title").is_in(rule.titles))
        done = [
            filed.filter(pl.col("title").is_null()).select("enterprise_id"),
            filed.select("enterprise_id", "title"),
        ]
        open_ones = holders.join(done[0], on="enterprise_id", how="anti").join(
            done[1], on=["enterprise_id", "title"], how="anti"
        )
        words = (vocabulary, clocks.warn_days, rule.rule, rule.mark)
        found += [
            _due(row, "annual_update", day, asking.on, words)
            for row in open_ones.iter_rows(named=True)
        ]
    return found


def _reports(asking: Asking, clocks: Clocks) -> list[Due]:
    rule = clocks.change_report
    holders = held_on(asking.titles, asking.on).filter(pl.col("title").is_in(rule.titles))
    known = asking.filings.filter(pl.col("happened_on") <= asking.on)
    reports = known.filter(pl.col("kind") == "change_report")
    changes = known.filter(pl.col("kind") == "change").join(
        holders.select("enterprise_id").unique(), on="enterprise_id", how="semi"
    )
    found = []
    for row in changes.iter_rows(named=True):
        told = reports.filter(
            pl.col("enterprise_id") == row["enterprise_id"],
            pl.col("happened_on") >= row["happened_on"],
        )
        day = months_after(row["happened_on"], rule.months)
        if told.is_empty() and day <= asking.on + timedelta(days=asking.days):
            words = (None, clocks.warn_days, f"变更后{rule.months}个月内报告", rule.mark)
            found.append(_due(row, "change_report", day, asking.on, words))
    return found


def _due(
    row: dict[str, Any],
    what: What,
    day: date,
    on: date,
    words: tuple[Vocabulary | None, Sequence[int], str, str],
) -> Due:
    vocabulary, bands, rule, mark = words
    left = (day - on).days
    title = row["title"]
    label = vocabulary.lists[title].label if vocabulary is not None and title else "所持称号"
    band = next((one for one in bands if 0 <= left <= one), None)
    return Due(
        enterprise_id=row["enterprise_id"],
        what=what,
        title=title,
        label=label,
        day=day,
        days=left,
        band=band,
        rule=rule,
        mark=mark,
    )


def late_groups(
    dues: Sequence[Due], officers: dict[int, str], places: dict[int, str]
) -> tuple[LateGroup, ...]:
    """Count who is late by officer and place, the most first."""
    counts: dict[tuple[str | None, str | None], int] = {}
    for one in dues:
        if one.days < 0:
            key = officers.get(one.enterprise_id), places.get(one.enterprise_id)
            counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return tuple(
        LateGroup(officer=officer, place=place, late=late) for (officer, place), late in ordered
    )
