"""Who there is in the city, in which trade and county, and who is among the largest and the most inventive."""

import msgspec
import polars as pl

from registry.demo.dice import Dice, places_of
from registry.demo.words import COUNTIES, TRADES

KINDS = {"individual": 7500, "cooperative": 300, "branch": 150, "company": 2050}

# So many of the largest are manufacturers, in this order: the cases made by hand are told of them.
MANUFACTURERS_FIRST = 60


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are of what.

    size        firms in the first month.
    newcomers   firms that are registered in the second.
    above       firms on the above-scale list.
    titles      what the usual number of holders of a title is multiplied by.
    """

    size: int
    newcomers: int
    above: int
    titles: float

    def holders(self, usual: int) -> int:
        """Give how many hold what so many hold in a city of 5,000 to 60,000."""
        return round(usual * self.titles)


def extent_of(size: int) -> Extent:
    """Say how much of everything a city of this size has: small cities are richer, to have something to show."""
    return Extent(
        size=size,
        newcomers=max(1, size * 3 // 1000),
        above=max(size * 5 // 1000, min(100, size // 50)),
        titles=min(1.0, size / 5000) * max(1.0, size / 60_000),
    )


def firms_at_all(extent: Extent, dice: Dice) -> pl.DataFrame:
    """Give every firm of both months with kind, trade, county and its places among the large and the inventive.

    trade, county     positions in TRADES and COUNTIES.
    scale_place       0 for the largest company; null for who is no company or not there in the first month.
    innovation_place  0 for the most inventive company; null as well in trades out of reach of such titles.
    """
    rows = pl.int_range(extent.size + extent.newcomers, dtype=pl.Int64, eager=True)
    firms = pl.DataFrame({"row": rows}).with_columns(
        firm_kind=dice.choose("kind", KINDS),
        county=dice.pick("county", [county.weight for county in COUNTIES]),
    )
    return firms.with_columns(trade=_trade(dice)).pipe(_with_places, extent, dice)


def _trade(dice: Dice) -> pl.Expr:
    kind = pl.col("firm_kind")
    return (
        pl.when(kind == "individual")
        .then(dice.pick("trade/individual", [trade.individual for trade in TRADES]))
        .when(kind == "cooperative")
        .then(dice.pick("trade/cooperative", [trade.cooperative for trade in TRADES]))
        .otherwise(dice.pick("trade/company", [trade.company for trade in TRADES]))
    )


def _with_places(firms: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    ranked = firms.filter(
        pl.col("row") < extent.size,
        pl.col("firm_kind") == "company",
        ~is_in_sections("A"),
    ).with_columns(
        large=dice.share("large"),
        is_maker=is_in_sections("C"),
        within_reach=of_trade([trade.innovative for trade in TRADES], pl.Boolean()),
    )
    maker_place = places_of(pl.when("is_maker").then("large"))
    first = min(MANUFACTURERS_FIRST, extent.above * 6 // 10)
    inventive = pl.col("large") * 0.5 + dice.share("inventive") * 0.5
    places = ranked.with_columns(
        large=pl.col("large") + pl.when(maker_place < first).then(1).otherwise(0),
        inventive=pl.when("within_reach").then(inventive),
    ).select(
        "row",
        scale_place=places_of(pl.col("large")),
        innovation_place=places_of(pl.col("inventive")),
    )
    return firms.join(places, on="row", how="left", maintain_order="left")


def of_trade(values: list[str] | list[int] | list[bool], kind: pl.DataType) -> pl.Expr:
    """Give what a list says about the trade of each firm."""
    return pl.lit(pl.Series(values, dtype=kind)).gather(pl.col("trade"))


def is_in_sections(letters: str) -> pl.Expr:
    """Say whether the trade of each firm is in one of these sections of GB/T 4754."""
    return of_trade([trade.code[0] in letters for trade in TRADES], pl.Boolean())
