"""Who stands for an enterprise, where it sits and how it is called, as the register's sheets have said.

Told to link rows and to let a person judge them, and for nothing else: persons' names and numbers are no facts.
"""

from datetime import date

import polars as pl

from matching.storage.bulk import insert_rows
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.enterprises.tables import EnterpriseWhereabouts

WHEREABOUTS = ("legal_representative", "address", "phone")
"""What a statement holds; null: the sheet did not say it."""

STATED = {
    "enterprise_id": pl.Int64,
    "datum": pl.String,
    "stated": pl.String,
    "observed_on": pl.Date,
    "import_id": pl.Int64,
}
"""Columns of `all_stated`."""


async def add_whereabouts(said: pl.DataFrame, observed_on: date, import_id: int) -> None:
    """Note what a register's sheet says: rows of enterprise_id and WHEREABOUTS; who says nothing is left out."""
    told = said.filter(pl.any_horizontal(pl.col(*WHEREABOUTS).is_not_null()))
    await insert_rows(
        EnterpriseWhereabouts,
        ("enterprise_id", *WHEREABOUTS, "observed_on", "import_id"),
        (
            (*row, observed_on, import_id)
            for row in told.select("enterprise_id", *WHEREABOUTS).iter_rows()
        ),
    )


async def newest_of_each(numbers: pl.Series) -> pl.DataFrame:
    """Give enterprise_id, uscc, and the newest place and WHEREABOUTS that count, of what is kept under each number.

    An empty cell says nothing: what was told before stays.
    """
    newest = ", ".join(
        f"(SELECT s.{column} FROM {table} s WHERE s.enterprise_id = e.id AND {which} s.{column} IS NOT NULL"  # noqa: S608  our own words
        f" AND s.import_id NOT IN ({_UNDONE}) ORDER BY s.observed_on DESC, s.import_id DESC, s.id DESC"
        f" LIMIT 1) AS {datum}"
        for datum, (table, column, which) in _KEPT.items()
    )
    return await read_frame(
        f"SELECT e.id AS enterprise_id, e.uscc, {newest} FROM enterprise e WHERE e.id IN ({unfolded_numbers()})",  # noqa: S608  our own words
        {"enterprise_id": pl.Int64, "uscc": pl.String, **dict.fromkeys(_KEPT, pl.String)},
        [listed(numbers)],
    )


async def all_stated(numbers: pl.Series) -> pl.DataFrame:
    """Give STATED: all that counts of what is kept under these numbers, the oldest first; for few of them."""
    parts = (
        f"SELECT enterprise_id, '{datum}' AS datum, {column} AS stated, observed_on, import_id FROM {table} s"  # noqa: S608  our own words
        f" WHERE {which} {column} IS NOT NULL AND enterprise_id IN ({unfolded_numbers()})"
        f" AND import_id NOT IN ({_UNDONE})"
        for datum, (table, column, which) in _KEPT.items()
    )
    found = await read_frame(" UNION ALL ".join(parts), STATED, [listed(numbers)])
    return found.sort("observed_on", "import_id", maintain_order=True)


_UNDONE = "SELECT import_id FROM import_undone"
_KEPT = {
    "place": ("fact_value", '"text"', "s.fact = 'place' AND"),
    **{one: ("enterprise_whereabouts", one, "") for one in WHEREABOUTS},
}
"""Each datum: the table it is kept in, its column there, and which rows of that table say it."""
