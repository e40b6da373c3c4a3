"""Propose candidates for every pool once a month, out of what the month's run judged."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.runs.freeze import FrozenFiles, thaw_population
from matching.runs.run_month import MONTHLY
from matching.runs.store import RunRecord, runs_done
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.change_pool import EVER
from registry.actions.propose_for_pool import not_in_pool_yet, note_candidates, propose_for_pool
from registry.pool.propose import NotDeclared, Proposals, without
from registry.pool.store import add_month, changes_known, months_looked_at
from registry.pool.types import Pools

LOCK = "pool-month"
MOST_CANDIDATES = 500
"""Of a pool a month, the nearest first: each keeps its evidence, and an official looks at each."""


async def propose_month(
    catalogue: Catalogue, pools: Pools, data_dir: Path, now: datetime
) -> Mapping[str, int]:
    """Note the candidates of the latest month decided; gives how many a pool, pools done before left out.

    Repeatable: the candidates of a pool and the note that they were looked for are one transaction, so a killed
    process goes on with the pools that are left. Raises LockHeld where another process is at it, FrozenMissing
    where the run's input is gone, PoolRefused where somebody changed a pool at the same moment.
    """
    async with database_lock(LOCK, wait=False):
        runs = await runs_done(MONTHLY)
        if not runs or runs[-1].input_digest is None:
            return {}
        run, digest = runs[-1], runs[-1].input_digest
        done = await months_looked_at(_month(run))
        waiting = [
            key for key in pools.pools if key not in done and _leads_on(key, pools, catalogue)
        ]
        if not waiting:
            return {}
        files = FrozenFiles(data_dir / "frozen")
        population = await asyncio.to_thread(thaw_population, digest, files)
        noted: dict[str, int] = {}
        for key in waiting:
            try:
                found = await asyncio.to_thread(
                    propose_for_pool, key, population, catalogue, pools, run.as_of
                )
            except NotDeclared:
                continue
            noted[key] = await _noted(key, found, run, now, (pools, catalogue))
        return noted


async def _noted(
    pool: str, found: Proposals, run: RunRecord, now: datetime, rules: tuple[Pools, Catalogue]
) -> int:
    async with engine().transaction():
        nearest = await _nearest(pool, found, run)
        noted = await note_candidates(pool, nearest, run.as_of, now, rules)
        await add_month(pool, _month(run), (found.table.height, noted), now)
    return noted


def _month(run: RunRecord) -> str:
    return f"{run.as_of:%Y-%m}"


def _leads_on(pool: str, pools: Pools, catalogue: Catalogue) -> bool:
    """Say whether candidates of a pool can be found by rule: it has lines, or leads to a title with a standard."""
    judged = {one.tier for one in catalogue.standards}
    return pool in pools.near or pools.pools[pool].leads_to in judged


async def _nearest(pool: str, found: Proposals, run: RunRecord) -> Proposals:
    """Leave out whoever is in the pool, and whoever something was done with since: dates do not go back."""
    fresh = await not_in_pool_yet(pool, found, run.as_of)
    later = (await changes_known(EVER, pool)).filter(pl.col("happened_on") > run.as_of)
    fresh = without(fresh, later["enterprise_id"].unique().to_list())
    return msgspec.structs.replace(fresh, table=fresh.table.head(MOST_CANDIDATES))
