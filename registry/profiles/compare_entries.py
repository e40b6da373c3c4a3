"""Which entries of lists and which awards count only with an import, or only without it."""

import msgspec
import polars as pl

from registry.profiles.knowledge import Known
from registry.profiles.lists import AWARDS, read_awards, read_coverage, read_memberships

ENTRIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "list": pl.String,
    "on": pl.Date,
    "amount_cents": pl.Int64,
}


class EntriesCompared(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that come and go, columns of ENTRIES; and how many of each list the import only repeats.

    "awards" stands for the list of awards; `on` is an entry's first day, or the day of a payment.
    """

    new: pl.DataFrame
    gone: pl.DataFrame
    same: dict[str, int]


async def compare_entries(import_id: int, known: Known) -> EntriesCompared:
    """Compare what counts with an import, which `known` counts already, and without it."""
    without = Known(
        imports=known.imports.filter(pl.col("id") != import_id), identities=known.identities
    )
    after, before = await _entries(known), await _entries(without)
    keys = [name for name in after.columns if name != "import_id"]
    new = after.join(before, on=keys, how="anti", nulls_equal=True)
    gone = before.join(after, on=keys, how="anti", nulls_equal=True)
    own = after.filter(pl.col("import_id") == import_id)
    same = own.join(before, on=keys, how="semi", nulls_equal=True).group_by("list").len()
    return EntriesCompared(
        new=new.select(*ENTRIES), gone=gone.select(*ENTRIES), same=dict(same.iter_rows())
    )


async def _entries(known: Known) -> pl.DataFrame:
    """Give every entry and award that counts, nothing inherited: an entry told twice is one, two equal payments are two."""
    coverage = await read_coverage(known.imports)
    own = pl.col("origin_id").is_null()
    listed = (await read_memberships(known, coverage)).filter(own).rename({"from_on": "on"})
    alike = [name for name in listed.columns if name != "import_id"]
    entries = listed.unique(alike, keep="last", maintain_order=True).with_columns(
        twin=pl.lit(0, dtype=pl.Int64)
    )
    paid = (await read_awards(known, coverage)).filter(own).rename({"paid_on": "on"})
    alike = [name for name in paid.columns if name != "import_id"]
    awards = paid.with_columns(
        list=pl.lit(AWARDS), twin=pl.int_range(pl.len(), dtype=pl.Int64).over(alike)
    )
    return pl.concat([entries, awards], how="diagonal")
