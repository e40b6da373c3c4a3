"""Who stands behind an invented enterprise and where it sits: representative, address, phone."""

import polars as pl

from registry.demo.dice import Dice, at
from tests.benchmarks.names import words


def with_whereabouts(register: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add legal_representative, address and phone; a frame has "row" and "place_name".

    Phones begin with 100, a series that no subscriber has.
    """
    return register.with_columns(
        legal_representative=person(dice, "person"),
        address=address(dice, "address"),
        phone=phone(dice, "phone"),
    )


def person(dice: Dice, salt: str) -> pl.Expr:
    """Give invented people, 28 % of them with one given character."""
    second = _letter(dice, salt + "/2", words.GIVEN_SECOND)
    first = _letter(dice, salt + "/1", words.GIVEN_FIRST)
    return pl.concat_str(
        _letter(dice, salt + "/0", words.SURNAMES),
        pl.when(dice.chance(salt + "/one", 2_800)).then(pl.lit("")).otherwise(first),
        second,
    )


def address(dice: Dice, salt: str) -> pl.Expr:
    """Give the place, a street, a number and, in two thirds, a room."""
    first, last = words.STREET_FIRST.split(), words.STREET_LAST.split()
    room = pl.concat_str(
        (1 + dice.below(salt + "/building", 20)).cast(pl.String),
        pl.lit("号楼"),
        (101 + dice.below(salt + "/room", 2400)).cast(pl.String),
        pl.lit("室"),
    )
    return pl.concat_str(
        "place_name",
        at(first, dice.below(salt + "/first", len(first))),
        at(last, dice.below(salt + "/last", len(last))),
        (1 + dice.below(salt + "/number", 400)).cast(pl.String),
        pl.lit("号"),
        pl.when(dice.chance(salt + "/roomed", 6_700)).then(room).otherwise(pl.lit("")),
    )


def phone(dice: Dice, salt: str) -> pl.Expr:
    """Give eleven digits."""
    return (10_000_000_000 + dice.below(salt, 100_000_000)).cast(pl.String)


def _letter(dice: Dice, salt: str, letters: str) -> pl.Expr:
    return at(list(letters), dice.below(salt, len(letters)))
