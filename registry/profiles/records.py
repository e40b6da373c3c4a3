"""Ledgers of records out of the imports that count, as columns of the types facts.yml declares."""

import polars as pl

from matching.engine.records import record_columns
from matching.language.records import RecordLedger
from matching.storage.read import read_frame
from registry.profiles.knowledge import Known
from registry.profiles.lists import about, counting

ENTRIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "enterprise_id": pl.Int64,
    "list": pl.String,
    "number": pl.String,
    "fields": pl.String,
    "import_id": pl.Int64,
}
RECORD = ("list", "enterprise_id", "number")
"""What makes two rows speak of one record of one enterprise."""


async def read_records(
    known: Known, coverage: pl.DataFrame, enterprise_id: int | None = None
) -> pl.DataFrame:
    """Give the rows that count: list, enterprise_id, number, fields as they are kept, import_id.

    They count as entries of lists do: those of the newest whole ledger, and of partial sheets after its day.
    Of several rows about one record of one enterprise the newest says what is so.
    """
    found = await read_frame(
        "SELECT id, enterprise_id, ledger AS list, number, fields, import_id"  # noqa: S608  fixed text
        f" FROM record_entry{about(known, enterprise_id)}",
        ENTRIES,
    )
    days = known.imports.select(pl.col("id").alias("import_id"), "observed_on")
    kept = counting(known.of_enterprises(found), known, coverage)
    newest_last = kept.join(days, on="import_id").sort("observed_on", "import_id", "id")
    return (
        newest_last.unique(subset=RECORD, keep="last", maintain_order=True)
        .sort(RECORD)
        .select(*RECORD, "fields", "import_id")
    )


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
