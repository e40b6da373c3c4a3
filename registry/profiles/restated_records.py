"""Which figures counted over records were restated: a record gone, or told otherwise for the same time."""

import polars as pl

from matching.language.records import RecordLedger
from matching.language.vocabulary import Vocabulary
from matching.storage.read import read_frame
from registry.profiles.knowledge import Known
from registry.profiles.lists import read_coverage
from registry.profiles.records import RECORD, read_records, typed_records

RESTATED = {"enterprise_id": pl.Int64, "column": pl.String}


async def restated_figures(before: Known, now: Known, vocabulary: Vocabulary) -> pl.DataFrame:
    """Give enterprise and column of every figure over a ledger of which a record was restated.

    A record is restated where it counted and does not any more, where a sheet of no later a day says something
    else of it, and where one known before is now another enterprise's.
    """
    nothing = pl.DataFrame(schema=RESTATED)
    if not await _may_differ(before, now):
        return nothing
    counted = await _with_days(before)
    counting = await _with_days(now)
    changed = [
        _restated(counted, counting, key, ledger) for key, ledger in vocabulary.records.items()
    ]
    figures = [(fact.derived.ledger, key) for key, fact in vocabulary.facts.items() if fact.derived]
    columns = pl.DataFrame(figures, schema={"list": pl.String, "column": pl.String}, orient="row")
    known_before = before.imports["id"].to_list()
    moved = counting.filter(pl.col("import_id").is_in(known_before)).join(
        counted, on=RECORD, how="anti"
    )
    who = pl.concat([*changed, moved.select("list", "enterprise_id")]).unique()
    return who.join(columns, on="list").select("enterprise_id", "column").unique()


async def _may_differ(before: Known, now: Known) -> bool:
    """Say whether an import with records came or went, or who is whom changed."""
    ids = [set(one.imports["id"].to_list()) for one in (before, now)]
    differing = ", ".join(str(int(number)) for number in ids[0] ^ ids[1])
    if not before.identities.equals(now.identities):
        return True
    if not differing:
        return False
    found = await read_frame(
        f"SELECT min(id) AS id FROM record_entry WHERE import_id IN ({differing})",  # noqa: S608  whole numbers only
        {"id": pl.Int64},
    )
    return bool(found["id"].is_not_null().any())


async def _with_days(known: Known) -> pl.DataFrame:
    days = known.imports.select(pl.col("id").alias("import_id"), "observed_on")
    rows = await read_records(known, await read_coverage(known.imports))
    return rows.join(days, on="import_id", how="left", maintain_order="left")


def _restated(
    counted: pl.DataFrame, counting: pl.DataFrame, key: str, ledger: RecordLedger
) -> pl.DataFrame:
    """Give list and enterprise of the records of one ledger that are gone or told otherwise."""
    old, new = (_fields(rows.filter(pl.col("list") == key), ledger) for rows in (counted, counting))
    both = old.join(new, on=RECORD, how="left", suffix="_now")
    is_gone = pl.col("import_id_now").is_null()
    same_time = pl.col("observed_on_now") <= pl.col("observed_on")
    differs = [
        pl.col(name).is_not_null() & pl.col(name).ne_missing(pl.col(f"{name}_now"))
        for name in ledger.fields
    ]
    restated = both.filter(is_gone | (same_time & pl.any_horizontal(differs)))
    return restated.select("list", "enterprise_id")


def _fields(rows: pl.DataFrame, ledger: RecordLedger) -> pl.DataFrame:
    """Give rows of one ledger with a column a field."""
    typed = typed_records(rows, ledger).drop("enterprise_id")
    return pl.concat([rows.drop("fields"), typed], how="horizontal")
