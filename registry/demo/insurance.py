"""What labour knows of each firm that insures people: how many, whom it laid off, what it paid and for how long."""

import polars as pl

from registry.demo.dice import Dice, two_to
from registry.demo.standing import Extent
from registry.demo.told import INSURANCE_CASES, YUAN

INSURANCE_FACTS = (
    "insured@2025",
    "layoff_rate@2025",
    "unemployment_premium@2025",
    "insured_months",
    "insurance_paid_in_full",
)

# Share of the firms of each kind that insure anybody, in basis points.
_INSURERS = {"company": 7000, "cooperative": 900, "branch": 3500, "individual": 600}

# Layoff rates in basis points: so many of a hundred firms lie between one limit and the next.
_LAYOFF_BANDS = ((0, 40), (1, 30), (300, 14), (550, 10), (2_000, 6))
_LAYOFF_MOST = 6_000


def insured_firms(
    firms: pl.DataFrame, statistics: pl.DataFrame, extent: Extent, dice: Dice
) -> pl.DataFrame:
    """Give a row for each firm that insures people: "row", "scale_place" and INSURANCE_FACTS."""
    insurers = firms.filter(
        pl.col("row") < extent.size,
        pl.col("is_strong")
        | (dice.below("insures", 10_000) < pl.col("firm_kind").replace_strict(_INSURERS)),
    ).join(statistics.select("row", "employees@2025"), on="row", how="left", maintain_order="left")
    drawn = (
        _with_people(insurers, dice)
        .with_columns(
            pl.when(~dice.chance("no insured", 500)).then("people").alias("insured@2025"),
            pl.when(~dice.chance("no layoff", 1_200))
            .then(_layoff_rate(dice))
            .alias("layoff_rate@2025"),
            _premium(dice).alias("unemployment_premium@2025"),
            _months(dice).alias("insured_months"),
            _paid_in_full(dice).alias("insurance_paid_in_full"),
        )
        .select("row", "scale_place", *INSURANCE_FACTS)
    )
    return _as_told(drawn)


def _with_people(insurers: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    bell = pl.col("bell")
    power = (
        pl.when("is_strong")
        .then((4.6 + bell * 1.1).clip(1, 10))
        .otherwise((2.6 + bell * 1.2).clip(0.1, 9))
    )
    of_statistics = (
        pl.col("employees@2025") * (7_500 + dice.below("insured share", 2_600)) // 10_000
    )
    people = (
        pl.when(pl.col("employees@2025").is_not_null())
        .then(of_statistics.clip(lower_bound=3))
        .otherwise(two_to(pl.col("power")).cast(pl.Int64))
    )
    return (
        insurers.with_columns(bell=dice.normal("people"))
        .with_columns(power=power)
        .with_columns(people=people)
    )


def _layoff_rate(dice: Dice) -> pl.Expr:
    lows = [low for low, _ in _LAYOFF_BANDS]
    widths = [after - low for low, after in zip(lows, [*lows[1:], _LAYOFF_MOST], strict=True)]
    band = dice.pick("layoff/band", [weight for _, weight in _LAYOFF_BANDS])
    low = pl.lit(pl.Series(lows)).gather(band)
    width = pl.lit(pl.Series(widths)).gather(band)
    return low + dice.below("layoff", 1_000_000) % width


def _premium(dice: Dice) -> pl.Expr:
    """About 700 元 a head a year, to the 分; somebody who did not pay in full paid less."""
    a_head = 60_000 + dice.below("premium", 24_000)
    return pl.when(~dice.chance("no premium", 600)).then(pl.col("people") * a_head)


def _months(dice: Dice) -> pl.Expr:
    """Most pay for years, and some stand at the twelve months that count."""
    long = 13 + dice.below("months", 140)
    short = 9 + dice.below("months/short", 5)
    return pl.when(dice.chance("few months", 1_500)).then(short).otherwise(long)


def _paid_in_full(dice: Dice) -> pl.Expr:
    drawn = dice.below("in full", 10_000)
    return (
        pl.when(drawn < 9_100)
        .then(pl.lit(value=True))
        .when(drawn < 9_600)
        .then(pl.lit(value=False))
    )


def _as_told(drawn: pl.DataFrame) -> pl.DataFrame:
    columns = ("insured@2025", "layoff_rate@2025", "insured_months", "insurance_paid_in_full")
    place = pl.col("scale_place")
    told = place.is_in(list(INSURANCE_CASES)).fill_null(value=False)
    figures = drawn.with_columns(
        pl.when(told)
        .then(
            place.replace_strict(
                {number: case[position] for number, case in INSURANCE_CASES.items()},
                default=None,
                return_dtype=drawn.schema[name],
            )
        )
        .otherwise(name)
        .alias(name)
        for position, name in enumerate(columns)
    )
    people = pl.col("insured@2025").fill_null(25)
    return figures.with_columns(
        pl.when(told)
        .then(people * 700 * YUAN)
        .otherwise("unemployment_premium@2025")
        .alias("unemployment_premium@2025")
    )
