"""Who is on the negative lists, and how the lists change in the second month."""

from datetime import date

import polars as pl

from registry.demo.dice import Dice
from registry.demo.standing import Extent
from registry.demo.told import ENTERS_ABNORMAL, LEAVES_ABNORMAL, NEGATIVE_CASES, TOLD_OF

NEGATIVE_COLUMNS = ("row", "list", "from_on", "left_on")

# Basis points of all firms, and of the companies, that are on each list in the first month.
_SHARES = {
    "abnormal_operation": (190, 320),
    "serious_dishonesty": (8, 45),
    "safety_accident": (1, 35),
    "environment_violation": (1, 50),
    "tax_violation": (9, 60),
}
NEGATIVE_LISTS = tuple(_SHARES)

_ENTER_BASIS_POINTS = 12
_LEAVE_BASIS_POINTS = 600


def first_negative(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Give the five lists as of the first month, those who left lately included, with scale_place."""
    known = firms.filter(pl.col("row") < extent.size).select("row", "firm_kind", "scale_place")
    entries = [
        known.filter(_is_on(name, dice)).with_columns(
            pl.lit(name).alias("list"),
            from_on=_some_day(dice, f"from/{name}"),
            left_on=pl.when(dice.chance(f"left/{name}", 900)).then(
                pl.date(2026, 1 + dice.below(f"left day/{name}", 9), 20)
            ),
        )
        for name in _SHARES
    ]
    drawn = pl.concat(entries).filter((pl.col("scale_place") >= TOLD_OF).fill_null(value=True))
    return pl.concat([drawn.select(*NEGATIVE_COLUMNS, "scale_place"), _told(known)]).sort(
        "list", "from_on", "row"
    )


def second_negative(
    first: pl.DataFrame, firms: pl.DataFrame, extent: Extent, dice: Dice
) -> pl.DataFrame:
    """Give the lists as of the second month: some have entered, and of those who left half are simply gone."""
    place = pl.col("scale_place")
    leaves = (
        (dice.chance("leaves", _LEAVE_BASIS_POINTS) & (place >= TOLD_OF).fill_null(value=True))
        | (place == LEAVES_ABNORMAL).fill_null(value=False)
    ) & pl.col("left_on").is_null()
    kept = first.with_columns(leaves=leaves).filter(
        ~(pl.col("leaves") & dice.chance("is gone", 5_000) & place.is_null())
    )
    kept = kept.with_columns(
        left_on=pl.when("leaves")
        .then(pl.date(2026, 10, 1 + dice.below("left in", 28)))
        .otherwise("left_on")
    ).drop("leaves")
    enters = (
        dice.chance("enters", _ENTER_BASIS_POINTS) & (place >= TOLD_OF).fill_null(value=True)
    ) | (place == ENTERS_ABNORMAL).fill_null(value=False)
    on_it = first.filter(pl.col("list") == "abnormal_operation").select("row")
    newcomers = (
        firms.filter(pl.col("row") < extent.size, enters)
        .join(on_it, on="row", how="anti", maintain_order="left")
        .select(
            "row",
            pl.lit("abnormal_operation").alias("list"),
            pl.date(2026, 10, 1 + dice.below("entered in", 28)).alias("from_on"),
            pl.lit(None, dtype=pl.Date).alias("left_on"),
            "scale_place",
        )
    )
    return pl.concat([kept, newcomers]).sort("list", "from_on", "row")


def _is_on(name: str, dice: Dice) -> pl.Expr:
    of_all, of_companies = _SHARES[name]
    limit = pl.when(pl.col("firm_kind") == "company").then(of_companies).otherwise(of_all)
    return dice.below(f"on/{name}", 10_000) < limit


def _some_day(dice: Dice, salt: str) -> pl.Expr:
    """Give some day of the years before 2026."""
    return (pl.lit(date(2025, 12, 31)) - pl.duration(days=dice.below(salt, 1_000))).cast(pl.Date)


def _told(known: pl.DataFrame) -> pl.DataFrame:
    rows = [
        (place, name, date.fromisoformat(start), None if end is None else date.fromisoformat(end))
        for place, (name, start, end) in NEGATIVE_CASES.items()
    ]
    schema = {
        "scale_place": pl.Int64(),
        "list": pl.String(),
        "from_on": pl.Date(),
        "left_on": pl.Date(),
    }
    told = pl.DataFrame(rows, schema=schema, orient="row")
    return told.join(known, on="scale_place", how="inner").select(*NEGATIVE_COLUMNS, "scale_place")
