"""Unified social credit codes (GB 32100-2015) of invented firms, a whole column at a time."""

import polars as pl

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

# No registrar gives out this series: the last four characters count our firms, at most 31 ** 4 of them.
SERIES = "MAXX"
SERIES_ROOM = len(CODE_ALPHABET) ** 4

# Market registration writes 9, then 1 for a firm, 2 for a sole trader and 3 for a farmers' cooperative.
KIND_DIGITS = {"company": 1, "branch": 1, "individual": 2, "cooperative": 3}

_ORGANISATION_VALUES = pl.Series([int(letter, 36) for letter in CODE_ALPHABET], dtype=pl.Int64)
_LETTERS = pl.Series(list(CODE_ALPHABET), dtype=pl.String)


def credit_codes(firms: pl.DataFrame) -> pl.Series:
    """Give a valid code to each firm from its "row", "firm_kind" and "authority" (six digits)."""
    kind = pl.col("firm_kind").replace_strict(KIND_DIGITS, return_dtype=pl.Int64)
    authority = pl.col("authority").cast(pl.Int64)
    # Scattered, so that neighbours in the register do not have neighbouring codes; one to one, as 524287 is no
    # multiple of 31.
    scattered = (pl.col("row") * 524_287 + 31_415) % SERIES_ROOM
    indexes = firms.select(
        c0=pl.lit(9),
        c1=kind,
        **{f"c{place + 2}": authority // 10 ** (5 - place) % 10 for place in range(6)},
        **{f"c{place + 8}": pl.lit(CODE_ALPHABET.index(SERIES[place])) for place in range(4)},
        **{f"c{place + 12}": scattered // 31 ** (3 - place) % 31 for place in range(4)},
    )
    indexes = indexes.with_columns(c16=_organisation_check())
    indexes = indexes.with_columns(c17=_code_check())
    letters = [pl.lit(_LETTERS).gather(pl.col(f"c{place}")) for place in range(18)]
    return indexes.select(uscc=pl.concat_str(letters))["uscc"]


def _organisation_check() -> pl.Expr:
    values = pl.lit(_ORGANISATION_VALUES)
    total = pl.sum_horizontal(
        values.gather(pl.col(f"c{place + 8}")) * weight
        for place, weight in enumerate(ORGANISATION_WEIGHTS)
    )
    remainder = 11 - total % 11
    return (
        pl.when(remainder == 10)
        .then(CODE_ALPHABET.index("X"))
        .when(remainder == 11)
        .then(0)
        .otherwise(remainder)
    )


def _code_check() -> pl.Expr:
    total = pl.sum_horizontal(
        pl.col(f"c{place}") * weight for place, weight in enumerate(CODE_WEIGHTS)
    )
    return (31 - total % 31) % 31
