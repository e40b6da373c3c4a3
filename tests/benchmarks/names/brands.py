"""字号 of invented enterprises: many on everybody's lips, many of a kind of their own."""

import polars as pl

from registry.demo.dice import Dice, at
from tests.benchmarks.names import words

COMMON, OWN, FAR = 0, 1, 2
_SIBLINGS_BP = 700
_REACH = 60
"""A firm of a family stands at most so many rows behind the one whose brand and city it shares."""


def with_brands(drawn: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add "brand" and "spare_brand" (another one, for former names); families share brand and city."""
    own = drawn.with_columns(brand=_brand(dice, "brand"), spare_brand=_brand(dice, "spare"))
    elder = pl.col("row") - 1 - dice.below("elder", _REACH)
    follows = dice.chance("sibling", _SIBLINGS_BP) & (elder >= 0)
    source = pl.when(follows).then(elder).otherwise("row")
    return own.with_columns(
        brand=pl.col("brand").gather(source),
        city=pl.col("city").gather(source),
    )


def _brand(dice: Dice, salt: str) -> pl.Expr:
    sort = dice.pick(salt, [43, 54, 3])
    far = words.FAR_BRANDS.split()
    return (
        pl.when(sort == COMMON)
        .then(
            pl.concat_str(
                _skewed(dice, salt + "/1", words.BRAND_FIRST, 1.7),
                _skewed(dice, salt + "/2", words.BRAND_SECOND, 1.7),
            )
        )
        .when(sort == OWN)
        .then(
            pl.concat_str(
                _even(dice, salt + "/3", words.BRAND_FIRST + words.BRAND_RARE),
                _even(dice, salt + "/4", words.BRAND_SECOND + words.BRAND_RARE),
                _even(dice, salt + "/5", words.BRAND_THIRD + words.BRAND_RARE),
            )
        )
        .otherwise(
            pl.concat_str(
                at(far, dice.below(salt + "/6", len(far))),
                _skewed(dice, salt + "/7", words.BRAND_SECOND, 1.2),
            )
        )
    )


def _even(dice: Dice, salt: str, letters: str) -> pl.Expr:
    return at(list(letters), dice.below(salt, len(letters)))


def _skewed(dice: Dice, salt: str, letters: str, power: float) -> pl.Expr:
    """Give early letters more often: the position grows like a fraction to a power above 1."""
    position = (dice.share(salt) ** power * len(letters)).cast(pl.Int64)
    return at(list(letters), position)
