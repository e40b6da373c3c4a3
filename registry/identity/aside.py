"""Which stand-ins a person has set aside, out of all judgements. Pure."""

import polars as pl


def set_aside(judgements: pl.DataFrame) -> pl.Series:
    """Give the subjects that were nobody and were left so by a person: they wait no longer.

    "apart" sets aside; said once more it takes that back, and so on. Straight after a "same" it takes that one
    back instead. Any other judgement since opens the case again.
    """
    is_apart = pl.col("verdict") == "apart"
    ordered = judgements.sort("id").with_columns(
        other=pl.when(~is_apart).then("id").max().over("subject_id").fill_null(-1),
        lasting=pl.when(pl.col("verdict") != "different").then("verdict"),
    )
    before = pl.col("lasting").filter(pl.col("id") <= pl.col("other")).drop_nulls().last()
    found = ordered.group_by("subject_id", maintain_order=True).agg(
        said=(pl.col("id") > pl.col("other")).sum().cast(pl.Int64),
        was=before,
    )
    times = pl.col("said") - pl.col("was").eq_missing(pl.lit("same")).cast(pl.Int64)
    return found.filter(pl.col("said") > 0, times % 2 == 1)["subject_id"]
