"""A fictional city of any size: two real prefectures, invented firms, and what departments know in two months."""

from datetime import date

import msgspec
import polars as pl

from registry.demo.above_scale import STATISTICS_COLUMNS, above_scale_firms
from registry.demo.awards import AWARD_COLUMNS, paid_awards
from registry.demo.dice import Dice
from registry.demo.firms import FIRST_DAY, MARKET_COLUMNS, SECOND_DAY, registered_firms
from registry.demo.insurance import INSURANCE_FACTS, insured_firms
from registry.demo.names import later_name
from registry.demo.negative import NEGATIVE_COLUMNS, first_negative, second_negative
from registry.demo.records import all_records
from registry.demo.relations import all_relations
from registry.demo.standing import Extent, extent_of
from registry.demo.tax import TAX_FACTS, first_tax, second_tax, true_tax
from registry.demo.titles import TITLE_COLUMNS, all_titles, titles_as_of
from registry.demo.told import MOVES_AWAY, TAKE_ANOTHER_NAME, TOLD_OF

FIRST_MONTH = "2026-09"
SECOND_MONTH = "2026-10"

SHIPPED_SIZE = 5_000
SHIPPED_SEED = 20_260_930
LARGEST_SIZE = 720_000


class MonthOfSheets(msgspec.Struct, frozen=True, kw_only=True):
    """What departments know and send in one month, before anybody makes a mess of it.

    Every frame has "row" (the firm's number, the same in both months), "uscc" and "name". Facts stand in columns
    named like the engine's (annual_revenue@2025), money in 分, shares in basis points; null is not known.

    market      in the first month every firm, in the second newcomers and changed ones.
    tax         in the first month every filer, in the second late filings and corrections, as whole rows.
    titles, negative                  complete lists, in both months.
    statistics, insurance, awards     complete in the first month; None where nothing is sent.
    relations   who controls whom and who is of whose group, whole in the first month; relation as the sheet words it.
    records     ledgers of records, whole in the first month, by ledger: number and fields, one row a record.
    """

    day: date
    market: pl.DataFrame
    tax: pl.DataFrame
    titles: pl.DataFrame
    negative: pl.DataFrame
    statistics: pl.DataFrame | None = None
    insurance: pl.DataFrame | None = None
    awards: pl.DataFrame | None = None
    relations: pl.DataFrame | None = None
    records: dict[str, pl.DataFrame] = {}


class City(msgspec.Struct, frozen=True, kw_only=True):
    """All of a city; the same size and seed give the same city on every machine.

    months  "2026-09" and "2026-10".
    """

    size: int
    seed: int
    months: dict[str, MonthOfSheets]


def make_city(size: int = SHIPPED_SIZE, seed: int = SHIPPED_SEED) -> City:
    """Make a city of so many firms in its first month."""
    if not 1 <= size <= LARGEST_SIZE:
        raise ValueError(f"城市规模须在1至{LARGEST_SIZE}之间，现为{size}：给出这个范围内的整数")
    truth = _truth(extent_of(size), Dice(seed))
    return City(
        size=size,
        seed=seed,
        months={FIRST_MONTH: _first_month(truth), SECOND_MONTH: _second_month(truth)},
    )


class _Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What is so, of both months; departments learn parts of it."""

    extent: Extent
    dice: Dice
    firms: pl.DataFrame
    tax: pl.DataFrame
    titles: pl.DataFrame
    negative: pl.DataFrame


def _truth(extent: Extent, dice: Dice) -> _Truth:
    firms = registered_firms(extent, dice)
    return _Truth(
        extent=extent,
        dice=dice,
        firms=firms,
        tax=true_tax(firms, extent, dice),
        titles=all_titles(firms, extent, dice),
        negative=first_negative(firms, extent, dice),
    )


def _first_month(truth: _Truth) -> MonthOfSheets:
    extent, dice, firms = truth.extent, truth.dice, truth.firms
    statistics = above_scale_firms(firms, truth.tax, extent, dice)
    titles = titles_as_of(truth.titles, FIRST_DAY)
    return MonthOfSheets(
        day=FIRST_DAY,
        market=firms.filter(pl.col("row") < extent.size).select(*MARKET_COLUMNS),
        tax=_named(first_tax(truth.tax, dice), firms, ("row", *TAX_FACTS)),
        titles=_named(titles, firms, TITLE_COLUMNS),
        negative=_named(truth.negative, firms, NEGATIVE_COLUMNS),
        statistics=_named(statistics, firms, STATISTICS_COLUMNS),
        insurance=_named(
            insured_firms(firms, statistics, extent, dice), firms, ("row", *INSURANCE_FACTS)
        ),
        awards=_named(paid_awards(firms, titles, extent, dice), firms, AWARD_COLUMNS),
        relations=all_relations(firms),
        records={
            ledger: _named(rows, firms, tuple(rows.columns))
            for ledger, rows in all_records(firms, extent, dice).items()
        },
    )


def _second_month(truth: _Truth) -> MonthOfSheets:
    extent, dice, firms = truth.extent, truth.dice, truth.firms
    negative = second_negative(truth.negative, firms, extent, dice)
    return MonthOfSheets(
        day=SECOND_DAY,
        market=_changed_firms(firms, extent, dice).select(*MARKET_COLUMNS),
        tax=_named(second_tax(truth.tax, dice), firms, ("row", *TAX_FACTS)),
        titles=_named(titles_as_of(truth.titles, SECOND_DAY), firms, TITLE_COLUMNS),
        negative=_named(negative, firms, NEGATIVE_COLUMNS),
    )


def _changed_firms(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Newcomers, those who closed or moved away, and those who took another name."""
    place = pl.col("scale_place")
    is_old = (pl.col("row") < extent.size) & (pl.col("status") == "active")
    closes = is_old & dice.chance("closes", 25) & ~pl.col("is_strong")
    moves = is_old & (place == MOVES_AWAY).fill_null(value=False)
    renames = (
        is_old
        & ~closes
        & (pl.col("firm_kind") == "company")
        & (
            place.is_in(TAKE_ANOTHER_NAME).fill_null(value=False)
            | (dice.chance("renames", 20) & (place >= TOLD_OF).fill_null(value=False))
        )
    )
    flagged = firms.with_columns(closes=closes, moves=moves, renames=renames)
    return flagged.filter(
        (pl.col("row") >= extent.size) | pl.any_horizontal("closes", "moves", "renames")
    ).with_columns(
        status=pl.when("closes")
        .then(pl.lit("cancelled"))
        .when("moves")
        .then(pl.lit("moved"))
        .otherwise("status"),
        name=pl.when("renames").then(later_name()).otherwise("name"),
    )


def _named(known: pl.DataFrame, firms: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    names = firms.select("row", "uscc", "name")
    return known.join(names, on="row", how="left", maintain_order="left").select(
        "row", "uscc", "name", *(column for column in columns if column != "row")
    )
