"""Ledgers of records out of the imports that count, as columns of the types facts.yml declares."""

import polars as pl

from matching.engine.records import record_columns
from matching.language.records import RecordLedger
from matching.storage.read import read_frame, read_table
from registry.profiles.knowledge import Known
from registry.profiles.lists import about, that_count

ENTRIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "enterprise_id": pl.Int64,
    "list": pl.String,
    "number": pl.String,
    "fields": pl.String,
    "import_id": pl.Int64,
}
SELECTED = {name: "ledger" if name == "list" else name for name in ENTRIES}
RECORD = ("list", "enterprise_id", "number")
"""What makes two rows speak of one record of one enterprise."""


async def read_records(
    known: Known, coverage: pl.DataFrame, enterprise_id: int | None = None
) -> pl.DataFrame:
    """Give the rows that count: list, enterprise_id, number, fields as they are kept, import_id.

    They count as entries of lists do: those of the newest whole ledger, and of partial sheets after its day.
    Of several rows about one record of one enterprise the newest says what is so.
    """
    found = await _kept(known, enterprise_id)
    kept = that_count(known.of_enterprises(found), known, coverage)
    newest_last = kept.sort(*RECORD, "observed_on", "import_id", "id")
    newest = newest_last.filter(~_is_followed_by_the_same())
    return newest.select(*RECORD, "fields", "import_id")


async def _kept(known: Known, enterprise_id: int | None) -> pl.DataFrame:
    """Read the whole table, or what is kept under the numbers of one enterprise."""
    if enterprise_id is None:
        return await read_table("record_entry", SELECTED, ENTRIES)
    columns = ", ".join(f"{said} AS {name}" for name, said in SELECTED.items())
    return await read_frame(
        f"SELECT {columns} FROM record_entry{about(known, enterprise_id)}",  # noqa: S608  our own names
        ENTRIES,
    )


def _is_followed_by_the_same() -> pl.Expr:
    """Say of rows in order whether the next one speaks of the same record."""
    same = [pl.col(name) == pl.col(name).shift(-1) for name in RECORD]
    return pl.all_horizontal(same).fill_null(value=False)


def records_by_ledger(
    kept: pl.DataFrame, ledgers: dict[str, RecordLedger]
) -> dict[str, pl.DataFrame]:
    """Give the rows that count as `Population.records` has them; a ledger without a row is not here."""
    parts = kept.partition_by("list", as_dict=True, include_key=False)
    return {
        str(key[0]): typed_records(rows, ledgers[str(key[0])])
        for key, rows in parts.items()
        if key[0] in ledgers
    }


def typed_records(rows: pl.DataFrame, ledger: RecordLedger) -> pl.DataFrame:
    """Give "enterprise_id" and the ledger's fields of rows as they are kept; null is not known."""
    columns = record_columns(ledger)
    fields = pl.Struct({name: kind for name, kind in columns.items() if name in ledger.fields})
    read = rows.select("enterprise_id", pl.col("fields").str.json_decode(fields))
    return read.unnest("fields").select(*columns)
