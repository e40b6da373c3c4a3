"""What an enterprise inherits: entries of lists and payments of those it stems from. Pure."""

import polars as pl

from registry.profiles.knowledge import Known

ORIGIN = "origin_id"


def with_inherited(own: pl.DataFrame, heirs: pl.DataFrame, day: str) -> pl.DataFrame:
    """Add to the rows of enterprises those of whom they inherit from, marked with origin_id; null: its own.

    day  the column that says when a row came about; a row that does not say it passes: careful is to count it.
    """
    marked = own.with_columns(pl.lit(None, dtype=pl.Int64).alias(ORIGIN))
    if heirs.is_empty():
        return marked
    passing = heirs.select(ORIGIN, "until", heir="enterprise_id")
    theirs = own.join(passing, left_on="enterprise_id", right_on=ORIGIN).filter(
        pl.col("until").is_null() | pl.col(day).is_null() | (pl.col(day) <= pl.col("until"))
    )
    inherited = theirs.with_columns(
        pl.col("enterprise_id").alias(ORIGIN), enterprise_id=pl.col("heir")
    )
    both = pl.concat([marked, inherited.select(marked.columns)])
    return both.sort(both.columns)


def of_circle(rows: pl.DataFrame, known: Known, enterprise_id: int | None) -> pl.DataFrame:
    """Keep the rows of one enterprise and its group; all where none is asked for."""
    if enterprise_id is None:
        return rows
    return rows.filter(pl.col("enterprise_id").is_in(known.circle_of(enterprise_id)))
