"""What was paid under a family within one year, as the least and the most it may be."""

import polars as pl

from matching.engine.population import Population
from matching.engine.spells import paid_silence, placed

LARGEST = 2**63 - 1


def paid_in_year(family: str, year: int, population: Population) -> pl.DataFrame:
    """Give "low" and "high" 分 per row of the population's frame, never below zero; high null: no end known.

    A payment without a day may lie in the year or not; one paid back without a day lowers the low end only.
    A ledger that is not completely known, or a payment of unknown size that may lie in it, leaves no upper end.
    """
    amount, paid_on = pl.col("amount_cents").cast(pl.Int128), pl.col("paid_on")
    paid = population.awards.filter(
        pl.col("family") == family, paid_on.is_null() | (paid_on.dt.year() == year)
    )
    sure, nothing = paid_on.is_not_null(), pl.lit(0, dtype=pl.Int128)
    sums = paid.group_by("enterprise_id").agg(
        low=pl.when(sure | (amount < 0)).then(amount).otherwise(nothing).sum(),
        high=pl.when(sure | (amount > 0)).then(amount).otherwise(nothing).sum(),
        sized=amount.is_not_null().all(),
    )
    ids, silent = population.frame["enterprise_id"], paid_silence(family, population)
    known = silent.cast(pl.Int64)
    ends = {
        name: placed(known, ids, sums.select("enterprise_id", _held(name)))
        for name in ("low", "high")
    }
    return pl.DataFrame({"low": ends["low"].fill_null(0), "high": ends["high"]})


def _held(name: str) -> pl.Expr:
    """Give a sum as a column can hold it; null where a payment has no size."""
    return pl.when("sized").then(pl.col(name).clip(0, LARGEST).cast(pl.Int64)).alias(name)
