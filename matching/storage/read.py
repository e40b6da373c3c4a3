"""Whole tables out, as columns, in slices so that memory holds little more than the result."""

import asyncio
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import aiosqlite
import asyncpg  # type: ignore[import-untyped]  # ships no types
import polars as pl

from matching.storage.database import engine
from matching.storage.sqlite_engine import PooledSQLiteEngine

SLICE_ROWS = 50_000
SLICE_BYTES = 16 * 1024 * 1024
SEPARATOR = "\x1f"

Schema = Mapping[str, pl.DataType | type[pl.DataType]]
Argument = int | str | date | None

# COPY writes booleans as t and f and times in PostgreSQL's own spelling, SQLite keeps them as 0 and
# 1 and as text; both are read as they come and then made what the caller asked for.
_TIMES = "%Y-%m-%d %H:%M:%S%.f%#z"


async def read_frame(sql: str, schema: Schema, args: Sequence[Argument] = ()) -> pl.DataFrame:
    """Give what a SELECT finds as columns of these types; $1, $2 … in it stand for args.

    The SELECT names its columns as the schema does. Null stays null and empty text empty text.
    Inside a transaction it sees what the transaction sees. Types: integers, floats, String,
    Boolean, Date, Datetime("us", "UTC").
    """
    database = engine()
    if isinstance(database, PooledSQLiteEngine):
        async with database.connection() as connection:
            parts = await _sqlite_parts(connection, sql, schema, args)
    else:
        async with database.connection() as connection:
            parts = await _postgres_parts(connection, sql, schema, args)
    if not parts:
        return pl.DataFrame(schema=dict(schema))
    return pl.concat(parts, rechunk=False)


async def read_table(table: str, columns: Mapping[str, str], schema: Schema) -> pl.DataFrame:
    """Give every row of a table with an "id", as `read_frame` does but faster on SQLite.

    columns  name to SQL expression. Texts must hold no line breaks or control signs, and an empty text
             comes back as null: for codes and figures, not for what people write.
    """
    asked = ", ".join(f'{expression} AS "{name}"' for name, expression in columns.items())
    database = engine()
    if not isinstance(database, PooledSQLiteEngine):
        return await read_frame(f"SELECT {asked} FROM {table}", schema)  # noqa: S608  # our own names
    # SQLite writes lines faster than Python takes cells: one text a slice instead of tuples.
    line = ", ".join(f"coalesce({expression}, '')" for expression in columns.values())
    form = SEPARATOR.join(["%s"] * len(columns))
    lines = (
        f"SELECT group_concat(printf('{form}', {line}), char(10)) FROM {table}"  # noqa: S608
        " WHERE id > ? AND id <= ?"
    )
    parts: list[pl.DataFrame] = []
    async with database.connection() as connection:
        bounds = f"SELECT min(id), max(id) FROM {table}"  # noqa: S608
        async with connection.execute(bounds) as cursor:
            cursor.row_factory = None
            first, last = await cursor.fetchone() or (None, None)
        for start in range((first or 1) - 1, last or 0, SLICE_ROWS):
            async with connection.execute(lines, (start, start + SLICE_ROWS)) as cursor:
                cursor.row_factory = None
                found = await cursor.fetchone()
            if found is not None and found[0] is not None:
                parts.append(await asyncio.to_thread(_frame_of_lines, found[0], schema))
    return pl.concat(parts, rechunk=False) if parts else pl.DataFrame(schema=dict(schema))


def _frame_of_lines(lines: str, schema: Schema) -> pl.DataFrame:
    read_as = _wire_schema(schema, flags=pl.Int8)
    frame = pl.read_csv(
        io.BytesIO(lines.encode()),
        has_header=False,
        schema=read_as,
        separator=SEPARATOR,
        quote_char=None,
    )
    return frame.with_columns(_conversions(schema, flag_is=1))


async def _sqlite_parts(
    connection: aiosqlite.Connection, sql: str, schema: Schema, args: Sequence[Argument]
) -> list[pl.DataFrame]:
    # A unary plus takes the declared type from a column, and with it piccolo's converters, which
    # would run a Python function for each cell.
    columns = ", ".join(f'+"{name}" AS "{name}"' for name in schema)
    plain = f"SELECT {columns} FROM ({sql})"  # noqa: S608  # the caller's own SELECT
    bound = {str(place): value for place, value in enumerate(args, start=1)}
    parts: list[pl.DataFrame] = []
    async with connection.execute(plain, bound) as cursor:
        cursor.row_factory = None
        while rows := list(await cursor.fetchmany(SLICE_ROWS)):
            parts.append(await asyncio.to_thread(_frame_of_rows, rows, schema))
    return parts


def _frame_of_rows(rows: Sequence[Iterable[object]], schema: Schema) -> pl.DataFrame:
    read_as = _wire_schema(schema, flags=pl.Int8)
    columns = zip(read_as.items(), zip(*rows, strict=True), strict=True)
    frame = pl.DataFrame(
        [pl.Series(name, values, dtype=dtype) for (name, dtype), values in columns]
    )
    return frame.with_columns(_conversions(schema, flag_is=1))


async def _postgres_parts(
    connection: asyncpg.Connection, sql: str, schema: Schema, args: Sequence[Argument]
) -> list[pl.DataFrame]:
    parts: list[pl.DataFrame] = []
    waiting = bytearray()

    async def parse() -> None:
        parts.append(await asyncio.to_thread(_frame_of_csv, bytes(waiting), schema))
        waiting.clear()

    async def take(data: bytes) -> None:
        # PostgreSQL sends whole rows, so that a slice may end after any piece.
        waiting.extend(data)
        if len(waiting) >= SLICE_BYTES:
            await parse()

    columns = ", ".join(f'"{name}"' for name in schema)
    named = f"SELECT {columns} FROM ({sql}) AS asked"  # noqa: S608  # the caller's own SELECT
    await connection.copy_from_query(named, *args, output=take, format="csv")
    if waiting:
        await parse()
    return parts


def _frame_of_csv(data: bytes, schema: Schema) -> pl.DataFrame:
    read_as = _wire_schema(schema, flags=pl.String)
    frame = pl.read_csv(io.BytesIO(data), has_header=False, schema=read_as)
    return frame.with_columns(_conversions(schema, flag_is="t"))


def _wire_schema(
    schema: Schema, flags: type[pl.DataType]
) -> dict[str, pl.DataType | type[pl.DataType]]:
    text = (pl.Date, pl.Datetime)
    return {
        name: pl.String if dtype in text else flags if dtype == pl.Boolean else dtype
        for name, dtype in schema.items()
    }


def _conversions(schema: Schema, flag_is: int | str) -> list[pl.Expr]:
    made = []
    for name, dtype in schema.items():
        column = pl.col(name)
        if dtype == pl.Boolean:
            made.append(column == flag_is)
        elif dtype == pl.Date:
            made.append(column.str.to_date("%Y-%m-%d"))
        elif dtype == pl.Datetime:
            made.append(column.str.to_datetime(_TIMES, time_unit="us", time_zone="UTC"))
    return made
