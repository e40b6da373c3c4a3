"""Codes that cannot be right, so that the import has something to refuse."""

import polars as pl

from registry.demo.codes import CODE_ALPHABET
from registry.demo.dice import Dice, places_of


def slips(rows: pl.DataFrame) -> dict[str, int]:
    """Say how many codes are spoilt in a sheet of these rows: three in a big one, one in a small one."""
    return {"wrong": 2, "short": 1} if rows.height > 500 else {"wrong": 1, "short": 0}


def spoilt_codes(rows: pl.DataFrame, dice: Dice, *, wrong: int, short: int) -> dict[str, str]:
    """Choose some of the firms and give their codes with a wrong check character, or cut off by one."""
    chosen = (
        rows.unique("row", maintain_order=True)
        .with_columns(order=places_of(dice.bits("spoilt")))
        .filter(pl.col("order") < wrong + short)
        .sort("order")["uscc"]
        .to_list()
    )
    return {
        code: _with_wrong_check(code) if order < wrong else code[:-1]
        for order, code in enumerate(chosen)
    }


def _with_wrong_check(code: str) -> str:
    after = (CODE_ALPHABET.index(code[-1]) + 1) % len(CODE_ALPHABET)
    return code[:-1] + CODE_ALPHABET[after]
