"""Millions of rows in, at the speed of the driver and in bounded memory."""

from collections.abc import Iterable, Iterator, Sequence

from piccolo.table import Table

from matching.storage.database import engine
from matching.storage.errors import translated
from matching.storage.sqlite_engine import PooledSQLiteEngine

Cell = object
"""What the driver takes for the column: int, str, bool, bytes, date, datetime or None."""


async def insert_rows(
    table: type[Table], columns: Sequence[str], rows: Iterable[tuple[Cell, ...]]
) -> int:
    """Insert the rows in the current transaction, or in one of its own; gives their number.

    Columns that are not named take the database's default. Rows are taken from the iterator one by
    one, on another thread where the database is SQLite.
    """
    database = engine()
    name = table._meta.tablename  # noqa: SLF001
    counted = _Counted(rows)
    with translated():
        if isinstance(database, PooledSQLiteEngine):
            places = ", ".join("?" * len(columns))
            quoted = ", ".join(f'"{column}"' for column in columns)
            insert = f'INSERT INTO "{name}" ({quoted}) VALUES ({places})'  # noqa: S608  # our own names
            async with database.transaction(), database.connection() as connection:
                await connection.executemany(insert, counted)
        else:
            async with database.transaction(), database.connection() as connection:
                await connection.copy_records_to_table(name, records=counted, columns=columns)
    return counted.number


async def next_ids(table: type[Table], count: int) -> range:
    """Reserve ids for that many new rows; call it in the transaction that inserts them.

    Others that insert into the table wait until that transaction ends, as SQLite has it anyway:
    reserve before the transaction's first insert into the table, or two may wait for each other.
    """
    database = engine()
    if not database.transaction_exists():
        raise RuntimeError("next_ids reserves for the current transaction, and there is none")
    meta = table._meta  # noqa: SLF001
    name, key = meta.tablename, meta.primary_key._meta.db_column_name  # noqa: SLF001
    if count == 0:
        return range(0)
    if isinstance(database, PooledSQLiteEngine):
        last = await table.raw(f'SELECT coalesce(max("{key}"), 0) AS last FROM "{name}"')  # noqa: S608
        first = int(last[0]["last"]) + 1
    else:
        # Between nextval and setval nobody else may draw a number: an INSERT locks before it draws.
        await table.raw(f'LOCK TABLE "{name}" IN SHARE ROW EXCLUSIVE MODE')
        drawn = await table.raw(
            "SELECT setval(seq, nextval(seq) + {}) AS last"  # noqa: S608
            f" FROM pg_get_serial_sequence('\"{name}\"', '{key}') AS seq",
            count - 1,
        )
        first = int(drawn[0]["last"]) - count + 1
    return range(first, first + count)


class _Counted:
    """Counts what goes through, since COPY and executemany do not say it alike."""

    def __init__(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        self.number = 0
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        for row in self._rows:
            self.number += 1
            yield row
