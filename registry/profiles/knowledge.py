"""Which imports count: true on a day, known at a moment."""

from datetime import UTC, date, datetime

import msgspec
import polars as pl

from matching.storage.read import read_frame

IMPORTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "file_name": pl.String,
    "department": pl.String,
    "observed_on": pl.Date,
    "recorded_at": pl.Datetime("us", "UTC"),
}


class Knowledge(msgspec.Struct, frozen=True):
    """The two time axes: facts true on `as_of`, as far as they were recorded by `known_at`."""

    as_of: date
    known_at: datetime


async def imports_known(knowledge: Knowledge) -> pl.DataFrame:
    """Give the imports that count: id, file_name, department, observed_on, recorded_at."""
    found = await read_frame(
        "SELECT id, file_name, department, observed_on, recorded_at FROM import", IMPORTS
    )
    known_at = knowledge.known_at.astimezone(UTC)  # columns of different zones do not compare
    return found.filter(
        pl.col("observed_on") <= knowledge.as_of, pl.col("recorded_at") <= known_at
    ).sort("id")
