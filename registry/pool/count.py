"""Counting the ladder twice over: each enterprise at its highest stage, and each stage with those above it."""

from datetime import date

import msgspec
import polars as pl

from registry.pool.history import PAIR, in_effect
from registry.pool.types import CULTIVATED, HELD, OVER, Pools

STAGES: dict[str, pl.DataType | type[pl.DataType]] = {"enterprise_id": pl.Int64, "rung": pl.Int64}
HIGHEST_RULE = "每家企业只计一次，计入当日所处的最高一级"
NESTED_RULE = "每一级含其以上各级"
LOWEST_RULE = "最低一级计库内在培育和已入统的企业；以上各级只计当日有效的称号，已推荐的不算已认定"
FLOW_RULE = "自1月1日起至当日，按办理日期计，每家企业在一个库只计一次；其间已认定的推荐不再计为待定"


class StageCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many enterprises stand on one rung; `nested` includes those on higher ones."""

    title: str
    label: str
    highest: int
    nested: int


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in one pool from the first day of the year to the day.

    recommended  sent to recommendation; `waiting`: of them, those still neither recognised nor returned.
    """

    pool: str
    label: str
    entered: int
    recommended: int
    waiting: int
    recognised: int
    ended: int


class Ladder(msgspec.Struct, frozen=True, kw_only=True):
    """The ladder counted on a day, with the rules it was counted by."""

    on: date
    stages: tuple[StageCount, ...]
    total: int
    rules: tuple[str, ...] = (HIGHEST_RULE, NESTED_RULE, LOWEST_RULE)


def stages_of(standings: pl.DataFrame, held: pl.DataFrame, pools: Pools) -> pl.DataFrame:
    """Give the highest rung of everybody who stands on one: columns STAGES, 0 the lowest.

    held  titles held on the day, from lists and pools. One that a pool says is over since is not counted.
    """
    lowest, *titles = pools.rungs
    cultivated = standings.filter(
        pl.col("pool") == pools.pool_towards(lowest), pl.col("state").is_in([*CULTIVATED, *HELD])
    )
    parts = [_at(cultivated, 0)]
    for rung, title in enumerate(titles, start=1):
        over = standings.filter(
            pl.col("pool") == pools.pool_towards(title), pl.col("state").is_in(OVER)
        )
        entries = held.filter(pl.col("title") == title).join(
            over.select("enterprise_id", "since"), on="enterprise_id", how="left"
        )
        ended = (pl.col("from_on") <= pl.col("since")).fill_null(pl.col("since").is_not_null())
        parts.append(_at(entries.filter(~ended), rung))
    return (
        pl.concat(parts).group_by("enterprise_id").agg(pl.col("rung").max()).sort("enterprise_id")
    )


def _at(found: pl.DataFrame, rung: int) -> pl.DataFrame:
    return found.select("enterprise_id", rung=pl.lit(rung, dtype=pl.Int64))


def ladder(stages: pl.DataFrame, pools: Pools, on: date) -> Ladder:
    """Count stages by both rules."""
    at = [stages.filter(pl.col("rung") == rung).height for rung in range(len(pools.rungs))]
    return Ladder(
        on=on,
        total=stages.height,
        stages=tuple(
            StageCount(title=title, label=label, highest=at[rung], nested=sum(at[rung:]))
            for rung, (title, label) in enumerate(pools.rungs.items())
        ),
    )


def flows(changes: pl.DataFrame, pools: Pools, on: date) -> tuple[Flow, ...]:
    """Count what happened in each pool from the first day of the year to the day, both included."""
    days = date(on.year, 1, 1), on
    year = in_effect(changes).filter(pl.col("happened_on").is_between(*days))
    last = year.sort("step").unique(subset=PAIR, keep="last")
    return tuple(
        Flow(
            pool=key,
            label=pool.label,
            entered=_counted(year, key, pl.col("event").is_in(["admit", "enter"])),
            recommended=_counted(year, key, pl.col("event") == "recommend"),
            waiting=_counted(last, key, pl.col("after") == "recommended"),
            recognised=_counted(year, key, pl.col("event") == "recognise"),
            ended=_counted(last, key, pl.col("after").is_in(OVER)),
        )
        for key, pool in pools.pools.items()
    )


def _counted(rows: pl.DataFrame, pool: str, test: pl.Expr) -> int:
    return rows.filter(pl.col("pool") == pool, test)["enterprise_id"].n_unique()
