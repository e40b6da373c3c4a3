"""What statistics knows of the firms on the above-scale list, in its own words where they differ from others'."""

from datetime import date

import polars as pl

from matching.language.periods import months_between
from registry.demo.dice import Dice
from registry.demo.standing import Extent, is_in_sections
from registry.demo.told import (
    FLAT,
    MISSING_MONTH,
    PEAK_MONTH,
    POWER_CASES,
    QUARTER_CASES,
    REGISTER_CASES,
    REVENUE_CASES,
    TOLD_OF,
)
from registry.demo.words import TRADES

MONTHS = months_between("2025-01", "2026-03")
QUARTERS = ("2025-Q1", "2025-Q2", "2026-Q1", "2026-Q2")

FLAGS = ("power_direct", "strategic_emerging")
EMPLOYEES = ("employees@2024", "employees@2025")
YEARLY_REVENUES = ("annual_revenue@2024", "annual_revenue@2025")
QUARTER_REVENUES = tuple(f"quarter_revenue@{quarter}" for quarter in QUARTERS)
POWER_USES = tuple(f"power_use@{month}" for month in MONTHS)
STATISTICS_COLUMNS = (
    "row",
    "industry",
    "entered_on",
    "entry_kind",
    "left_on",
    *FLAGS,
    *EMPLOYEES,
    *YEARLY_REVENUES,
    *QUARTER_REVENUES,
    *POWER_USES,
)

# Statistics counts quarters in 千元 and power in hundreds of 千瓦时.
THOUSAND_YUAN = 100_000
KILOWATT_HOURS = 100

# Every strong firm is older than this.
EARLY = date(2021, 1, 1)

_REVENUE = YEARLY_REVENUES[-1]


def above_scale_firms(
    firms: pl.DataFrame, tax: pl.DataFrame, extent: Extent, dice: Dice
) -> pl.DataFrame:
    """Give the list as statistics keeps it, those who left it included: STATISTICS_COLUMNS and scale_place."""
    members = firms.filter(pl.col("scale_place") < extent.above + extent.above // 12).join(
        tax.select("row", *YEARLY_REVENUES), on="row", how="left", maintain_order="left"
    )
    members = members.with_columns(
        _industry(dice),
        entered_on=_entered_on(extent, dice),
        left_on=_left_on(extent, dice),
        power_direct=_flag(dice, "direct", 4_500, 3_500),
        strategic_emerging=_flag(dice, "strategic", 3_500, 5_000),
        **_employees(dice),
        **_quarters(dice),
        **_power(dice),
    ).with_columns(_as_reported(column, dice) for column in YEARLY_REVENUES)
    return (
        _as_told(members)
        .with_columns(_entry_kind())
        .select("scale_place", *STATISTICS_COLUMNS)
        .sort("row")
    )


def _industry(dice: Dice) -> pl.Expr:
    """Statistics looks at what a firm earns with: now and then that is the neighbouring class."""
    codes = [trade.code for trade in TRADES]
    after = [
        other if other[0] == own[0] else before
        for own, other, before in zip(codes, [*codes[1:], codes[0]], ["", *codes[:-1]], strict=True)
    ]
    own = pl.lit(pl.Series(codes)).gather(pl.col("trade"))
    neighbour = pl.lit(pl.Series(after)).gather(pl.col("trade"))
    differs = dice.chance("another class", 1_000) & (pl.col("scale_place") >= TOLD_OF)
    known = ~dice.chance("no class", 300)
    return pl.when(known).then(pl.when(differs).then(neighbour).otherwise(own)).alias("industry")


def _entered_on(extent: Extent, dice: Dice) -> pl.Expr:
    """Mostly years ago, one in eight in 2025 or 2026; the register keeps the month."""
    lately = dice.chance("entered lately", 1_300) & (pl.col("scale_place") < extent.above)
    months_ago = (
        pl.when(lately).then(dice.below("entered", 20)).otherwise(21 + dice.below("entered", 110))
    )
    month = 2026 * 12 + 7 - months_ago
    return pl.max_horizontal(
        pl.date(month // 12, month % 12 + 1, 1), pl.col("registered_on").dt.truncate("1mo")
    )


def _entry_kind() -> pl.Expr:
    """Who had grown past the line came in with a yearly batch, at the turn of the year; the others month by month."""
    at_turn = pl.col("entered_on").dt.month().is_in([1, 11, 12])
    kind = pl.when(at_turn).then(pl.lit("年度入库")).otherwise(pl.lit("月度入库"))
    return kind.alias("entry_kind")


def _left_on(extent: Extent, dice: Dice) -> pl.Expr:
    has_left = pl.col("scale_place") >= extent.above
    return pl.when(has_left).then(
        pl.date(2024 + dice.below("left/year", 3), 1 + dice.below("left", 6), 28)
    )


def _flag(dice: Dice, salt: str, yes: int, no: int) -> pl.Expr:
    drawn = dice.below(salt, 10_000)
    return (
        pl.when(drawn < yes)
        .then(pl.lit(value=True))
        .when(drawn < yes + no)
        .then(pl.lit(value=False))
    )


def _employees(dice: Dice) -> dict[str, pl.Expr]:
    per_head = (500_000 + dice.below("per head", 1_300_000)) * 100
    latest = (pl.col(_REVENUE) // per_head).clip(3, 60_000)
    before = latest * (8_600 + dice.below("employees before", 2_400)) // 10_000
    return {
        "employees@2024": pl.when(~dice.chance("no employees before", 1_200)).then(before),
        "employees@2025": pl.when(~dice.chance("no employees", 700)).then(latest),
    }


def _as_reported(column: str, dice: Dice) -> pl.Expr:
    """Firms report to statistics before their books are closed: three in ten report another figure than to tax."""
    before_closing = 9_600 + dice.below(f"reported/{column}", 800)
    differs = dice.chance(f"differs/{column}", 3_000) & (pl.col("scale_place") >= TOLD_OF)
    reported = pl.when(differs).then(pl.col(column) * before_closing // 10_000).otherwise(column)
    is_known = ~dice.chance(f"unreported/{column}", 1_500)
    return pl.when(is_known).then(reported // THOUSAND_YUAN * THOUSAND_YUAN).alias(column)


def _quarters(dice: Dice) -> dict[str, pl.Expr]:
    revenue = pl.col(_REVENUE) // THOUSAND_YUAN
    first = revenue * (1_900 + dice.below("first quarter", 800)) // 10_000
    second = revenue * (2_100 + dice.below("second quarter", 700)) // 10_000
    growth = (pl.lit(600) + dice.normal("quarter growth") * 1_100).cast(pl.Int64)
    later_growth = growth + dice.below("later growth", 800) - 400
    drawn = {
        "2025-Q1": first,
        "2025-Q2": second,
        "2026-Q1": first * (10_000 + growth) // 10_000,
        "2026-Q2": second * (10_000 + later_growth) // 10_000,
    }
    gaps = {"2025-Q1": 600, "2025-Q2": 800, "2026-Q1": 1_500, "2026-Q2": 2_200}
    return {
        f"quarter_revenue@{quarter}": pl.when(~dice.chance(f"no {quarter}", gaps[quarter])).then(
            value * THOUSAND_YUAN
        )
        for quarter, value in drawn.items()
    }


def _power(dice: Dice) -> dict[str, pl.Expr]:
    """Use of industry: level with the revenue, a swing of the months, and a growth of the first quarter."""
    meters = is_in_sections("BCD") & ~dice.chance("no meter", 800)
    monthly = pl.col(_REVENUE) // 100 * (40 + dice.below("intensity", 400)) // 120_000
    swing = 200 + dice.below("swing", 2_600)
    growth = (pl.lit(10_250) + dice.normal("power growth") * 700).cast(pl.Int64)
    used: dict[str, pl.Expr] = {}
    for month in MONTHS:
        wave = dice.below(f"power/{month}", 2_001) - 1_000
        level = monthly * (10_000 + swing * wave // 1_000) // 10_000
        if month >= "2026":
            level = level * growth // 10_000
        in_hundreds = (level // KILOWATT_HOURS).clip(lower_bound=1) * KILOWATT_HOURS
        used[f"power_use@{month}"] = pl.when(meters & ~dice.chance(f"unread/{month}", 90)).then(
            in_hundreds
        )
    return used


def _as_told(members: pl.DataFrame) -> pl.DataFrame:
    """Put the cases made by hand in the place of what was drawn; told of few firms, so row by row."""
    place = pl.col("scale_place")
    told: dict[str, dict[int, object]] = {"strategic_emerging": {}, "power_direct": {}}
    for number, (_, strategic, _) in REVENUE_CASES.items():
        told["strategic_emerging"][number] = strategic
    for number, (peak, first_quarter, direct, _) in POWER_CASES.items():
        told["power_direct"][number] = direct
        for month in MONTHS[:12]:
            told.setdefault(f"power_use@{month}", {})[number] = (
                None
                if MISSING_MONTH.get(number) == month
                else peak
                if month == PEAK_MONTH
                else FLAT
            )
        for month, used in zip(MONTHS[12:], first_quarter, strict=True):
            told.setdefault(f"power_use@{month}", {})[number] = used
    for number, revenues in QUARTER_CASES.items():
        for quarter, revenue in zip(("2025-Q1", "2026-Q1"), revenues, strict=True):
            told.setdefault(f"quarter_revenue@{quarter}", {})[number] = (
                None if revenue is None else revenue * THOUSAND_YUAN
            )
    # Nobody told of may have entered so late, or left, that his case would be lost.
    told["entered_on"] = dict.fromkeys(range(TOLD_OF), EARLY)
    told["left_on"] = dict.fromkeys(range(TOLD_OF))
    for number, (month, left) in REGISTER_CASES.items():
        told["entered_on"][number] = date.fromisoformat(f"{month}-01")
        told["left_on"][number] = None if left is None else date.fromisoformat(left)
    return members.with_columns(
        pl.when(place.is_in(list(values)))
        .then(place.replace_strict(values, default=None, return_dtype=members.schema[name]))
        .otherwise(name)
        .alias(name)
        for name, values in told.items()
    )
