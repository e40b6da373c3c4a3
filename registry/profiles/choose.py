"""Which of several values counts: the written order of trust, then the newest."""

import polars as pl

from matching.language.vocabulary import Fact

LEAST_TRUSTED = 99


def rank(fact: Fact, department: str) -> int:
    """Give the place of a department in a fact's order of trust; the first is believed before all others."""
    order = list(fact.sources or (fact.department,))
    return order.index(department) if department in order else LEAST_TRUSTED


def trust(fact: Fact, imports: pl.DataFrame) -> pl.DataFrame:
    """Order imports for one fact, the one believed before all others first: import_id, place.

    By the fact's order of departments, then the newer day observed, then the later import. A department
    the fact does not name is believed last.
    """
    order = {name: place for place, name in enumerate(fact.sources or (fact.department,))}
    ranked = imports.select(
        pl.col("id").alias("import_id"),
        "observed_on",
        rank=pl.col("department").replace_strict(
            order, default=LEAST_TRUSTED, return_dtype=pl.Int64
        ),
    )
    ordered = ranked.sort("rank", "observed_on", "import_id", descending=[False, True, True])
    return ordered.with_row_index("place").select("import_id", "place")


def chosen(statements: pl.DataFrame, order: pl.DataFrame) -> pl.DataFrame:
    """Give one statement an enterprise out of those about one fact and period.

    Most stand alone; only those that do not are put in order. Of two rows of one sheet the later counts.
    """
    several = statements["enterprise_id"].is_duplicated()
    if not several.any():
        return statements
    numbered = statements.filter(several).with_row_index("row")
    best = (
        numbered.join(order, on="import_id", how="inner")
        .sort("place", "row", descending=[False, True])
        .unique(subset="enterprise_id", keep="first", maintain_order=True)
        .select(statements.columns)
    )
    return pl.concat([statements.filter(~several), best])
