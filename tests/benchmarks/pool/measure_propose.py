"""How long it takes to propose candidates for 小升规 among 720,000 enterprises.

python -m tests.benchmarks.pool.measure_propose
"""

import sys
from datetime import date
from random import Random
from time import perf_counter

import polars as pl

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.population import MEMBERSHIP_COLUMNS, Population
from registry.actions.propose_for_pool import propose_for_pool
from registry.pool.declared import shipped_pools

ROWS, SEED, TIMES = 720_000, 20261031, 5
ON = date(2026, 10, 31)
INDUSTRIES = ("C3489", "F5123", "F5211", "H6210", "G5431", "L7211", "O8111", "E4710", "K7010", None)
WAN = 1_000_000
UNKNOWN = 0.2
YEARS = (2024, 2025)


def population() -> Population:
    """Draw firms of every sector, a fifth of whose figures nobody knows, and a register of a few thousand."""
    dice = Random(SEED)  # noqa: S311  the same firms each time
    ids = pl.Series("enterprise_id", range(1, ROWS + 1), dtype=pl.Int64)
    names = [f"{fact}@{year}" for fact in ("main_revenue", "annual_revenue") for year in YEARS]
    known = [pl.Series(name, [_revenue(dice) for _ in range(ROWS)]) for name in names]
    codes = pl.Series("industry", [dice.choice(INDUSTRIES) for _ in range(ROWS)])
    status = pl.repeat("active", ROWS, eager=True).alias("status")
    listed = pl.DataFrame({"enterprise_id": range(1, 20_001, 5)}).with_columns(
        list=pl.lit("above_scale"),
        from_on=pl.lit(date(2020, 1, 1)),
        **{
            name: pl.lit(None, dtype=kind)
            for name, kind in MEMBERSHIP_COLUMNS.items()
            if name not in ("enterprise_id", "list", "from_on")
        },
    )
    return Population(
        frame=pl.DataFrame([ids, *known, codes, status]),
        memberships=listed.select(*MEMBERSHIP_COLUMNS),
        coverage={"above_scale": date(2026, 9, 30)},
    )


def _revenue(dice: Random) -> int | None:
    return None if dice.random() < UNKNOWN else int(dice.lognormvariate(4.5, 1.5) * WAN)


def measure() -> None:
    """Print the seconds of each time, from a population that has just been loaded."""
    given, catalogue, pools = population(), shipped_catalogue(), shipped_pools()
    for _ in range(TIMES):
        began = perf_counter()
        found = propose_for_pool("small_to_scale", given, catalogue, pools, ON)
        seconds = perf_counter() - began
        sys.stdout.write(
            f"{ROWS:,}: {seconds:.2f} s, {found.table.height:,} proposed, {found.unknown:,} open\n"
        )


if __name__ == "__main__":
    measure()
