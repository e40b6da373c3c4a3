"""The queries of the look-up: which names there are, and who a hit is at this moment."""

from datetime import date

import polars as pl

from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.identity.identities import identities_of
from registry.identity.types import JUDGEMENTS

UNDISCLOSED = "undisclosed"
"""The list of enterprises that may not be shown to the public."""

NAMES: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "enterprise_id": pl.Int64,
    "name": pl.String,
}
CODES: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "uscc": pl.String,
}
WHO: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "name": pl.String,
    "uscc": pl.String,
    "created_counts": pl.Boolean,
}
STANDINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "fact": pl.String,
    "text": pl.String,
}
_COUNTS = "NOT EXISTS (SELECT 1 FROM import_undone u WHERE u.import_id = {column})"


async def last_ids() -> tuple[int, int]:
    """Give the highest id of a name and of an enterprise; 0 where there is none.

    Both grow under one lock, in the order they are committed: what is above was not there before.
    """
    sql = (
        "SELECT coalesce((SELECT max(id) FROM enterprise_name), 0) AS name,"
        " coalesce((SELECT max(id) FROM enterprise), 0) AS enterprise"
    )
    found = await read_frame(sql, {"name": pl.Int64, "enterprise": pl.Int64})
    name, enterprise = found.row(0)
    return name, enterprise


async def names_after(last: int) -> pl.DataFrame:
    """Give the names with a higher id: columns of NAMES, in the order of ids."""
    sql = "SELECT id, enterprise_id, name FROM enterprise_name WHERE id > $1 ORDER BY id"
    return await read_frame(sql, NAMES, (last,))


async def names_under(ids: pl.Series) -> pl.DataFrame:
    """Give the names with these ids: columns of NAMES."""
    sql = f"SELECT id, enterprise_id, name FROM enterprise_name WHERE id IN ({unfolded_numbers()}) ORDER BY id"  # noqa: S608  our own words
    return await read_frame(sql, NAMES, (listed(ids),))


async def codes_after(last: int) -> pl.DataFrame:
    """Give the codes of enterprises with a higher id: columns of CODES."""
    sql = "SELECT id AS enterprise_id, uscc FROM enterprise WHERE id > $1 AND uscc IS NOT NULL"
    return await read_frame(sql, CODES, (last,))


async def who_they_are(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give present name and code of enterprises, and whether the import that named them first counts."""
    counts = _COUNTS.format(column="e.created_import")
    sql = (
        f"SELECT e.id AS enterprise_id, e.name, e.uscc, {counts} AS created_counts"  # noqa: S608  our own words
        f" FROM enterprise e WHERE e.id IN ({unfolded_numbers()})"
    )
    return await read_frame(sql, WHO, (listed(enterprise_ids),))


async def names_that_count(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give enterprise_id and name of every name an import that counts has given."""
    counts = _COUNTS.format(column="n.import_id")
    sql = (
        f"SELECT DISTINCT n.enterprise_id, n.name FROM enterprise_name n"  # noqa: S608  our own words
        f" WHERE n.enterprise_id IN ({unfolded_numbers()}) AND {counts}"
    )
    columns = {"enterprise_id": pl.Int64, "name": pl.String}
    return await read_frame(sql, columns, (listed(enterprise_ids),))


async def merged_into(enterprise_ids: pl.Series) -> dict[int, int]:
    """Give which other enterprise each of these was judged to be, for those that were."""
    columns = ", ".join(JUDGEMENTS)
    known = pl.DataFrame(schema=JUDGEMENTS)
    asked = enterprise_ids
    while asked.len():  # as long as somebody leads on to somebody not asked about yet
        found = await read_frame(
            f"SELECT {columns} FROM judgement WHERE subject_id IN ({unfolded_numbers()})",  # noqa: S608  our own names
            JUDGEMENTS,
            (listed(asked),),
        )
        known = pl.concat([known, found]).unique("id")
        further = found["enterprise_id"].drop_nulls().unique()
        asked = further.filter(~further.is_in(known["subject_id"].implode()))
        if found.is_empty():
            break
    return dict(identities_of(known).iter_rows())


async def standings_of(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give place and status of enterprises as last told by an import that counts; untold has no row."""
    counts = _COUNTS.format(column="v.import_id")
    sql = (
        "SELECT v.enterprise_id, v.fact, v.text, v.observed_on, v.id FROM fact_value v"  # noqa: S608  our own words
        f" WHERE v.fact IN ('place', 'status') AND {counts}"
        f" AND v.enterprise_id IN ({unfolded_numbers()})"
    )
    columns = {**STANDINGS, "observed_on": pl.Date, "id": pl.Int64}
    found = await read_frame(sql, columns, (listed(enterprise_ids),))
    newest = found.sort("observed_on", "id").unique(["enterprise_id", "fact"], keep="last")
    return newest.select(*STANDINGS)


async def undisclosed_among(enterprise_ids: pl.Series, on: date) -> set[int]:
    """Give those of these enterprises that may not be shown to the public on a day."""
    counts = _COUNTS.format(column="m.import_id")
    sql = (
        "SELECT m.enterprise_id, m.until_on, m.left_on FROM membership m"  # noqa: S608  our own words
        f" WHERE m.list = '{UNDISCLOSED}' AND {counts}"
        f" AND m.enterprise_id IN ({unfolded_numbers()})"
    )
    columns = {"enterprise_id": pl.Int64, "until_on": pl.Date, "left_on": pl.Date}
    found = await read_frame(sql, columns, (listed(enterprise_ids),))
    over = (pl.col("until_on") < on) | (pl.col("left_on") <= on)
    return set(found.filter(~over.fill_null(value=False))["enterprise_id"].to_list())
