"""Give the population the latest run judged, with the names of its enterprises."""

from pathlib import Path

import msgspec
import polars as pl

from matching.engine.population import Population
from matching.runs.freeze import FrozenFiles, FrozenMissing, thaw_population
from matching.runs.run_month import MONTHLY
from matching.runs.store import runs_done
from matching.storage.read import read_table

NAMES = {"enterprise_id": pl.Int64, "enterprise": pl.String}


class Judged(msgspec.Struct, frozen=True):
    """A population, the columns NAMES of everybody known, and the period it was judged for."""

    population: Population
    names: pl.DataFrame
    period: str


async def latest_population(data_dir: Path) -> Judged:
    """Thaw what the latest finished run froze; raises FrozenMissing where there is none or it is gone."""
    runs = await runs_done(MONTHLY)
    digest = runs[-1].input_digest if runs else None
    if digest is None:
        raise FrozenMissing(
            "数据库里还没有判定过的月份；先运行 registry run，或用 --profiles 给出画像表"
        )
    population = thaw_population(digest, FrozenFiles(data_dir / "frozen"))
    names = await read_table("enterprise", {"enterprise_id": "id", "enterprise": "name"}, NAMES)
    return Judged(population, names, runs[-1].period)
