"""What resolution says of the rows of a sheet."""

import msgspec
import polars as pl

LINKS = {"row": pl.Int64, "enterprise_id": pl.Int64}


class Unresolved(msgspec.Struct, frozen=True, kw_only=True):
    """A row that speaks of nobody we can be sure of."""

    row: int
    problem: str
    way_out: str


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """Who the rows speak of.

    links    row and enterprise_id.
    created  how many enterprises were not known before.
    """

    links: pl.DataFrame
    unresolved: tuple[Unresolved, ...]
    created: int
