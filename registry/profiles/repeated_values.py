"""What a supplement only repeats: the cells of a row sent again that had gone in the first time."""

from datetime import date

import polars as pl

from matching.language.vocabulary import fact_of_column
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.profiles.values import VALUES


async def said_by_layout(layout: str, observed_on: date, links: pl.DataFrame) -> pl.DataFrame:
    """Give what sheets of a layout, of one day and not taken back, say of linked enterprises: columns of VALUES."""
    sql = f"""
        SELECT v."enterprise_id", v."fact", v."period", v."number", v."text", v."observed_on", v."import_id"
        FROM "fact_value" v JOIN "import" i ON i."id" = v."import_id"
        WHERE v."enterprise_id" IN ({unfolded_numbers()}) AND i."layout" = $2 AND i."observed_on" = $3
          AND i."id" NOT IN (SELECT "import_id" FROM "import_undone")
    """  # noqa: S608  our own words
    return await read_frame(sql, VALUES, [listed(links["enterprise_id"]), layout, observed_on])


def without_repeated(values: pl.DataFrame, links: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Take out of `values` (row, and a column a fact[@period]) what was said already of the same enterprise."""
    columns: list[pl.Series] = []
    for name in values.columns:
        if name == "row":
            continue
        fact, period = fact_of_column(name)
        kind = "number" if values[name].dtype == pl.Int64 else "text"
        of_column = said.filter(pl.col("fact") == fact, pl.col("period").eq_missing(period))
        before = of_column.select("enterprise_id", pl.col(kind).alias(name)).drop_nulls()
        again = (
            values.select("row", name)
            .join(links, on="row")
            .join(before, on=["enterprise_id", name], how="semi")
        )
        kept = ~values["row"].is_in(again["row"].implode())
        columns.append(values.select(pl.when(kept).then(pl.col(name)).alias(name)).to_series())
    return values.with_columns(columns)
