"""Which data were restated: said again, otherwise, for a time already spoken of."""

import polars as pl

from matching.language.vocabulary import column_name
from matching.storage.read import read_frame
from registry.profiles.knowledge import Knowledge, imports_known
from registry.profiles.lists import read_coverage
from registry.profiles.values import SELECT_VALUES, VALUES

CORRECTED = {"enterprise_id": pl.Int64, "column": pl.String}


async def corrected_since(before: Knowledge, now: Knowledge) -> pl.DataFrame:
    """Give enterprise and column of every value that a new import restates.

    A new value restates an old one where it speaks of the same period, or of no later a day, and
    differs. A list entry is restated where the new whole list no longer has it as it stood.
    """
    known, known_before = await imports_known(now), await imports_known(before)
    fresh = known.filter(~pl.col("id").is_in(known_before["id"].to_list()))["id"].to_list()
    if not fresh or known_before.is_empty():
        return pl.DataFrame(schema=CORRECTED)
    return pl.concat(
        [
            await _restated_values(fresh, known_before["id"].to_list()),
            await _restated_entries(fresh, known_before),
        ]
    ).unique(maintain_order=True)


async def _restated_values(fresh: list[int], earlier: list[int]) -> pl.DataFrame:
    numbers = ", ".join(str(int(number)) for number in fresh)
    values = await read_frame(
        f"{SELECT_VALUES} WHERE enterprise_id IN"  # noqa: S608  whole numbers only
        f" (SELECT enterprise_id FROM fact_value WHERE import_id IN ({numbers}))",
        VALUES,
    )
    new = values.filter(pl.col("import_id").is_in(fresh))
    old = values.filter(pl.col("import_id").is_in(earlier))
    pairs = new.join(old, on=["enterprise_id", "fact", "period"], nulls_equal=True, suffix="_old")
    differs = ~(
        pl.col("number").eq_missing(pl.col("number_old"))
        & pl.col("text").eq_missing(pl.col("text_old"))
    )
    restates = pl.col("period").is_not_null() | (pl.col("observed_on") <= pl.col("observed_on_old"))
    rows = pairs.filter(differs & restates).select("enterprise_id", "fact", "period").unique()
    names = [column_name(fact, period) for _, fact, period in rows.iter_rows()]
    return pl.DataFrame({"enterprise_id": rows["enterprise_id"], "column": names}, schema=CORRECTED)


async def _restated_entries(fresh: list[int], known_before: pl.DataFrame) -> pl.DataFrame:
    entries = await read_frame(
        "SELECT enterprise_id, list, from_on, import_id FROM membership",
        {"enterprise_id": pl.Int64, "list": pl.String, "from_on": pl.Date, "import_id": pl.Int64},
    )
    coverage = await read_frame(
        "SELECT import_id, list FROM list_coverage", {"import_id": pl.Int64, "list": pl.String}
    )
    renewed = coverage.filter(pl.col("import_id").is_in(fresh)).select("list").unique()
    newest = (await read_coverage(known_before)).join(renewed, on="list", how="semi")
    new = entries.filter(pl.col("import_id").is_in(fresh))
    old = entries.join(newest, on=["list", "import_id"], how="semi")
    gone = old.join(new, on=["enterprise_id", "list", "from_on"], how="anti", nulls_equal=True)
    return gone.select("enterprise_id", pl.col("list").alias("column")).unique()
