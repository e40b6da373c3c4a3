"""Linking both sides of relations: the enterprise a row speaks of, and the other one it names.

Both at once: who stands on either side of a sheet is the same stand-in, seen once.
"""

import msgspec
import polars as pl

from registry.resolution.resolve import Asking, resolve
from registry.resolution.types import LINKS, Resolved, Unresolved


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Who the rows speak of, and row and enterprise_id of the others they name."""

    own: Resolved
    others: pl.DataFrame


async def resolve_sides(rows: pl.DataFrame, relations: pl.DataFrame, asking: Asking) -> Sides:
    """Link rows as `resolve` does, and the others of relations (row, other_uscc, other_name, other_name_key).

    Of a row whose other can be nobody nothing is taken.
    """
    if relations.is_empty():
        return Sides(own=await resolve(rows, asking), others=pl.DataFrame(schema=LINKS))
    others = relations.select(
        row=-pl.col("row"),  # no row of a sheet is numbered below one
        uscc="other_uscc",
        name="other_name",
        name_key="other_name_key",
    )
    both = await resolve(pl.concat([rows, others], how="diagonal"), asking)
    unresolved = tuple(_of_row(one) for one in both.unresolved)
    lost = [one.row for one in unresolved]
    of_sheet = (pl.col("row") > 0) & ~pl.col("row").is_in(lost)
    return Sides(
        own=msgspec.structs.replace(
            both,
            links=both.links.filter(of_sheet),
            meant=both.meant.filter(of_sheet),
            unresolved=unresolved,
        ),
        others=both.links.filter(pl.col("row") < 0).with_columns(row=-pl.col("row")),
    )


def _of_row(one: Unresolved) -> Unresolved:
    if one.row > 0:
        return one
    return Unresolved(row=-one.row, problem=f"对方：{one.problem}", way_out=one.way_out)
