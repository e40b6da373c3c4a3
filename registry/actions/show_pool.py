"""Show the pools on a day, as known at a moment: counted, by place, and what is due."""

from collections.abc import Iterable
from datetime import date

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from matching.storage.database import snapshot
from registry.pool.clocks import Asking, Due, LateGroup, due, late_groups
from registry.pool.count import FLOW_RULE, Flow, Ladder, flows, ladder, stages_of
from registry.pool.history import standings
from registry.pool.store import changes_known, filings_known, names_of, places_of
from registry.pool.titles import all_titles, held_on, listed_titles, recognised_titles
from registry.pool.types import Pools
from registry.profiles.knowledge import Knowledge, known
from registry.profiles.lists import coverage_days, read_coverage, read_memberships


class PoolDay(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of the pools as of a day.

    titles    every entry of the titles the pools speak of, with its last day.
    names     enterprise_id to name; `places` to place code, where it was told.
    officers  enterprise_id to who looks after it in the pool it was last changed in.
    sent      lists somebody has sent whole; what is counted of any other title is the least there are.
    """

    knowledge: Knowledge
    changes: pl.DataFrame
    standings: pl.DataFrame
    titles: pl.DataFrame
    filings: pl.DataFrame
    names: dict[int, str]
    places: dict[int, str]
    officers: dict[int, str]
    sent: frozenset[str]


class PlaceCount(msgspec.Struct, frozen=True, kw_only=True):
    """The ladder of one place; `place` None: where they are is not known."""

    place: str | None
    name: str
    ladder: Ladder


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The pools counted on a day; `unsent`: titles whose whole list nobody has sent."""

    ladder: Ladder
    flows: tuple[Flow, ...]
    flow_rule: str
    places: tuple[PlaceCount, ...]
    unsent: tuple[str, ...]


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing due, with who owes it, where and under whom."""

    due: Due
    name: str
    place: str | None
    officer: str | None


class Expiring(msgspec.Struct, frozen=True, kw_only=True):
    """What is due within so many days, and what is late as far as is on record."""

    on: date
    days: int
    rows: tuple[DueRow, ...]
    late: tuple[LateGroup, ...]


async def load_pool_day(
    knowledge: Knowledge, pools: Pools, vocabulary: Vocabulary, more: Iterable[str] = ()
) -> PoolDay:
    """Read the pools as of a day, as known at a moment; `more`: titles wanted besides those they speak of."""
    async with snapshot():
        counting = await known(knowledge)
        coverage = await read_coverage(counting.imports)
        memberships = await read_memberships(counting, coverage)
        changes = await changes_known(knowledge.known_at)
        filings = await filings_known(knowledge.known_at)
        by_then = changes.filter(pl.col("happened_on") <= knowledge.as_of)
        titles = all_titles(
            listed_titles(memberships, {*titles_spoken_of(pools), *more}, vocabulary),
            recognised_titles(by_then, pools, vocabulary),
        )
        ids = pl.concat([changes["enterprise_id"], titles["enterprise_id"]]).unique().sort()
        names = await names_of(ids)
        places = await places_of(ids, counting)
    stood = standings(changes, knowledge.as_of)
    return PoolDay(
        knowledge=knowledge,
        changes=changes,
        standings=stood,
        titles=titles,
        filings=filings,
        names=dict(names.select("enterprise_id", "name").iter_rows()),
        places=dict(places.iter_rows()),
        officers=dict(
            stood.drop_nulls("officer").sort("since").select("enterprise_id", "officer").iter_rows()
        ),
        sent=frozenset(coverage_days(coverage)),
    )


def titles_spoken_of(pools: Pools) -> tuple[str, ...]:
    """Name the titles pools lead to, rungs are made of and clocks run for, each once."""
    named = [pool.leads_to for pool in pools.pools.values() if pool.leads_to is not None]
    clocks = [title for rule in pools.clocks.annual_update for title in rule.titles]
    return tuple(dict.fromkeys([*pools.rungs, *named, *clocks, *pools.clocks.change_report.titles]))


def stages_on(day: PoolDay, pools: Pools) -> pl.DataFrame:
    """Give the highest rung of everybody who stands on one on the day."""
    return stages_of(day.standings, held_on(day.titles, day.knowledge.as_of), pools)


def count_pools(day: PoolDay, pools: Pools, vocabulary: Vocabulary) -> Counts:
    """Count the pools: whole, in this year, and by place."""
    on = day.knowledge.as_of
    stages = stages_on(day, pools)
    placed = stages.with_columns(
        place=pl.col("enterprise_id").replace_strict(
            day.places, default=None, return_dtype=pl.String
        )
    )
    parts = placed.partition_by("place", as_dict=True)
    by_place = [
        PlaceCount(
            place=place,
            name="所在区县未知" if place is None else vocabulary.places.name(place),
            ladder=ladder(part, pools, on),
        )
        for (place,), part in sorted(parts.items(), key=lambda pair: str(pair[0][0]))
    ]
    return Counts(
        ladder=ladder(stages, pools, on),
        flows=flows(day.changes, pools, on),
        flow_rule=FLOW_RULE,
        places=tuple(by_place),
        unsent=tuple(
            vocabulary.lists[title].label
            for title in list(pools.rungs)[1:]
            if title not in day.sent
        ),
    )


def list_due(day: PoolDay, days: int, pools: Pools, vocabulary: Vocabulary) -> Expiring:
    """List what is due within so many days, and what is late by officer and place."""
    on = day.knowledge.as_of
    asking = Asking(titles=day.titles, filings=day.filings, on=on, days=days)
    dues = due(asking, pools.clocks, vocabulary)
    places = {one: vocabulary.places.name(code) for one, code in day.places.items()}
    return Expiring(
        on=on,
        days=days,
        rows=tuple(
            DueRow(
                due=one,
                name=day.names.get(one.enterprise_id, f"编号{one.enterprise_id}"),
                place=places.get(one.enterprise_id),
                officer=day.officers.get(one.enterprise_id),
            )
            for one in dues
        ),
        late=late_groups(dues, day.officers, places),
    )
