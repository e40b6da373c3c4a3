"""Names of invented firms: place, brand, trade and form, as registrars accept them; no two alike but one pair."""

import polars as pl

from registry.demo.dice import Dice, at
from registry.demo.words import (
    BRAND_FIRST,
    BRAND_FOURTH,
    BRAND_SECOND,
    BRAND_THIRD,
    COMPANY_FORMS,
    COUNTIES,
    SHOP_FORMS,
    TRADES,
)


def with_names(firms: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add "name"; a firm whose name is taken already gets a further character in its brand."""
    parts = firms.with_columns(
        prefix=_prefix(dice),
        county_name=_of_county([county.name for county in COUNTIES]),
        brand=_brand(dice),
        word=at(
            [word for trade in TRADES for word in trade.words],
            pl.col("trade") * 3 + dice.below("name/word", 3),
        ),
        company_form=dice.choose("name/form", COMPANY_FORMS),
        shop_form=at(SHOP_FORMS, dice.below("name/shop", len(SHOP_FORMS))),
        bracketed=dice.chance("name/brackets", 900),
    ).with_columns(head=_head(), tail=_tail())
    plain = pl.concat_str("head", "brand", "tail")
    copy = pl.int_range(pl.len()).over(plain)
    named = parts.select(name=pl.concat_str("head", "brand", _distinction(copy), "tail"))
    return firms.with_columns(named["name"])


def later_name() -> pl.Expr:
    """Give the name a company takes when it is renamed; no firm is founded with such a name."""
    return pl.col("name").str.replace("((股份)?有限公司|有限责任公司)$", "实业$1")


def with_twin(firms: pl.DataFrame, original: int, twin: int) -> pl.DataFrame:
    """Let the company at one place of the scale bear the name of the company at another."""
    name = firms.filter(pl.col("scale_place") == original)["name"]
    if name.is_empty():
        return firms
    is_twin = (pl.col("scale_place") == twin).fill_null(value=False)
    return firms.with_columns(name=pl.when(is_twin).then(pl.lit(name[0])).otherwise("name"))


def _brand(dice: Dice) -> pl.Expr:
    drawn = dice.below("name/brand", len(BRAND_FIRST) * len(BRAND_SECOND) * len(BRAND_THIRD))
    rest = drawn // len(BRAND_FIRST)
    return pl.concat_str(
        at(BRAND_FIRST, drawn % len(BRAND_FIRST)),
        at(BRAND_SECOND, rest % len(BRAND_SECOND)),
        at(BRAND_THIRD, rest // len(BRAND_SECOND)),
    )


def _prefix(dice: Dice) -> pl.Expr:
    prefixes = [prefix for county in COUNTIES for prefix in county.prefixes]
    return at(prefixes, pl.col("county") * 3 + dice.pick("name/prefix", [55, 25, 20]))


def _of_county(values: list[str]) -> pl.Expr:
    return at(values, pl.col("county"))


def _head() -> pl.Expr:
    is_local = pl.col("firm_kind").is_in(["individual", "cooperative"])
    return (
        pl.when(is_local).then("county_name").when("bracketed").then(pl.lit("")).otherwise("prefix")
    )


def _tail() -> pl.Expr:
    kind = pl.col("firm_kind")
    # 便利店店, 大药房商行 or 家庭服务服务部 would be odd: such words are a form already.
    shop_form = (
        pl.when(pl.col("word").str.contains("[店市房馆家]$"))
        .then(pl.lit(""))
        .when(pl.col("word").str.ends_with("服务"))
        .then(pl.lit("中心"))
        .otherwise("shop_form")
    )
    firm = pl.concat_str(
        pl.when("bracketed")
        .then(pl.concat_str(pl.lit("（"), "prefix", pl.lit("）")))
        .otherwise(pl.lit("")),
        "word",
        "company_form",
    )
    return (
        pl.when(kind == "individual")
        .then(pl.concat_str("word", shop_form))
        .when(kind == "cooperative")
        .then(pl.concat_str("word", pl.lit("专业合作社")))
        .when(kind == "branch")
        .then(pl.concat_str(firm, "county_name", pl.lit("分公司")))
        .otherwise(firm)
    )


def _distinction(copy: pl.Expr) -> pl.Expr:
    """Give nothing to the first firm of a name, and one or two further characters to the others."""
    others = (copy - 1).clip(lower_bound=0)
    second = pl.when(others >= len(BRAND_FOURTH)).then(
        at(BRAND_FOURTH, others // len(BRAND_FOURTH) % len(BRAND_FOURTH))
    )
    return (
        pl.when(copy == 0)
        .then(pl.lit(""))
        .otherwise(
            pl.concat_str(at(BRAND_FOURTH, others % len(BRAND_FOURTH)), second.fill_null(""))
        )
    )
