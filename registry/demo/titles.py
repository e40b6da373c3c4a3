"""Who holds which title, since when, in which batch and under which document; documents are invented, too."""

from datetime import date

import msgspec
import polars as pl

from registry.demo.dice import Dice, places_of
from registry.demo.firms import SECOND_DAY
from registry.demo.ladder import ladder_titles
from registry.demo.standing import Extent
from registry.demo.told import TITLE_CASES

TITLE_COLUMNS = ("row", "list", "level", "batch", "document", "from_on", "until_on", "left_on")


class Honour(msgspec.Struct, frozen=True, kw_only=True):
    """How one title or project list is given out.

    usual      holders in a city of 5,000 to 60,000 firms.
    levels     level and how often; "" where the list knows no levels.
    years      first and last year of recognition.
    term       years an entry runs; 0 where it has no last day.
    of         "maker" for the largest manufacturers, "inventive" for the most inventive firms.
    blank      share of the entries without a last day, where the list has one, in basis points.
    """

    usual: int
    levels: dict[str, int] = {}
    years: tuple[int, int] = (2022, 2026)
    term: int = 0
    of: str = "maker"
    blank: int = 0


_BOTH_LEVELS = {"省级": 3, "国家级": 1}

HONOURS = {
    "champion_firm": Honour(usual=5, levels={"省级": 1, "国家级": 1}, years=(2024, 2026), term=3),
    "champion_product": Honour(usual=3, years=(2024, 2026), term=3),
    "champion_demo": Honour(usual=2, levels={"省级": 1, "国家级": 1}, years=(2017, 2018)),
    "high_tech": Honour(usual=200, years=(2022, 2025), term=3, of="inventive", blank=1_000),
    "tech_sme": Honour(usual=250, years=(2025, 2026), term=1, of="inventive", blank=2_000),
    "smart_workshop": Honour(usual=18),
    "smart_factory": Honour(usual=11, years=(2023, 2026)),
    "smart_benchmark": Honour(usual=5, years=(2024, 2026)),
    "smart_scene": Honour(usual=4, years=(2024, 2025)),
    "smart_demo_factory": Honour(usual=2, years=(2024, 2025)),
    "fiveg_factory": Honour(usual=5, levels=_BOTH_LEVELS, years=(2023, 2026)),
    "big_data_platform": Honour(usual=3, levels=_BOTH_LEVELS, years=(2023, 2025), of="inventive"),
    "green_factory": Honour(usual=20, levels=_BOTH_LEVELS, years=(2023, 2026)),
    "green_chain": Honour(usual=2, levels=_BOTH_LEVELS, years=(2024, 2025)),
    "zero_carbon_factory": Honour(usual=5, levels=_BOTH_LEVELS, years=(2025, 2026)),
    "efficiency_leader": Honour(usual=2, levels=_BOTH_LEVELS, years=(2024, 2025)),
    "innovation_centre": Honour(usual=3, levels=_BOTH_LEVELS, years=(2021, 2025), of="inventive"),
    "integration_certificate": Honour(
        usual=16, levels={"A": 8, "AA": 5, "AAA": 2}, years=(2023, 2026), term=3
    ),
    "head_goose": Honour(usual=6, years=(2023, 2025)),
    "first_product": Honour(usual=5, years=(2024, 2026), of="inventive"),
    "cultivation_pool": Honour(usual=60, years=(2024, 2026), of="inventive"),
    "emerging_field_list": Honour(usual=15, years=(2025, 2026), of="inventive"),
    "doubling_plan": Honour(usual=12, years=(2022, 2025)),
    "renovation_demo": Honour(usual=6, years=(2024, 2026)),
}

# Those who hold a higher title hold the lower ones, too; so the same firms come first in all of these lists.
_ONE_ORDER = {
    "smart_workshop": "smart",
    "smart_factory": "smart",
    "smart_benchmark": "smart",
    "smart_demo_factory": "smart",
}

# Lists the department sends completely, also where nobody is on them.
COVERED_LISTS = (
    "innovative_sme",
    "specialized_sme",
    "little_giant",
    *HONOURS,
    "national_benchmark",
)


def all_titles(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Give every entry of both months: TITLE_COLUMNS, revocations included."""
    known = firms.filter(pl.col("row") < extent.size)
    entries = [ladder_titles(known, extent, dice)]
    entries += [_entries(known, name, extent, dice) for name in HONOURS]
    titles = pl.concat(
        entry.filter(pl.col("from_on") > pl.col("registered_on")).select(*TITLE_COLUMNS)
        for entry in entries
    )
    told = _told(known)
    drawn = titles.join(told, on=["row", "list"], how="anti")
    return pl.concat([drawn, told]).sort("list", "from_on", "row")


def titles_as_of(titles: pl.DataFrame, day: date) -> pl.DataFrame:
    """Give the lists as they stood at the end of a day: later entries and revocations are not there yet."""
    limit = pl.lit(day, dtype=pl.Date)
    return titles.filter(pl.col("from_on") <= limit).with_columns(
        left_on=pl.when(pl.col("left_on") <= limit).then("left_on")
    )


def _told(known: pl.DataFrame) -> pl.DataFrame:
    schema = dict.fromkeys(("list", "level", "from_on"), pl.String())
    cases = pl.DataFrame(
        TITLE_CASES, schema={"scale_place": pl.Int64(), **schema}, orient="row"
    ).with_columns(pl.col("from_on").str.to_date())
    year = pl.col("from_on").dt.year()
    terms = {name: f"{honour.term}y" for name, honour in HONOURS.items() if honour.term}
    term = pl.col("list").replace_strict({**terms, "specialized_sme": "3y"}, default=None)
    return (
        cases.join(known, on="scale_place", how="inner")
        .with_columns(
            batch=pl.concat_str(year, pl.lit("年度第一批")),
            document=pl.concat_str(pl.lit("演示文〔"), year, pl.lit("〕"), pl.lit("7号")),
            until_on=pl.col("from_on").dt.offset_by(term).dt.offset_by("-1d"),
            left_on=pl.lit(None, dtype=pl.Date),
        )
        .select(*TITLE_COLUMNS)
    )


def _entries(known: pl.DataFrame, name: str, extent: Extent, dice: Dice) -> pl.DataFrame:
    honour = HONOURS[name]
    order = _ONE_ORDER.get(name, name)
    place = "scale_place" if honour.of == "maker" else "innovation_place"
    reach = max(extent.holders(honour.usual * 3 // 2), extent.above if honour.of == "maker" else 0)
    score = dice.share(f"{order}/order") - pl.col(place) / max(reach, 1) * 0.7
    candidates = known.filter(pl.col(place) < reach, _may_hold(honour))
    holders = candidates.filter(places_of(score) < extent.holders(honour.usual))
    first, last = honour.years
    year = first + dice.below(f"{name}/year", last - first + 1)
    # The newest year is not over in the first month: its batch came in summer.
    month = (
        pl.when(year == SECOND_DAY.year)
        .then(5 + dice.below(f"{name}/half", 4))
        .otherwise(3 + dice.below(f"{name}/half", 9))
    )
    nothing = pl.lit(None, dtype=pl.String)
    return holders.with_columns(
        pl.lit(name).alias("list"),
        level=dice.choose(f"{name}/level", honour.levels) if honour.levels else nothing,
        batch=pl.concat_str(
            year,
            pl.lit("年度第"),
            pl.when(month < 7).then(pl.lit("一")).otherwise(pl.lit("二")),
            pl.lit("批"),
        ),
        document=pl.concat_str(
            pl.lit("演示文〔"), year, pl.lit("〕"), 10 + month * 3, pl.lit("号")
        ),
        from_on=pl.date(year, month, 18),
        until_on=_until_on(honour, name, year, month, dice),
        left_on=pl.lit(None, dtype=pl.Date),
    )


def _may_hold(honour: Honour) -> pl.Expr:
    return pl.col("is_strong") if honour.of == "inventive" else pl.col("scale_place").is_not_null()


def _until_on(honour: Honour, name: str, year: pl.Expr, month: pl.Expr, dice: Dice) -> pl.Expr:
    if honour.term == 0:
        return pl.lit(None, dtype=pl.Date)
    is_told = ~dice.chance(f"{name}/no last day", honour.blank)
    return pl.when(is_told).then(pl.date(year + honour.term, month, 17))
