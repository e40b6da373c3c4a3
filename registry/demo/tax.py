"""What tax knows of each firm: revenue of five years, research, tax paid and the balance of 2025."""

import polars as pl

from registry.demo.dice import Dice, two_to
from registry.demo.standing import Extent, is_in_sections, of_trade
from registry.demo.told import ONE_FEN_MORE, REVENUE_CASES, TAX_CORRECTIONS, TOLD_OF, WAN, YEARS
from registry.demo.words import TRADES

# Share of the firms of each kind that keep books and file, in basis points.
_FILERS = {"company": 8800, "cooperative": 2500, "branch": 3000, "individual": 1000}

# How often a figure is missing, in basis points.
_GAPS = {
    "annual_revenue@2021": 3500,
    "annual_revenue@2022": 2600,
    "annual_revenue@2023": 1700,
    "annual_revenue@2024": 900,
    "annual_revenue@2025": 600,
    "main_revenue@2025": 3000,
    "rd_deduction@2024": 1500,
    "rd_deduction@2025": 1000,
    "tax_paid@2025": 1200,
    "total_assets@2025": 1800,
    "total_liabilities@2025": 2200,
    "net_profit@2025": 2000,
    "software_revenue@2025": 2500,
}
TAX_FACTS = tuple(_GAPS)

_REVENUES = tuple(f"annual_revenue@{year}" for year in YEARS)
_LATEST = _REVENUES[-1]

# Firms on the above-scale list begin about at the line of their section, in 万元 and as a power of two in 元.
_LINE_POWERS = {"F52": 22.3, "H": 20.9, "L": 23.3, "M": 23.3, "O": 22.3, "R": 22.3}
_USUAL_LINE_POWER = 24.35


def true_tax(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Give what is true of each firm that files, without gaps: "row", "scale_place" and TAX_FACTS in 分."""
    filers = firms.filter(
        pl.col("row") < extent.size,
        pl.col("is_strong")
        | (dice.below("files", 10_000) < pl.col("firm_kind").replace_strict(_FILERS)),
    )
    figures = _with_latest_revenue(filers, extent, dice)
    for newer, older in zip(_REVENUES[:0:-1], _REVENUES[-2::-1], strict=True):
        growth = (pl.lit(800) + dice.normal(f"growth/{newer}") * 1_600).clip(-4_500, 9_000)
        before = pl.col(newer) * 10_000 // (10_000 + growth.cast(pl.Int64))
        existed = pl.col("registered_on").dt.year() <= int(older[-4:])
        figures = figures.with_columns(pl.when(existed).then(before).alias(older))
    return (
        _as_told(figures)
        .with_columns(_other_figures(dice))
        .select("row", "scale_place", *TAX_FACTS)
    )


def first_tax(true: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Give what is filed by the first month: the truth with gaps, none in the cases told by hand."""
    told = (pl.col("scale_place") < TOLD_OF).fill_null(value=False)
    return true.select(
        "row",
        *(
            pl.when(told | ~dice.chance(f"gap/{name}", gap)).then(name).alias(name)
            for name, gap in _GAPS.items()
        ),
    ).filter(pl.any_horizontal(pl.col(name).is_not_null() for name in TAX_FACTS))


def second_tax(true: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Give the late filings and corrections of the second month: whole rows of about three firms in a hundred."""
    corrected_places = [place for place, _, _ in TAX_CORRECTIONS]
    told = (pl.col("scale_place") < TOLD_OF).fill_null(value=False)
    chosen = true.filter(
        (dice.chance("files again", 300) & ~told)
        | pl.col("scale_place").is_in(corrected_places).fill_null(value=False)
    )
    factor = 9_200 + dice.below("correction", 2_000)
    is_corrected = dice.chance("is corrected", 5_000) & ~told
    figures = chosen.with_columns(
        pl.when(is_corrected)
        .then(pl.col(_LATEST) * factor // 10_000)
        .otherwise(_LATEST)
        .alias(_LATEST)
    )
    for place, year, revenue_wan in TAX_CORRECTIONS:
        column = f"annual_revenue@{year}"
        is_it = (pl.col("scale_place") == place).fill_null(value=False)
        figures = figures.with_columns(
            pl.when(is_it).then(revenue_wan * WAN).otherwise(column).alias(column)
        )
    return figures.select("row", *TAX_FACTS)


def _with_latest_revenue(filers: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Add the revenue of 2025, in steps: one expression of all of it would be planned for longer than run."""
    line = [
        _LINE_POWERS.get(trade.code[:3], _LINE_POWERS.get(trade.code[0], _USUAL_LINE_POWER))
        for trade in TRADES
    ]
    bell = pl.col("bell")
    is_above = (pl.col("scale_place") < extent.above).fill_null(value=False)
    power = (
        pl.when(is_above)
        .then(pl.lit(pl.Series(line)).gather(pl.col("trade")) + bell.abs() * 1.75)
        .when("is_strong")
        .then(22.8 + bell * 1.1)
        .when(pl.col("firm_kind") == "company")
        .then(20.2 + bell * 1.5)
        .otherwise(17.2 + bell * 1.2)
    )
    return (
        filers.with_columns(bell=dice.normal("revenue"))
        .with_columns(power=power)
        .with_columns((two_to(pl.col("power")) * 100).cast(pl.Int64).alias(_LATEST))
    )


def _as_told(figures: pl.DataFrame) -> pl.DataFrame:
    cases = pl.DataFrame(
        [(place, *revenues) for place, (revenues, _, _) in REVENUE_CASES.items()],
        schema={"scale_place": pl.Int64} | {f"told/{name}": pl.Int64 for name in _REVENUES},
        orient="row",
    )
    is_told = (pl.col("scale_place") <= max(REVENUE_CASES)).fill_null(value=False)
    figures = figures.join(cases, on="scale_place", how="left", maintain_order="left").with_columns(
        pl.when(is_told).then(pl.col(f"told/{name}") * WAN).otherwise(name).alias(name)
        for name in _REVENUES
    )
    one_more = (pl.col("scale_place") == ONE_FEN_MORE).fill_null(value=False).cast(pl.Int64)
    return figures.with_columns((pl.col(_LATEST) + one_more).alias(_LATEST))


def _other_figures(dice: Dice) -> list[pl.Expr]:
    latest, before = pl.col(_LATEST), pl.col(_REVENUES[-2])

    def share_of(whole: pl.Expr, salt: str, least: int, most: int) -> pl.Expr:
        return whole * (least + dice.below(salt, most - least)) // 10_000

    researches = (pl.col("innovation_place").is_not_null() & pl.col("is_strong")) | (
        is_in_sections("CIM") & dice.chance("researches", 900)
    )
    is_software = of_trade([trade.code.startswith("I65") for trade in TRADES], pl.Boolean())
    assets = share_of(latest, "assets", 4_000, 24_000)
    # 3 % is a limit of several titles: some firms stand exactly at it.
    exactly = dice.chance("exactly three in a hundred", 600)
    research = pl.when(exactly).then(latest * 3 // 100).otherwise(share_of(latest, "rd", 150, 900))
    return [
        share_of(latest, "main", 5_500, 10_001).alias("main_revenue@2025"),
        pl.when(researches)
        .then(share_of(before, "rd/before", 150, 900))
        .alias("rd_deduction@2024"),
        pl.when(researches).then(research).alias("rd_deduction@2025"),
        share_of(latest, "tax", 60, 650).alias("tax_paid@2025"),
        assets.alias("total_assets@2025"),
        share_of(assets, "liabilities", 1_500, 10_800).alias("total_liabilities@2025"),
        share_of(latest, "profit", -900, 1_600).alias("net_profit@2025"),
        pl.when(is_software)
        .then(share_of(latest, "software", 2_500, 9_800))
        .alias("software_revenue@2025"),
    ]
