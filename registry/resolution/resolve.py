"""Linking the rows of a sheet to enterprises, creating those that are not known yet."""

from datetime import date

import polars as pl

from registry.enterprises.store import (
    create_enterprises,
    enterprises_by_code,
    enterprises_by_name,
)
from registry.resolution.types import Resolved
from registry.resolution.who_is_it import (
    linked_by_code,
    linked_by_name,
    newcomers,
    one_row_each,
)


async def resolve(rows: pl.DataFrame, observed_on: date, import_id: int, *, once: bool) -> Resolved:
    """Link rows of row, uscc, name and name_key; a valid code nobody bears creates an enterprise.

    once  an enterprise may stand in the sheet in one row only.
    """
    known = await enterprises_by_code(rows["uscc"])
    strangers = newcomers(rows, known)
    if strangers.height:
        created = await create_enterprises(strangers, observed_on, import_id)
        known = pl.concat([known, created])
    coded = linked_by_code(rows, known)
    left = rows.join(coded, on="row", how="anti")
    # After the newcomers: a sheet may name a unit here that it gives with its code there.
    named, unresolved = linked_by_name(left, await enterprises_by_name(left["name_key"]))
    links = pl.concat([coded, named])
    if once:
        links, twice = one_row_each(links)
        unresolved += twice
    return Resolved(links=links.sort("row"), unresolved=unresolved, created=strangers.height)
