"""What market registration knows of each firm: name, code, kind, status, dates, capital and ownership."""

from datetime import date, timedelta

import polars as pl

from registry.demo.codes import credit_codes
from registry.demo.dice import Dice, at
from registry.demo.names import with_names, with_twin
from registry.demo.standing import Extent, firms_at_all, of_trade
from registry.demo.told import IN_XUCHANG, IN_ZHENGZHOU, WAN
from registry.demo.whereabouts import WHEREABOUTS, with_whereabouts
from registry.demo.words import COUNTIES, TRADES

FIRST_DAY = date(2026, 9, 30)
SECOND_DAY = date(2026, 10, 31)

# The company at the first place has awards; the one so far below the above-scale firms bears its name, too.
TWIN_ORIGINAL = 12
TWIN_BELOW = 7

MARKET_COLUMNS = (
    "row",
    "uscc",
    "name",
    "firm_kind",
    "status",
    "registered_on",
    "place",
    "industry",
    "registered_capital",
    "ownership",
    *WHEREABOUTS,
    "email",
)

_STATUSES = {"active": 9200, "cancelled": 480, "revoked": 270, "moved": 50}
_OWNERSHIPS = {"private": 80, "state": 7, "collective": 5, "foreign": 8}
_CAPITALS_WAN = (10, 30, 50, 100, 200, 300, 500, 800, 1000, 2000, 3000, 5000)
_CAPITAL_WEIGHTS = (6, 5, 12, 22, 14, 8, 15, 4, 8, 3, 2, 1)


def registered_firms(extent: Extent, dice: Dice) -> pl.DataFrame:
    """Give every firm of both months as registered; newcomers of the second month stand last.

    Besides MARKET_COLUMNS there are trade, county, scale_place, innovation_place and is_strong: whether a firm
    may be on the above-scale list or hold a title, and so is alive and not too young.
    """
    firms = firms_at_all(extent, dice).with_columns(is_strong=_is_strong(extent))
    firms = firms.with_columns(county=_county())
    firms = with_twin(
        with_names(firms, dice), TWIN_ORIGINAL, min(extent.above + TWIN_BELOW, extent.size)
    )
    firms = with_whereabouts(firms, dice)
    firms = firms.with_columns(authority=at([county.code for county in COUNTIES], pl.col("county")))
    return firms.with_columns(
        credit_codes(firms),
        place=pl.when(~dice.chance("no place", 40) | pl.col("is_strong")).then("authority"),
        status=pl.when("is_strong")
        .then(pl.lit("active"))
        .otherwise(dice.choose("status", _STATUSES)),
        registered_on=_registered_on(extent, dice),
        industry=_industry(dice),
        registered_capital=_capital(dice),
        ownership=_ownership(dice),
        email=_email(dice),
    ).with_columns(
        status=pl.when(pl.col("row") >= extent.size).then(pl.lit("active")).otherwise("status")
    )


def _is_strong(extent: Extent) -> pl.Expr:
    return (pl.col("scale_place") < extent.above + extent.above // 5).fill_null(value=False) | (
        pl.col("innovation_place") < extent.holders(300)
    ).fill_null(value=False)


def _county() -> pl.Expr:
    """Move the cases made by hand to the city whose items they are made for."""
    zhengzhou = sum(county.code.startswith("4101") for county in COUNTIES)
    place, county = pl.col("scale_place"), pl.col("county")
    return (
        pl.when(place.is_in(IN_ZHENGZHOU))
        .then(county % zhengzhou)
        .when(place.is_in(IN_XUCHANG))
        .then(zhengzhou + county % (len(COUNTIES) - zhengzhou))
        .otherwise(county)
    )


def _registered_on(extent: Extent, dice: Dice) -> pl.Expr:
    """Most are young; strong firms are older than five years, and newcomers came this month."""
    share = dice.share("registered")
    days_ago = (
        pl.when(pl.col("row") >= extent.size)
        .then(-1 - dice.below("registered/newcomer", 31))
        .when("is_strong")
        .then(2_150 + (share * 7_600).floor())
        .otherwise(15 + (share * share * 9_000).floor())
    )
    first = (FIRST_DAY - date(1970, 1, 1)) // timedelta(days=1)
    return (first - days_ago.cast(pl.Int32)).cast(pl.Date)


def _industry(dice: Dice) -> pl.Expr:
    codes = of_trade([trade.code for trade in TRADES], pl.String())
    is_known = pl.col("is_strong") | ~dice.chance("no industry", 500)
    return pl.when(is_known).then(codes)


def _capital(dice: Dice) -> pl.Expr:
    wan = pl.lit(pl.Series(_CAPITALS_WAN, dtype=pl.Int64)).gather(
        dice.pick("capital", _CAPITAL_WEIGHTS)
    )
    factor = pl.when("is_strong").then(5).otherwise(1)
    of_trader = 1 + dice.below("capital/individual", 20)
    kind = pl.col("firm_kind")
    return (
        pl.when((kind == "company") & ~dice.chance("no capital", 300))
        .then(wan * factor)
        .when((kind == "cooperative") & ~dice.chance("no capital", 1500))
        .then(wan)
        .when((kind == "individual") & dice.chance("capital of trader", 4500))
        .then(of_trader)
    ) * WAN


def _ownership(dice: Dice) -> pl.Expr:
    is_told = (pl.col("firm_kind") == "company") & ~dice.chance("no ownership", 2000)
    return pl.when(is_told).then(dice.choose("ownership", _OWNERSHIPS))


def _email(dice: Dice) -> pl.Expr:
    likely = (
        pl.when("is_strong")
        .then(8800)
        .when(pl.col("firm_kind") == "company")
        .then(5500)
        .otherwise(800)
    )
    number = pl.col("row").cast(pl.String).str.zfill(6)
    address = pl.concat_str(pl.lit("qy"), number, pl.lit("@enterprise.example"))
    return pl.when(dice.below("email", 10_000) < likely).then(address)
