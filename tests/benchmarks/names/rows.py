"""Rows of an invented sheet: enterprises of the register and strangers, badly written, with what stands beside a name.

Half the names are untouched, the other half have one of 19 kinds of noise (the 22 without Latin letters and without
"exact"); a fifth of the rows are strangers, with the same noise. Where noise does not apply the name stays untouched.
"""

from typing import Literal

import polars as pl

from registry.demo.dice import Dice, at
from registry.resolution.types import KNOWN
from tests.benchmarks.names import people
from tests.benchmarks.names.noise import KINDS, noisy
from tests.benchmarks.names.register import Spread, invent_register

Beside = Literal["nothing", "place", "all"]
"""What stands beside the names: nothing; the place of each; place, representative, address, phone, each often missing."""

NOISE = tuple(kind for kind in KINDS if kind not in {"exact", "pinyin_full", "pinyin_initials"})
STRANGERS_BP = 2_000
_UNTOUCHED_BP = 5_000
_HOW_OFTEN_BP = {
    "place": (7_000, 9_700),
    "legal_representative": (5_000, 9_000),
    "address": (4_000, 8_500),
    "phone": (4_000, 7_500),
}
"""In how many rows of ten thousand a datum stands, and in how many of these it is still the registered one."""


def register_and_strangers(size: int, seed: int, spread: Spread) -> tuple[pl.DataFrame, pl.DataFrame]:  # fmt: skip
    """Give a register of so many enterprises, and a quarter as many that are not in it: of one city, of one mind."""
    everybody = invent_register(size + size // 4, seed, spread)
    return everybody.head(size), everybody.tail(size // 4)


def known_of(register: pl.DataFrame) -> pl.DataFrame:
    """Give what is known of the enterprises beside their names."""
    return register.select(*KNOWN)


def invent_rows(
    register: pl.DataFrame, strangers: pl.DataFrame, count: int, seed: int, beside: Beside
) -> pl.DataFrame:
    """Give ROWS without codes, with "truth" (enterprise_id; null: a stranger) and "noise" (the kind)."""
    dice = Dice(seed)
    rows = pl.DataFrame({"row": range(count)})
    meant = rows.select(
        stranger=dice.chance("stranger", STRANGERS_BP),
        known=dice.below("known", register.height),
        other=dice.below("other", strangers.height),
        noise=pl.when(dice.chance("untouched", _UNTOUCHED_BP))
        .then(pl.lit("exact"))
        .otherwise(at(NOISE, dice.below("noise", len(NOISE)))),
    )
    both = pl.concat([register, strangers]).select(*_TAKEN)
    position = meant.select(
        pl.when("stranger").then(register.height + pl.col("other")).otherwise("known")
    ).to_series()
    drawn = pl.concat([rows, both[position], meant.select("stranger", "noise")], how="horizontal")
    noised = noisy(drawn["name"].to_list(), drawn["noise"].to_list(), seed)
    written = drawn.with_columns(noised=pl.Series(noised, dtype=pl.String)).with_columns(
        truth=pl.when(~pl.col("stranger")).then("enterprise_id"),
        noise=pl.when(pl.col("noised").is_null()).then(pl.lit("exact")).otherwise("noise"),
        name=pl.coalesce("noised", "name"),
    )
    return _beside(written, dice, beside).select(
        "row", "name", pl.lit(None, dtype=pl.String).alias("uscc"), *_DATA, "truth", "noise"
    )


_DATA = ("place", "legal_representative", "address", "phone")
_TAKEN = ("enterprise_id", "name", "place_name", *_DATA)


def _beside(rows: pl.DataFrame, dice: Dice, beside: Beside) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    if beside == "nothing":
        return rows.with_columns(nothing.alias(column) for column in _DATA)
    if beside == "place":
        return rows.with_columns(nothing.alias(column) for column in _DATA[1:])
    moved = at(rows["place"].to_list(), dice.below("moved_to", rows.height))
    short = pl.when(dice.chance("no_room", 5_000)).then(pl.col("address").str.replace(r"号.*$", "号")).otherwise("address")  # fmt: skip
    plain = (
        pl.when(dice.chance("no_place", 5_000))
        .then(short.str.strip_prefix(pl.col("place_name")))
        .otherwise(short)
    )
    return rows.with_columns(
        place=_given(dice, "place", pl.col("place"), moved),
        legal_representative=_given(
            dice, "legal_representative", pl.col("legal_representative"), people.person(dice, "new")
        ),
        address=_given(dice, "address", plain, people.address(dice, "new_address")),
        phone=_given(dice, "phone", pl.col("phone"), people.phone(dice, "new_phone")),
    )


def _given(dice: Dice, datum: str, same: pl.Expr, other: pl.Expr) -> pl.Expr:
    there_bp, same_bp = _HOW_OFTEN_BP[datum]
    said = pl.when(dice.chance(datum + "/same", same_bp)).then(same).otherwise(other)
    return pl.when(dice.chance(datum + "/there", there_bp)).then(said)
