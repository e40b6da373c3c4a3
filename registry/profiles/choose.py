"""Which of several values counts: the written order of trust, then the newest."""

import polars as pl

from matching.language.vocabulary import Vocabulary

VALUE_KEY = ("enterprise_id", "fact", "period")
LEAST_TRUSTED = 99


def ranked(values: pl.DataFrame, imports: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Add "department" and "rank" (0 is trusted most) to fact values."""
    order = [
        (fact.key, department, place)
        for fact in vocabulary.facts.values()
        for place, department in enumerate(fact.sources or (fact.department,))
    ]
    schema = {"fact": pl.String, "department": pl.String, "rank": pl.Int64}
    ranks = pl.DataFrame(order, schema=schema, orient="row")
    sources = imports.select(pl.col("id").alias("import_id"), "department")
    joined = values.join(sources, on="import_id", how="inner", maintain_order="left")
    joined = joined.join(ranks, on=["fact", "department"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("rank").fill_null(LEAST_TRUSTED))


def chosen(values: pl.DataFrame) -> pl.DataFrame:
    """Give one value for each enterprise, fact and period out of `ranked` values.

    Most values stand alone; only those that do not are put in order.
    """
    if values.is_empty():
        return values
    alone = ~values.select(pl.struct(VALUE_KEY).is_duplicated()).to_series()
    several = values.filter(~alone)
    if several.is_empty():
        return values
    best = several.sort(
        "rank", "observed_on", "import_id", descending=[False, True, True], maintain_order=True
    ).unique(subset=VALUE_KEY, keep="first", maintain_order=True)
    return pl.concat([values.filter(alone), best])
