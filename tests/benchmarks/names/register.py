"""An invented register of enterprises, of any size: nobody's names, shared and written as in a real one.

    .venv/bin/python -m tests.benchmarks.names.register --size 720000 --out register.parquet

58 % of the enterprises share their 字号 with another, a third with at least nine others. There are branches,
plants, shops, banks, cooperatives, names with brackets, numbered shops, former names and short names.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from registry.demo.codes import credit_codes
from registry.demo.dice import Dice, at
from tests.benchmarks.names import words
from tests.benchmarks.names.brands import with_brands
from tests.benchmarks.names.people import with_whereabouts
from tests.benchmarks.names.places import City, country, one_city

Spread = Literal["country", "city"]
"""Enterprises of the whole country, or those of three prefectures, as a city's service keeps them."""

KINDS = {
    "company": 570, "bracketed": 90, "plant": 50, "individual": 105, "branch": 90, "bank": 20,
    "cooperative": 20, "national": 30, "counted": 15, "sided": 10,
}  # fmt: skip
_OF_CODE = {"individual": "individual", "cooperative": "cooperative", "branch": "branch"}


def invent_register(size: int, seed: int, spread: Spread = "country") -> pl.DataFrame:
    """Give so many enterprises, no two of one name.

    enterprise_id (from 1), uscc, name, brand (the 字号; null for banks), kind, place (six digits), place_name,
    legal_representative, address, phone; former_name and short_name where there is one, else null.
    """
    dice = Dice(seed)
    cities = one_city() if spread == "city" else country()
    drawn = pl.DataFrame({"row": range(size + size // 3 + 200)}).with_columns(
        kind=dice.choose("kind", KINDS),
        city=dice.pick("city", [city.weight for city in cities]),
    )
    drawn = with_brands(drawn, dice)
    parts = _with_places(drawn, cities, dice).with_columns(
        trade=dice.choose("trade", _weighted(words.TRADES)),
        form=dice.choose("form", words.COMPANY_FORMS),
    )
    named = _as_registrars_allow(_with_names(parts, dice)).head(size)
    if named.height < size:
        raise ValueError(f"{size} names are more than these words give without repeating one")
    return _finished(named, dice)


def names_of(register: pl.DataFrame) -> pl.DataFrame:
    """Give enterprise_id, name and kind (0 present, 1 former, 2 short), a row a name, as an index takes it."""
    return pl.concat(
        register.select("enterprise_id", name=column, kind=pl.lit(kind, dtype=pl.Int8)).drop_nulls()
        for kind, column in enumerate(("name", "former_name", "short_name"))
    )


def _with_places(drawn: pl.DataFrame, cities: Sequence[City], dice: Dice) -> pl.DataFrame:
    def of_city(values: list[str]) -> pl.Expr:
        return at(values, pl.col("city"))

    way = dice.pick("place", [42, 33, 13, 5, 7])
    short, full = of_city([city.short for city in cities]), of_city([city.full for city in cities])
    province = of_city([city.province for city in cities])
    above = of_city([city.above for city in cities])
    return drawn.with_columns(
        place=of_city([city.code for city in cities]),
        place_name=full,
        short_place=short,
        of_province=way.is_in([2, 3]),
        prefix=pl.when(way == 0)
        .then(short)
        .when(way == 1)
        .then(full)
        .when(way == 2)
        .then(province)
        .when(way == 3)
        .then(pl.when(above == "").then(full).otherwise(above))
        .otherwise(above + full),
    )


def _with_names(parts: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add "name" and "bare" (what stands in a name without place and legal form)."""
    number = at(words.COUNTED.split(), dice.pick("counted", [30, 30, 18, 9, 6, 3, 2, 1, 1, 1]))
    side = at(words.SIDES.split(), dice.below("side", 5))
    shop = at(words.SHOP_TRADES.split(), dice.below("shop", len(words.SHOP_TRADES.split())))
    shop_form = at(words.SHOP_FORMS.split(), dice.below("shop_form", len(words.SHOP_FORMS.split())))
    plant = at(words.PLANTS.split(), dice.below("plant", len(words.PLANTS.split())))
    plant_form = at(words.PLANT_FORMS.split(), dice.pick("plant_form", [8, 1, 2]))
    farm = at(words.FARM_TRADES.split(), dice.below("farm", len(words.FARM_TRADES.split())))
    street = _street(dice, "branch_street")
    bank = at(words.BANKS.split(), dice.below("bank", len(words.BANKS.split())))
    bank_tail = at(words.BANK_TAILS.split(), dice.pick("bank_tail", [7, 1, 1, 2]))
    opened = pl.when(dice.chance("wide", 5_000)).then(pl.lit("（{}）")).otherwise(pl.lit("({})"))
    bracketed = opened.str.replace("{}", pl.col("short_place"), literal=True)
    company = pl.concat_str("prefix", "brand", "trade", "form")
    named = parts.with_columns(
        name=_by_kind(
            {
                "company": company,
                "bracketed": pl.concat_str("brand", bracketed, "trade", "form"),
                "national": pl.concat_str("brand", "trade", "form"),
                "plant": pl.concat_str("prefix", "brand", plant, plant_form),
                "individual": pl.concat_str("place_name", "brand", shop, shop_form),
                "cooperative": pl.concat_str("place_name", "brand", farm, pl.lit("专业合作社")),
                "bank": pl.concat_str(bank, pl.lit("股份有限公司"), "short_place", street, bank_tail),
                "counted": pl.concat_str("prefix", "brand", shop, pl.lit("第"), number, pl.lit("分店")),
                "sided": pl.concat_str("prefix", "brand", pl.lit("城"), side, shop, pl.lit("店")),
                "branch": company,
            }
        ),
        bare=pl.concat_str("brand", "trade"),
    )  # fmt: skip
    return _with_branches(named, dice)


def _as_registrars_allow(named: pl.DataFrame) -> pl.DataFrame:
    """Drop names that a registrar refuses: taken ones, and 字号 and trade that another bears at the same registrar.

    A city does not register both 郑州恒达商贸有限公司 and 郑州市恒达商贸有限责任公司, but a province may register 河南恒达商贸.
    """
    is_provincial = pl.col("of_province") & (pl.col("kind") == "company")
    registrar = pl.when(is_provincial).then(pl.col("place").str.head(2)).otherwise("place")
    ruled = pl.col("kind").is_in(["company", "bracketed"])
    key = pl.when(ruled).then(pl.concat_str(registrar, "bare"))
    return named.unique("name", keep="first", maintain_order=True).unique(
        key.fill_null(pl.col("name")), keep="first", maintain_order=True
    )


def _with_branches(named: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Let a branch bear the name of a company, where it is and its own form."""
    companies = named.filter(pl.col("kind").is_in(["company", "bracketed", "national"]))["name"]
    parent = at(companies.to_list(), dice.below("parent", len(companies)))
    where = (
        pl.when(dice.chance("at_street", 2_500))
        .then(_street(dice, "branch_street"))
        .otherwise("short_place")
    )
    form = dice.choose("branch_form", words.BRANCH_FORMS)
    return named.with_columns(
        name=pl.when(pl.col("kind") == "branch")
        .then(pl.concat_str(parent, where, form))
        .otherwise("name"),
        brand=pl.when(pl.col("kind").is_in(["branch", "bank"])).then(None).otherwise("brand"),
    )


def _finished(named: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    renamed = dice.chance("renamed", 600) & pl.col("kind").is_in(["company", "bracketed"])
    called = dice.chance("called", 400) & pl.col("kind").is_in(["company", "bracketed", "national"])
    former = pl.concat_str(
        "prefix",
        pl.when(dice.chance("former_brand", 5_000)).then("brand").otherwise("spare_brand"),
        dice.choose("former_trade", _weighted(words.TRADES)),
        pl.lit("有限责任公司"),
    )
    coded = named.with_columns(
        row=pl.int_range(pl.len()),
        firm_kind=pl.col("kind").replace_strict(_OF_CODE, default="company"),
        authority=pl.col("place"),
    )
    return with_whereabouts(
        coded.select(
            "row",
            "name",
            "brand",
            "kind",
            "place",
            "place_name",
            enterprise_id=pl.col("row") + 1,
            uscc=credit_codes(coded),
            former_name=pl.when(renamed).then(former),
            short_name=pl.when(called).then(_short_name(dice)),
        ),
        dice,
    ).drop("row")


def _short_name(dice: Dice) -> pl.Expr:
    whole = pl.concat_str("short_place", "bare")
    brief = pl.concat_str("brand", pl.col("trade").str.slice(0, 2))
    return pl.when(dice.chance("brief", 5_000)).then(brief).otherwise(whole)


def _street(dice: Dice, salt: str) -> pl.Expr:
    first, last = words.STREET_FIRST.split(), words.STREET_LAST.split()
    return pl.concat_str(
        at(first, dice.below(salt + "/first", len(first))),
        at(last, dice.below(salt + "/last", len(last))),
    )


def _by_kind(written: dict[str, pl.Expr]) -> pl.Expr:
    chosen = pl.lit(None, dtype=pl.String)
    for kind, name in written.items():
        chosen = pl.when(pl.col("kind") == kind).then(name).otherwise(chosen)
    return chosen


def _weighted(text: str) -> dict[str, int]:
    pairs = (entry.strip().split(" ") for line in text.split("\n") for entry in line.split("|"))
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2}


def main() -> None:
    """Write a register to a file."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=720_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--spread", choices=["country", "city"], default="country")
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    invent_register(given.size, given.seed, given.spread).write_parquet(given.out)


if __name__ == "__main__":
    main()
