"""Who stands for each firm, where it sits and its phone: invented so that nobody can be meant.

No person bears 某 as the middle of a name, no street is called by these two characters, and no local number in the
country begins with 0.
"""

import polars as pl

from registry.demo.dice import Dice, at
from registry.demo.words import BRAND_FIRST, BRAND_SECOND, BRAND_THIRD, COUNTIES

WHEREABOUTS = ("legal_representative", "address", "phone")
_FEW, _MORE = 300, 2_500
"""Of ten thousand: no representative or address is told, no phone."""


def with_whereabouts(firms: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add WHEREABOUTS to firms with county; null is not told."""
    person = pl.concat_str(
        at(BRAND_FIRST, dice.below("person/first", len(BRAND_FIRST))),
        pl.lit("某"),
        at(BRAND_THIRD, dice.below("person/last", len(BRAND_THIRD))),
    )
    street = pl.concat_str(
        at([county.name for county in COUNTIES], pl.col("county")),
        at(BRAND_SECOND, dice.below("street/first", len(BRAND_SECOND))),
        at(BRAND_THIRD, dice.below("street/last", len(BRAND_THIRD))),
        pl.lit("路"),
        (1 + dice.below("street/number", 300)).cast(pl.String),
        pl.lit("号"),
    )
    number = dice.below("phone/number", 10_000_000).cast(pl.String).str.zfill(7)
    is_zhengzhou = at([county.code for county in COUNTIES], pl.col("county")).str.starts_with(
        "4101"
    )
    area = pl.when(is_zhengzhou).then(pl.lit("0371-0")).otherwise(pl.lit("0374-0"))
    return firms.with_columns(
        legal_representative=pl.when(~dice.chance("no person", _FEW)).then(person),
        address=pl.when(~dice.chance("no street", _FEW)).then(street),
        phone=pl.when(~dice.chance("no phone", _MORE)).then(pl.concat_str(area, number)),
    )
