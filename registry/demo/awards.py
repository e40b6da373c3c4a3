"""What has been paid so far, under which family of items: the ledger that says "not twice"."""

from datetime import date

import polars as pl

from registry.demo.dice import Dice
from registry.demo.firms import TWIN_ORIGINAL
from registry.demo.standing import Extent
from registry.demo.told import TOLD_OF, WAN

_AWARD = ("row", "family", "amount_cents", "paid_on")
TOLD_BESIDE = ("legal_representative", "phone")
"""What the bureau notes of whom it pays, so that firms of one name can be told apart; of older awards it is not known."""
_NOTED_SINCE = date(2025, 1, 1)
AWARD_COLUMNS = (*_AWARD, *TOLD_BESIDE)

# Title, level where the list knows levels, family, amount in 万元, and how many of those recognised before 2025 were paid.
_FOR_TITLES: tuple[tuple[str, str | None, str, int, int], ...] = (
    ("smart_workshop", None, "P12", 30, 8_500),
    ("smart_factory", None, "P12", 50, 4_000),
    ("specialized_sme", None, "P13", 50, 6_500),
    ("little_giant", None, "P13", 200, 6_500),
    ("champion_firm", "国家级", "P13", 500, 5_000),
    ("champion_demo", "国家级", "P13", 100, 10_000),
    ("champion_demo", "省级", "P13", 50, 10_000),
    ("integration_certificate", "AA", "P13B", 20, 6_000),
    ("integration_certificate", "AAA", "P13B", 30, 6_000),
    ("high_tech", None, "P10", 10, 3_500),
)

# Place on the scale, family, amount in 万元, day: what was paid to firms whose cases are made by hand.
_TOLD: tuple[tuple[int, str, int | None, str], ...] = (
    (1, "P14", 50, "2022-11-18"),
    (4, "P14", 50, "2023-08-24"),
    (8, "P16", 100, "2023-06-30"),
    (9, "P16", 200, "2024-06-28"),
    (TWIN_ORIGINAL, "P01", 10, "2025-06-20"),
    (24, "P42", 10, "2025-12-12"),
    (20, "P46", 20, "2023-10-09"),
    (23, "P44", None, "2026-07-15"),
    (50, "P12", 30, "2025-12-20"),
)


def paid_awards(
    firms: pl.DataFrame, titles: pl.DataFrame, extent: Extent, dice: Dice
) -> pl.DataFrame:
    """Give the whole ledger as of the first month: AWARD_COLUMNS."""
    parts = [
        _told(firms),
        _for_full_load(firms, extent, dice),
        _for_steady_jobs(firms, extent, dice),
    ]
    parts += [_for_title(titles, number, dice) for number in range(len(_FOR_TITLES))]
    paid = pl.concat(part.select(*_AWARD) for part in parts).sort("paid_on", "family", "row")
    noted = (pl.col("paid_on") >= _NOTED_SINCE).fill_null(value=False)
    return paid.join(
        firms.select("row", *TOLD_BESIDE), on="row", how="left", maintain_order="left"
    ).with_columns(pl.when(noted).then(pl.col(TOLD_BESIDE)))


def _told(firms: pl.DataFrame) -> pl.DataFrame:
    schema = {
        "scale_place": pl.Int64(),
        "family": pl.String(),
        "wan": pl.Int64(),
        "paid_on": pl.String(),
    }
    told = pl.DataFrame(_TOLD, schema=schema, orient="row").with_columns(
        pl.col("paid_on").str.to_date(), amount_cents=pl.col("wan") * WAN
    )
    return told.join(firms.select("row", "scale_place"), on="scale_place", how="inner")


def _for_title(titles: pl.DataFrame, number: int, dice: Dice) -> pl.DataFrame:
    name, level, family, wan, share = _FOR_TITLES[number]
    recognised = titles.filter(
        pl.col("list") == name,
        pl.col("level").eq_missing(pl.lit(level, dtype=pl.String)),
        pl.col("from_on").dt.year() < 2025,
        dice.chance(f"paid/{name}/{level}", share),
    )
    days = 200 + dice.below(f"paid after/{name}", 150)
    return recognised.with_columns(
        family=pl.lit(family),
        amount_cents=pl.lit(wan * WAN, dtype=pl.Int64),
        paid_on=(pl.col("from_on") + pl.duration(days=days)).cast(pl.Date),
    )


def _for_full_load(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Rewards of the first quarter of 2025 for some of the above-scale manufacturers."""
    winners = firms.filter(
        pl.col("scale_place").is_between(TOLD_OF, extent.above), dice.chance("full load", 3_500)
    )
    wan = pl.when(dice.chance("full load/more", 3_000)).then(20).otherwise(10)
    return winners.with_columns(
        family=pl.lit("P01"),
        amount_cents=(wan * WAN).cast(pl.Int64),
        paid_on=pl.date(2025, 6, 10 + dice.below("full load/day", 15)),
    )


def _for_steady_jobs(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Unemployment premiums returned in 2025, to the 分."""
    winners = firms.filter(
        pl.col("scale_place").is_between(extent.above, extent.above * 6), dice.chance("jobs", 800)
    )
    return winners.with_columns(
        family=pl.lit("P32"),
        amount_cents=30_000 + dice.below("jobs/amount", 3_000_000),
        paid_on=pl.date(2025, 8, 1 + dice.below("jobs/day", 28)),
    )
