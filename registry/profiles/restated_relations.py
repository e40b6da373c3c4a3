"""Which list entries and payments a relation restated: it became known, or was withdrawn, for a time spoken of before."""

import polars as pl

from registry.profiles.knowledge import Known
from registry.profiles.lists import read_awards, read_coverage, read_memberships

_PAIR = ["enterprise_id", "origin_id"]


async def restated_by_relations(before: Known, then: Known) -> pl.DataFrame:
    """Give enterprise_id and column (a list, or "paid:FAMILY") of what is inherited otherwise.

    then  what is known now of the day `before` speaks of.
    """
    moved = pl.concat(
        [
            one.heirs.join(other.heirs, on=one.heirs.columns, how="anti", nulls_equal=True)
            for one, other in ((then, before), (before, then))
        ]
    )
    if moved.is_empty():
        return pl.DataFrame(schema={"enterprise_id": pl.Int64, "column": pl.String})
    sides = [(await _inherited(one)).join(moved, on=_PAIR, how="semi") for one in (before, then)]
    was, now = (one.unique() for one in sides)
    changed = pl.concat(
        [
            was.join(now, on=was.columns, how="anti", nulls_equal=True),
            now.join(was, on=was.columns, how="anti", nulls_equal=True),
        ]
    )
    return changed.select("enterprise_id", "column").unique(maintain_order=True)


async def _inherited(known: Known) -> pl.DataFrame:
    coverage = await read_coverage(known.imports)
    entries = (await read_memberships(known, coverage)).select(*_PAIR, column="list", day="from_on")
    paid = (await read_awards(known, coverage)).select(
        *_PAIR, column=pl.lit("paid:") + pl.col("family"), day="paid_on"
    )
    return pl.concat([entries, paid]).filter(pl.col("origin_id").is_not_null())
