"""What was paid under a family within one year, as the least and the most it may be."""

import polars as pl

from matching.engine.population import Population
from matching.engine.spells import paid_silence

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
        pl.when(sure | (amount < 0)).then(amount).otherwise(nothing).sum().alias("least"),
        pl.when(sure | (amount > 0)).then(amount).otherwise(nothing).sum().alias("most"),
        amount.is_null().any().alias("unsized"),
    )
    rows = pl.DataFrame(
        {
            "enterprise_id": population.frame["enterprise_id"],
            "silent": paid_silence(family, population),
        }
    )
    joined = rows.join(sums, on="enterprise_id", how="left", maintain_order="left")
    complete = pl.col("silent").is_not_null() & ~pl.col("unsized").fill_null(value=False)
    least, most = (_held(pl.col(end).fill_null(0)) for end in ("least", "most"))
    return joined.select(
        pl.when(complete).then(least).otherwise(0).alias("low"),
        pl.when(complete).then(most).alias("high"),
    )


def _held(cents: pl.Expr) -> pl.Expr:
    return cents.clip(0, LARGEST).cast(pl.Int64)
