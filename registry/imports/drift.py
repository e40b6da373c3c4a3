"""The alarm for a sheet that moves too far from the last one of its layout. Pure.

A wrong unit or a slipped column is no error in any single cell; it shows in the middle and the sum.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import polars as pl
import yaml

FILE = Path(__file__).parent / "drift.yml"


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What drift.yml declares, explained there."""

    factor: int
    imports: int
    least: int
    rows_fall_bp: int
    sampled: int


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """Something that moved too far and must be confirmed.

    what        the median or the sum of a figure over the enterprises in both sheets, or the rows of a whole list.
    fact        None where rows are meant; period: of the new sheet.
    before      stored units, or rows.
    enterprises in both sheets; 0 where rows are meant.
    """

    what: Literal["median", "sum", "rows"]
    before: int
    after: int
    fact: str | None = None
    period: str | None = None
    period_before: str | None = None
    enterprises: int = 0


@cache
def limits() -> Limits:
    """Give the declared limits."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return msgspec.convert(read, Limits)


def figures_drifted(new: pl.DataFrame, old: pl.DataFrame, limit: Limits) -> tuple[Drift, ...]:
    """Give figures whose median or sum moved too far; both frames: enterprise_id, fact, period, number.

    A period the old sheet does not have is held against the newest earlier one it has.
    """
    spans = _spans(new, old)
    now = new.join(spans, on=["fact", "period"], nulls_equal=True)
    before = old.rename({"period": "period_before", "number": "number_before"})
    on = ["enterprise_id", "fact", "period_before"]
    pairs = now.join(before, on=on, nulls_equal=True)
    sums = pairs.group_by("fact", "period", "period_before").agg(
        enterprises=pl.len(),
        median=pl.col("number").median().round().cast(pl.Int64),
        median_before=pl.col("number_before").median().round().cast(pl.Int64),
        sum=pl.col("number").cast(pl.Float64).sum(),
        sum_before=pl.col("number_before").cast(pl.Float64).sum(),
    )
    found: list[Drift] = []
    for one in sums.sort("fact", "period", nulls_last=True).iter_rows(named=True):
        whats: tuple[Literal["median", "sum"], ...] = ("median", "sum")
        for what in whats:
            before_it, after = round(one[f"{what}_before"]), round(one[what])
            if one["enterprises"] >= limit.least and _far(before_it, after, limit.factor):
                of = {key: one[key] for key in ("fact", "period", "period_before", "enterprises")}
                found.append(Drift(what=what, before=before_it, after=after, **of))
                break  # a wrong unit moves both: said once
    return tuple(found)


def rows_drifted(rows: int, before: int, limit: Limits) -> tuple[Drift, ...]:
    """Say whether a sheet that gives everybody has lost too many of its rows."""
    lost = (before - rows) * 10_000 > limit.rows_fall_bp * before
    return (
        (Drift(what="rows", before=before, after=rows),) if before >= limit.least and lost else ()
    )


def _spans(new: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """Give fact, period and the period_before it is held against."""
    asked = new.select("fact", "period").unique()
    known = old.select("fact", pl.col("period").alias("period_before")).unique()
    pairs = asked.join(known, on="fact").filter(
        pl.col("period").eq_missing(pl.col("period_before"))
        | (
            (pl.col("period_before") < pl.col("period"))
            & (pl.col("period_before").str.len_chars() == pl.col("period").str.len_chars())
        )
    )
    newest = pairs.sort("period_before").unique(["fact", "period"], keep="last")
    return newest.select("fact", "period", "period_before")


def _far(before: int, after: int, factor: int) -> bool:
    """Say whether a figure grew to, or fell by, so many times; from or to nothing says nothing."""
    one, other = abs(before), abs(after)
    return one > 0 and other > 0 and (other >= factor * one or one >= factor * other)
