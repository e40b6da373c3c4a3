"""Propose candidates for a pool by rule distance, and note them as candidates where they are not in it yet."""

from datetime import date, datetime

import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ground import Ground
from matching.engine.population import Population
from registry.actions.change_pool import EVER, make_changes
from registry.pool.history import standings
from registry.pool.propose import NotDeclared, Proposals, propose, without
from registry.pool.propose_tier import propose_tier
from registry.pool.states import SYSTEM
from registry.pool.store import changes_known
from registry.pool.types import OVER, Asked, Pools, Wanted


def propose_for_pool(
    pool: str, population: Population, catalogue: Catalogue, pools: Pools, on: date
) -> Proposals:
    """Find the candidates of a pool among a population on a day, the nearest first; raises NotDeclared."""
    ground = Ground(population, catalogue.vocabulary, catalogue.definitions, on)
    near = pools.near.get(pool)
    if near is not None:
        return propose(near, ground, catalogue, on)
    title = pools.pools[pool].leads_to if pool in pools.pools else None
    found = propose_tier(title, ground, catalogue, on) if title is not None else None
    if found is None:
        judged = {one.tier for one in catalogue.standards}
        can = [key for key, one in pools.pools.items() if one.leads_to in judged]
        raise NotDeclared(
            f"{on} 没有可为“{pool}”提出候选的标准；可用：{'、'.join([*pools.near, *can])}"
        )
    return found


async def not_in_pool_yet(pool: str, found: Proposals, on: date) -> Proposals:
    """Leave out whoever is in the pool on the day; those that left it may be proposed again."""
    stood = standings(await changes_known(EVER, pool), on)
    inside = stood.filter(~pl.col("state").is_in(OVER))["enterprise_id"]
    return without(found, inside.to_list())


async def note_candidates(
    pool: str, found: Proposals, on: date, now: datetime, rules: tuple[Pools, Catalogue]
) -> int:
    """Note those proposed as candidates, under the month as batch and with the reasons as note.

    Once noted they are in the pool, so that the same month again notes nobody twice.
    """
    fresh = await not_in_pool_yet(pool, found, on)
    wanted = [
        Wanted(
            pool=pool,
            enterprise_id=row["enterprise_id"],
            asked=Asked(
                event="propose",
                by=SYSTEM,
                on=on,
                now=now,
                reason="near_the_line",
                note=row["reasons"],
                batch=f"{on:%Y-%m}",
            ),
        )
        for row in fresh.table.iter_rows(named=True)
    ]
    return await make_changes(wanted, (rules[0], rules[1].vocabulary))
