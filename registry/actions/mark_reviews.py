"""Mark whose review is due: titles that end within the year of a day."""

from datetime import date, datetime

import polars as pl

from matching.language.vocabulary import Vocabulary
from registry.actions.change_pool import make_changes
from registry.actions.show_pool import PoolDay, load_pool_day
from registry.pool.states import SYSTEM
from registry.pool.titles import held_on
from registry.pool.types import Asked, Pools, Wanted
from registry.profiles.knowledge import Knowledge


async def mark_reviews(on: date, now: datetime, pools: Pools, vocabulary: Vocabulary) -> int:
    """Move everybody recognised or renewed whose title ends this year to its review; gives their number.

    The same day again moves nobody: whose review is due is no longer merely recognised.
    """
    day = await load_pool_day(Knowledge(on, now), pools, vocabulary)
    asked = Asked(event="fall_due", by=SYSTEM, on=on, now=now, reason="validity_ends")
    wanted = [
        Wanted(pool=pool, enterprise_id=enterprise, asked=asked)
        for pool, enterprise in reviews_due(day, pools)
    ]
    return await make_changes(wanted, (pools, vocabulary))


def reviews_due(day: PoolDay, pools: Pools) -> list[tuple[str, int]]:
    """Give pool and enterprise of all whose title in that pool ends within the year of the day."""
    on = day.knowledge.as_of
    leads = {key: pool.leads_to for key, pool in pools.pools.items() if pool.leads_to is not None}
    ends = held_on(day.titles, on).filter(pl.col("until_on") <= date(on.year, 12, 31))
    merely = day.standings.filter(pl.col("state").is_in(["recognised", "renewed"]))
    titled = merely.with_columns(
        title=pl.col("pool").replace_strict(leads, default=None, return_dtype=pl.String)
    )
    due = titled.join(ends, on=["enterprise_id", "title"], how="semi")
    return [
        (pool, enterprise) for pool, enterprise in due.select("pool", "enterprise_id").iter_rows()
    ]
