"""Who controls whom and who is of whose group among the large companies: a few, made by hand."""

import polars as pl

from registry.demo.told import TOLD_OF

RELATION_COLUMNS = (
    "row",
    "relation",
    "other_row",
    "other_uscc",
    "other_name",
    "share",
    "effective_on",
    "document",
)

# Places on the scale behind the cases of policies; share in basis points.
_TOLD: tuple[tuple[int, str, int, int | None, str | None, str | None], ...] = (
    (TOLD_OF, "控股", TOLD_OF + 1, 6_000, "2019-05-20", "股权变更登记〔2019〕示例52号"),
    (TOLD_OF, "控股", TOLD_OF + 2, 10_000, "2021-11-08", None),
    (TOLD_OF + 3, "受控于", TOLD_OF + 2, 5_100, "2023-02-14", "股权变更登记〔2023〕示例7号"),
    (TOLD_OF + 4, "集团成员", TOLD_OF + 5, None, None, None),
    (TOLD_OF + 6, "集团成员", TOLD_OF + 5, None, "2020-01-01", "集团登记〔2020〕示例1号"),
)


def all_relations(firms: pl.DataFrame) -> pl.DataFrame | None:
    """Give uscc, name and RELATION_COLUMNS of the firms at these places, the whole list; None: the city is too small."""
    told = pl.DataFrame(
        _TOLD,
        {
            "place": pl.Int64,
            "relation": pl.String,
            "other_place": pl.Int64,
            "share": pl.Int64,
            "effective_on": pl.String,
            "document": pl.String,
        },
        orient="row",
    ).with_columns(pl.col("effective_on").str.to_date())
    placed = firms.select("row", "uscc", "name", place="scale_place")
    others = placed.select(pl.all().name.prefix("other_"))
    found = (
        told.join(placed, on="place", maintain_order="left")
        .join(others, on="other_place", maintain_order="left")
        .select("uscc", "name", *RELATION_COLUMNS)
    )
    return found if found.height else None
