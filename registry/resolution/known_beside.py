"""What the register says of enterprises beside their names, to be held against what a row says."""

import polars as pl

from registry.enterprises.whereabouts import all_stated, newest_of_each
from registry.resolution.types import KNOWN

_TOLD = tuple(name for name in KNOWN if name not in ("enterprise_id", "uscc"))


async def known_beside(enterprise_ids: pl.Series, identities: pl.DataFrame) -> pl.DataFrame:
    """Give columns of KNOWN: the code, and of each datum the newest that counts; null is unknown.

    identities  who is whom now: what was said of those an enterprise was judged to be the same as is said of it.
    """
    found = await newest_of_each(enterprise_ids)
    merged = identities.filter(pl.col("enterprise_id").is_in(enterprise_ids.implode()))
    if merged.is_empty():
        return found.select(*KNOWN)
    both = merged.select(number="subject_id", is_now="enterprise_id")
    itself = both.select(number="is_now", is_now="is_now")
    who = pl.concat([both, itself]).unique()
    stated = (await all_stated(who["number"])).join(
        who, left_on="enterprise_id", right_on="number", maintain_order="left"
    )
    newest = stated.group_by("is_now", maintain_order=True).agg(
        pl.col("stated").filter(pl.col("datum") == datum).last().alias(datum) for datum in _TOLD
    )
    alone = found.join(newest, left_on="enterprise_id", right_on="is_now", how="anti")
    joined = found.select("enterprise_id", "uscc").join(
        newest, left_on="enterprise_id", right_on="is_now"
    )
    return pl.concat([alone.select(*KNOWN), joined.select(*KNOWN)])
