"""A generated city as columns, straight from the generator: what simulations and information are measured on.

    python -m tests.benchmarks.simulate.city FOLDER [FIRMS]

writes it into a folder; `read_city` gives it back without the generator's memory.
"""

import sys
from datetime import date
from pathlib import Path

import msgspec
import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.population import AWARD_COLUMNS, MEMBERSHIP_COLUMNS, Population
from registry.demo.city import make_city
from registry.demo.facts import CityFacts, city_facts
from registry.profiles.load_population import wide_frame

MONTH, DAY = "2026-09", date(2026, 9, 30)
FIRMS = 720_000


def write_city(folder: Path, firms: int) -> None:
    """Generate one month and write facts, list entries, payments and coverage."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = city_facts(make_city(firms), MONTH)
    _frame(facts, firms).write_parquet(folder / "frame.parquet")
    enterprise = (pl.col("row") + 1).alias("enterprise_id")
    entries = facts.memberships.with_columns(enterprise).select(MEMBERSHIP_COLUMNS.keys())
    entries.write_parquet(folder / "memberships.parquet")
    awards = facts.awards.with_columns(enterprise).select(AWARD_COLUMNS.keys())
    awards.write_parquet(folder / "awards.parquet")
    (folder / "coverage.json").write_bytes(msgspec.json.encode(facts.coverage))


def read_city(folder: Path) -> Population:
    """Read it back."""
    frames = {
        name: pl.read_parquet(folder / f"{name}.parquet", memory_map=False).rechunk()
        for name in ("frame", "memberships", "awards")
    }
    coverage = msgspec.json.decode((folder / "coverage.json").read_bytes(), type=dict[str, date])
    return Population(coverage=coverage, **frames)


def _frame(facts: CityFacts, firms: int) -> pl.DataFrame:
    period = pl.col("period").cast(pl.String).replace("", None)
    fact = pl.col("fact").cast(pl.String)
    statements = facts.facts.select(
        enterprise_id=pl.col("row") + 1,
        column=pl.coalesce(pl.concat_str(fact, pl.lit("@"), period), fact),
        value=pl.coalesce("text", pl.col("number").cast(pl.String)),
        import_id=pl.col("department").to_physical().cast(pl.Int64),
    )
    kind = facts.facts.schema["department"]
    departments = kind.categories.to_list() if isinstance(kind, pl.Enum) else []
    imports = pl.DataFrame(
        {
            "id": range(len(departments)),
            "department": departments,
            "observed_on": [DAY] * len(departments),
        }
    )
    ids = pl.int_range(1, firms + 1, eager=True).alias("enterprise_id")
    return wide_frame(ids, statements, imports, shipped_vocabulary())


if __name__ == "__main__":
    write_city(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else FIRMS)
