"""Facts that are counted or summed over evidence items, each of which may be used once."""

import polars as pl

from matching.engine.population import Population
from matching.engine.spells import silence
from matching.language.quantities import OverLedger
from matching.language.vocabulary import Fact


def ledger_figures(quantity: OverLedger, fact: Fact, population: Population) -> pl.Series:
    """Give the figure per row of the population's frame, as `OverLedger` says; null where it is not known.

    Pieces are counted, money is summed in 分; a sum no column can hold is not known.
    """
    figure = pl.len() if fact.kind == "number" else pl.col("amount_cents").cast(pl.Int128).sum()
    unsure = pl.col("shared").any()
    if fact.kind == "money":
        unsure |= pl.col("amount_cents").is_null().any()
    figures = (
        _unused(quantity, fact, population)
        .group_by("enterprise_id")
        .agg(pl.when(~unsure).then(figure.cast(pl.Int64, strict=False)).alias("figure"))
        .with_columns(seen=pl.lit(value=True))
    )
    ids = population.frame["enterprise_id"]
    rows = pl.DataFrame({"enterprise_id": ids, "complete": _complete(quantity.fact, population)})
    joined = rows.join(figures, on="enterprise_id", how="left", maintain_order="left")
    so_far = pl.when("seen").then(pl.col("figure")).otherwise(pl.lit(0, dtype=pl.Int64))
    return joined.select(pl.when("complete").then(so_far).alias("figure"))["figure"]


def _unused(quantity: OverLedger, fact: Fact, population: Population) -> pl.DataFrame:
    """Give the claims of items no such award has used, and whether another enterprise claims the same."""
    claims = population.evidence.filter(pl.col("fact") == quantity.fact).unique()
    used = population.uses.filter(
        (pl.col("ledger") == fact.ledger) & pl.col("family").is_in(quantity.unused_by)
    )
    claimants = pl.col("enterprise_id").n_unique().over("key")
    return claims.with_columns(shared=claimants > 1).join(used, on="key", how="anti")


def _complete(key: str, population: Population) -> pl.Series:
    """Say where both the claims and what has been used are completely known."""
    claims, uses = (
        silence(name, population, covered=name in population.coverage) for name in (key, "uses")
    )
    return claims.is_not_null() & uses.is_not_null()
