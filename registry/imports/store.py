"""The queries on imports, their source records and refusals."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows, next_ids
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.imports.tables import Import, ImportUndone, RefusedCell, SourceRecord
from registry.imports.types import CleanSheet, Refusal

_HEADER_LENGTH = 200
_SLICE = 5_000


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """An import as it is kept."""

    id: int
    file_name: str
    sha256: str
    layout: str
    department: str
    observed_on: date
    recorded_at: datetime
    rows_read: int
    rows_taken: int
    rows_refused: int
    turn: int = 1
    heading: str | None = None
    written: str | None = None


class UndoneImport(msgspec.Struct, frozen=True, kw_only=True):
    """When an import was taken back, by whom and why."""

    undone_at: datetime
    undone_by: str
    reason: str


async def import_of(sha256: str) -> Taken | None:
    """Give the import of a file with these bytes; None where there was none, or it was taken back."""
    found = await Import.select().where(Import.sha256 == sha256).order_by(Import.turn)
    if not found or await undone(found[-1]["id"]):
        return None
    return msgspec.convert(found[-1], Taken)


async def next_turn(sha256: str) -> int:
    """Give how often a file with these bytes will have been taken in: 1 the first time."""
    before: int = await Import.count().where(Import.sha256 == sha256)
    return before + 1


async def import_by(import_id: int) -> Taken | None:
    """Give an import by its number."""
    found = await Import.select().where(Import.id == import_id).first()
    return msgspec.convert(found, Taken) if found else None


async def undone(import_id: int) -> UndoneImport | None:
    """Say when, by whom and why an import was taken back; None where it was not."""
    found = await ImportUndone.select().where(ImportUndone.import_id == import_id).first()
    return msgspec.convert(found, UndoneImport) if found else None


async def add_undone(import_id: int, undoing: UndoneImport) -> None:
    """Take an import back: from that moment on nothing it said counts."""
    await ImportUndone.insert(ImportUndone(import_id=import_id, **msgspec.structs.asdict(undoing)))


async def reserve_import() -> int:
    """Give the id the next import will have, in the current transaction."""
    return (await next_ids(Import, 1))[0]


async def add_import(taken: Taken) -> None:
    """Keep an import, under the id that was reserved."""
    await Import.insert(Import(**msgspec.structs.asdict(taken)))


async def add_source_records(sheet: CleanSheet, links: pl.DataFrame, import_id: int) -> None:
    """Keep every row as it came, with the enterprise it speaks of where that is known."""
    await insert_rows(
        SourceRecord,
        ("row", "enterprise_id", "cells", "import_id", "sheet"),
        ((*record, import_id, sheet.grid.sheet) for record in _records(sheet, links)),
    )


def _records(sheet: CleanSheet, links: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    """Give row, enterprise and cells as JSON, a slice in memory at a time."""
    for rows in sheet.cells.iter_slices(_SLICE):
        linked = rows.join(links, on="row", how="left", maintain_order="left")
        cells = pl.col("cells").struct.json_encode()
        yield from linked.select("row", "enterprise_id", cells).iter_rows()


async def add_refusals(refusals: Sequence[Refusal], import_id: int | None) -> None:
    """Keep refusals; those of a file refused before, as a whole, are replaced by the new ones."""
    if import_id is None:
        names = {refusal.file_name for refusal in refusals}
        for name in names:
            await RefusedCell.delete().where(
                (RefusedCell.file_name == name) & RefusedCell.import_id.is_null()
            )
    await insert_rows(
        RefusedCell,
        (
            "import_id",
            "file_name",
            "sheet",
            "row",
            "column",
            "header",
            "value",
            "problem",
            "way_out",
        ),
        (
            (
                import_id,
                refusal.file_name,
                refusal.sheet,
                refusal.row,
                refusal.column or None,
                refusal.header[:_HEADER_LENGTH] or None,
                refusal.value,
                refusal.problem,
                refusal.way_out,
            )
            for refusal in refusals
        ),
    )


async def refusals_of(import_id: int) -> tuple[Refusal, ...]:
    """Give what an import refused, in the order of the sheet."""
    found = (
        await RefusedCell.select()
        .where(RefusedCell.import_id == import_id)
        .order_by(RefusedCell.id)
    )
    return tuple(
        Refusal(
            file_name=cell["file_name"],
            sheet=cell["sheet"],
            row=cell["row"],
            column=cell["column"] or "",
            header=cell["header"] or "",
            value=cell["value"],
            problem=cell["problem"],
            way_out=cell["way_out"],
        )
        for cell in found
    )


async def spoken_of_since(layout: str, observed_on: date) -> pl.Series:
    """Give the enterprises that later sheets of this layout, taken in before, speak of."""
    sql = """
        SELECT DISTINCT s."enterprise_id"
        FROM "source_record" s JOIN "import" i ON i."id" = s."import_id"
        WHERE i."layout" = $1 AND i."observed_on" > $2 AND s."enterprise_id" IS NOT NULL
          AND i."id" NOT IN (SELECT "import_id" FROM "import_undone")
    """
    found = await read_frame(sql, {"enterprise_id": pl.Int64}, [layout, observed_on])
    return found["enterprise_id"]


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """An import of a layout that was not taken back; `whole`: it gave some list whole."""

    id: int
    rows_read: int
    rows_taken: int
    whole: bool


async def earlier_of_layout(layout: str, before: int, at_most: int) -> tuple[Earlier, ...]:
    """Give the imports of a layout taken in before this one and not taken back, the latest first."""
    sql = """
        SELECT i."id", i."rows_read", i."rows_taken",
               EXISTS (SELECT 1 FROM "list_coverage" c WHERE c."import_id" = i."id") AS "whole"
        FROM "import" i WHERE i."layout" = $1 AND i."id" < $2
          AND i."id" NOT IN (SELECT "import_id" FROM "import_undone")
        ORDER BY i."id" DESC LIMIT $3
    """
    schema = {"id": pl.Int64, "rows_read": pl.Int64, "rows_taken": pl.Int64, "whole": pl.Boolean}
    found = await read_frame(sql, schema, [layout, before, at_most])
    return tuple(Earlier(**row) for row in found.iter_rows(named=True))


async def knowledge_state() -> str:
    """Give a mark of what is known: another one as soon as anything was taken in, taken back, judged or taught."""
    tables = ("import", "import_undone", "judgement", "learned_header", "learned_layout")
    counts = ", ".join(
        f'(SELECT coalesce(max("id"), 0) FROM "{one}") AS "{one}"'  # noqa: S608  our own names
        for one in tables
    )
    found = await read_frame(f"SELECT {counts}", dict.fromkeys(tables, pl.Int64))
    return "-".join(str(number) for number in found.row(0))


async def rows_about(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give what imports that were not taken back say of enterprises: the rows as they came.

    Columns: enterprise_id (as it is kept: a stand-in's is below zero), import_id, layout, observed_on, cells.
    """
    sql = f"""
        SELECT s."enterprise_id", s."import_id", i."layout", i."observed_on", s."cells"
        FROM "source_record" s JOIN "import" i ON i."id" = s."import_id"
        WHERE s."enterprise_id" IN ({unfolded_numbers()})
          AND i."id" NOT IN (SELECT "import_id" FROM "import_undone")
    """  # noqa: S608  # our own words
    schema = {
        "enterprise_id": pl.Int64,
        "import_id": pl.Int64,
        "layout": pl.String,
        "observed_on": pl.Date,
        "cells": pl.String,
    }
    return await read_frame(sql, schema, [listed(enterprise_ids)])


async def refused_source_rows(import_id: int) -> pl.DataFrame:
    """Give row, enterprise_id (null: nothing of it went in) and cells of the rows with refused cells, in order."""
    sql = """
        SELECT DISTINCT s."row", s."enterprise_id", s."cells", s."id" FROM "source_record" s
        JOIN "refused_cell" r ON r."import_id" = s."import_id" AND r."row" = s."row"
         AND r."sheet" = s."sheet"
        WHERE s."import_id" = $1 ORDER BY s."row", s."id"
    """
    schema = {"row": pl.Int64, "enterprise_id": pl.Int64, "cells": pl.String}
    return await read_frame(sql, schema, [import_id])


async def sheet_of(import_id: int) -> str:
    """Give the name of the worksheet an import took its rows from; "" in a .csv file."""
    found = await SourceRecord.select().where(SourceRecord.import_id == import_id).first()
    return str(found["sheet"]) if found else ""
