"""The index of names as it stands, for whoever looks many names up at once: nothing is made, nothing awaited."""

import asyncio
from pathlib import Path

import msgspec
import polars as pl

from registry.lookup.kept import SMALL_ENOUGH, current_folder, indexed
from registry.lookup.store import last_ids, names_after


class NamesKept(msgspec.Struct, frozen=True, kw_only=True):
    """The folder of this database, and the names that are newer: enterprise_id, name and kind."""

    folder: Path | None
    newer: pl.DataFrame


async def names_kept(home: Path) -> NamesKept | None:
    """Give what is kept; None: the register is large, and its index was not made yet.

    May be asked inside a transaction: names that only it has seen are newer, and enter no folder.
    """
    made = await current_folder(home)
    last, _ = await last_ids()
    held = made.last_name if made else 0
    if last - held > SMALL_ENOUGH:
        return None
    newer = await asyncio.to_thread(indexed, await names_after(held))
    return NamesKept(folder=home / made.folder if made else None, newer=newer)
