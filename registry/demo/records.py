"""Ledgers of records of the most inventive firms: rights, rounds of equity, prizes; their numbers are invented."""

import polars as pl

from registry.demo.dice import Dice
from registry.demo.firms import FIRST_DAY
from registry.demo.standing import Extent

WAN = 1_000_000
MOST_RECORDS = 16
"""More than any firm has of one ledger: a record's own throw needs a number no other has."""

# Firms with records in a city of 5,000 to 60,000, and how many one of them has at most.
_RIGHTS, _MOST_RIGHTS = 400, 12
_ROUNDS, _MOST_ROUNDS = 40, 2
_PRIZES, _MOST_PRIZES = 60, 3


def all_records(firms: pl.DataFrame, extent: Extent, dice: Dice) -> dict[str, pl.DataFrame]:
    """Give the whole ledgers as of the first month: row of the firm, number and the ledger's fields."""
    return {
        "intellectual_property": _rights(firms, extent, dice),
        "equity": _rounds(firms, extent, dice),
        "prizes": _prizes(firms, extent, dice),
    }


def _rights(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    records = _several(firms, extent.holders(_RIGHTS), _MOST_RIGHTS, dice, "right")
    kinds = {"invention": 30, "utility_model": 42, "design": 10, "software": 16, "layout": 2}
    drawn = records.with_columns(
        number=_number("ZQ"),
        kind=dice.choose("right/kind", kinds),
        granted_on=_day(dice, "right/granted", 2_900),
        origin=dice.choose("right/origin", {"own": 90, "transferred": 8, "merger": 2}),
        holder_rank=1 + dice.pick("right/rank", [84, 9, 4, 3]),
        main_product=_flag(dice, "right/product", 8_000, 1_500),
        applied=_flag(dice, "right/applied", 7_000, 2_300),
        transferred_on=_day(dice, "right/transferred", 900),
        high_value=_flag(dice, "right/value", 800, 8_700),
    )
    return drawn.with_columns(
        transferred_on=pl.when(pl.col("origin") == "transferred").then(
            pl.max_horizontal("transferred_on", "granted_on")
        ),
        high_value=pl.when(pl.col("kind") == "invention").then("high_value").otherwise(
            pl.lit(value=False)
        ),
    ).select(
        "firm", "number", "kind", "granted_on", "origin", "transferred_on", "holder_rank",
        "main_product", "applied", "high_value",
    ).rename({"firm": "row"})  # fmt: skip


def _rounds(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    records = _several(firms, extent.holders(_ROUNDS), _MOST_ROUNDS, dice, "round")
    return records.select(
        pl.col("firm").alias("row"),
        _number("RZ").alias("number"),
        ((300 + dice.below("round/paid", 58) * 100) * WAN).alias("paid_in"),
        _day(dice, "round/on", 1_300).alias("paid_on"),
        _flag(dice, "round/qualified", 8_500, 1_000).alias("qualified"),
        (500 + dice.below("round/stake", 30) * 100).alias("stake_sold"),
    )


def _prizes(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    records = _several(firms, extent.holders(_PRIZES), _MOST_PRIZES, dice, "prize")
    drawn = records.with_columns(kind=dice.choose("prize/kind", {"science": 4, "makers": 1}))
    is_contest = pl.col("kind") == "makers"
    level = dice.choose("prize/level", {"city": 5, "provincial": 4, "national": 1})
    return drawn.select(
        pl.col("firm").alias("row"),
        _number("KJ").alias("number"),
        "kind",
        pl.when(is_contest).then(pl.lit("national")).otherwise(level).alias("level"),
        pl.when(is_contest)
        .then(1 + dice.below("prize/contest", 500))
        .otherwise(1 + dice.below("prize/rank", 8))
        .alias("rank"),
        _day(dice, "prize/on", 1_900).alias("certificate_on"),
    )


def _several(firms: pl.DataFrame, holders: int, most: int, dice: Dice, salt: str) -> pl.DataFrame:
    """Give one to `most` records of each of the first so many inventive firms: firm, and row for its own throws."""
    chosen = firms.filter(pl.col("innovation_place") < holders).sort("innovation_place")
    counted = chosen.select("row", count=1 + dice.below(f"{salt}/count", most))
    records = counted.with_columns(nth=pl.int_ranges("count")).explode("nth")
    return records.select(
        pl.col("row").alias("firm"), row=pl.col("row") * MOST_RECORDS + pl.col("nth")
    )


def _number(sign: str) -> pl.Expr:
    return pl.format(f"{sign}{{}}", pl.col("row").cast(pl.String).str.zfill(9))


def _day(dice: Dice, salt: str, reach_days: int) -> pl.Expr:
    """Give a day within so many days before the sheets are sent."""
    return pl.lit(FIRST_DAY) - pl.duration(days=10 + dice.below(salt, reach_days))


def _flag(dice: Dice, salt: str, yes: int, no: int) -> pl.Expr:
    """Give yes and no in so many of ten thousand; the rest is not known."""
    drawn = dice.below(salt, 10_000)
    sure = pl.when(drawn < yes).then(pl.lit(value=True))
    return sure.when(drawn < yes + no).then(pl.lit(value=False))
