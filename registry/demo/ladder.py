"""The ladder from innovative firm over specialised firm to little giant: who climbs it has been on every rung."""

from datetime import date

import msgspec
import polars as pl

from registry.demo.dice import Dice
from registry.demo.standing import Extent


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One title of the ladder.

    usual, newcomers  holders in the first month, and those who come with the batch of the second.
    years, day        first year of recognition, and month and day of it in every year but the second month's.
    new_on            day of the second month's batch.
    """

    name: str
    usual: int
    newcomers: int
    years: tuple[int, int]
    day: tuple[int, int]
    new_on: date


INNOVATIVE = Rung(
    name="innovative_sme",
    usual=150,
    newcomers=30,
    years=(2023, 2026),
    day=(5, 15),
    new_on=date(2026, 10, 12),
)
SPECIALISED = Rung(
    name="specialized_sme",
    usual=80,
    newcomers=12,
    years=(2022, 2026),
    day=(3, 20),
    new_on=date(2026, 10, 12),
)
GIANT = Rung(
    name="little_giant",
    usual=20,
    newcomers=4,
    years=(2020, 2025),
    day=(9, 2),
    new_on=date(2026, 10, 16),
)

# Places on the ladder of firms whose specialised title is revoked: two long ago, one in the second month.
_REVOKED = {45: date(2025, 12, 5), 60: date(2026, 6, 30), 30: date(2026, 10, 22)}
_NATIONAL_BATCHES = "二三四五六七八"


def ladder_titles(known: pl.DataFrame, extent: Extent, dice: Dice) -> pl.DataFrame:
    """Give the entries of the three rungs, those of the second month's batch included."""
    place = pl.col("innovation_place")
    climbers = known.filter(place < extent.holders(INNOVATIVE.usual + INNOVATIVE.newcomers))
    climbers = climbers.with_columns(
        _recognised(rung, extent, dice) for rung in (GIANT, SPECIALISED, INNOVATIVE)
    )
    for rung, above in ((SPECIALISED, GIANT), (INNOVATIVE, SPECIALISED)):
        climbers = climbers.with_columns(_earlier(rung, above))
    revoked = {extent.holders(number): day for number, day in _REVOKED.items()}
    specialised = _entries(climbers, SPECIALISED, _yearly_batch()).with_columns(
        left_on=place.replace_strict(revoked, default=None, return_dtype=pl.Date)
    )
    giants = _entries(climbers, GIANT, _national_batch()).with_columns(until_on=_reviewed())
    return pl.concat([giants, specialised, _entries(climbers, INNOVATIVE, _yearly_batch())])


def _recognised(rung: Rung, extent: Extent, dice: Dice) -> pl.Expr:
    place = pl.col("innovation_place")
    first, last = rung.years
    year = first + dice.below(f"ladder/{rung.name}", last - first + 1)
    return (
        pl.when(place < extent.holders(rung.usual))
        .then(pl.date(year, *rung.day))
        .when(place < extent.holders(rung.usual + rung.newcomers))
        .then(rung.new_on)
        .alias(rung.name)
    )


def _earlier(rung: Rung, above: Rung) -> pl.Expr:
    """Who stands on the rung above came to this one at least a year before."""
    own, other = pl.col(rung.name), pl.col(above.name)
    year = pl.min_horizontal(own.dt.year(), other.dt.year() - 1)
    return (
        pl.when(other.is_not_null()).then(pl.date(year, *rung.day)).otherwise(own).alias(rung.name)
    )


def _yearly_batch() -> pl.Expr:
    half = pl.when(pl.col("from_on").dt.month() < 7).then(pl.lit("一")).otherwise(pl.lit("二"))
    return pl.concat_str(pl.col("from_on").dt.year(), pl.lit("年度第"), half, pl.lit("批"))


def _national_batch() -> pl.Expr:
    batches = {
        GIANT.years[0] + number: f"第{word}批" for number, word in enumerate(_NATIONAL_BATCHES)
    }
    return pl.col("from_on").dt.year().replace_strict(batches, return_dtype=pl.String)


def _reviewed() -> pl.Expr:
    """Let the older batches, which have passed their review, run for three years more."""
    return (
        pl.when(pl.col("from_on") < date(2023, 1, 1))
        .then(pl.col("until_on").dt.offset_by("3y"))
        .otherwise("until_on")
    )


def _entries(climbers: pl.DataFrame, rung: Rung, batch: pl.Expr) -> pl.DataFrame:
    number = 100 + pl.col("from_on").dt.month()
    return (
        climbers.filter(pl.col(rung.name).is_not_null())
        .with_columns(pl.lit(rung.name).alias("list"), from_on=pl.col(rung.name))
        .with_columns(
            level=pl.lit(None, dtype=pl.String),
            batch=batch,
            document=pl.concat_str(
                pl.lit("演示文〔"), pl.col("from_on").dt.year(), pl.lit("〕"), number, pl.lit("号")
            ),
            until_on=pl.col("from_on").dt.offset_by("3y").dt.offset_by("-1d"),
            left_on=pl.lit(None, dtype=pl.Date),
        )
    )
