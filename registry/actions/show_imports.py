"""What was taken in: the list of imports, and one of them with what it did and what was refused."""

from datetime import date, datetime

import msgspec
import polars as pl

from matching.storage.read import read_frame
from registry.actions.import_outcome import Written
from registry.actions.keep_sheet import written_by
from registry.imports.store import Taken, UndoneImport, import_by, refusals_of, undone
from registry.imports.types import Refusal

PAGE_ROWS = 50
_LISTED: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "file_name": pl.String,
    "layout": pl.String,
    "department": pl.String,
    "observed_on": pl.Date,
    "recorded_at": pl.Datetime("us", "UTC"),
    "rows_read": pl.Int64,
    "rows_taken": pl.Int64,
    "rows_refused": pl.Int64,
    "cells_refused": pl.Int64,
    "undone_at": pl.Datetime("us", "UTC"),
}


class ListedImport(msgspec.Struct, frozen=True, kw_only=True):
    """One import in the list; `undone_at`: since when nothing it said counts, None while it does."""

    id: int
    file_name: str
    layout: str
    department: str
    observed_on: date
    recorded_at: datetime
    rows_read: int
    rows_taken: int
    rows_refused: int
    cells_refused: int
    undone_at: datetime | None


class ImportsListed(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list, newest first, and how many there are in all."""

    imports: tuple[ListedImport, ...]
    total: int


class ShownImport(msgspec.Struct, frozen=True, kw_only=True):
    """One import: what it was, what it added, what it refused, and whether it was taken back."""

    taken: Taken
    written: Written
    counted: bool
    undone: UndoneImport | None
    refused: tuple[Refusal, ...]


class NoSuchImport(Exception):
    """There is no import of that number; says the way out."""


async def list_imports(page: int = 1) -> ImportsListed:
    """Give a page of imports, newest first; pages count from 1."""
    found = await read_frame(
        "SELECT i.id, i.file_name, i.layout, i.department, i.observed_on, i.recorded_at, i.rows_read,"
        " i.rows_taken, i.rows_refused,"
        " (SELECT count(*) FROM refused_cell r WHERE r.import_id = i.id) AS cells_refused,"
        " u.undone_at FROM import i LEFT JOIN import_undone u ON u.import_id = i.id"
        " ORDER BY i.id DESC LIMIT $1 OFFSET $2",
        _LISTED,
        [PAGE_ROWS, (page - 1) * PAGE_ROWS],
    )
    total = await read_frame("SELECT count(*) AS total FROM import", {"total": pl.Int64})
    return ImportsListed(
        imports=tuple(ListedImport(**row) for row in found.iter_rows(named=True)),
        total=total["total"][0],
    )


async def show_import(import_id: int) -> ShownImport:
    """Give one import; raises NoSuchImport."""
    taken = await import_by(import_id)
    if taken is None:
        raise NoSuchImport(f"没有第{import_id}号导入；用 registry imports list 查看有哪些")
    return ShownImport(
        taken=taken,
        written=written_by(taken),
        counted=taken.written is not None,
        undone=await undone(import_id),
        refused=await refusals_of(import_id),
    )
