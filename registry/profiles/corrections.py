"""Which data were restated: said again, otherwise, for a time already spoken of."""

import polars as pl

from matching.language.vocabulary import Vocabulary, column_name
from matching.storage.read import read_frame
from registry.profiles.choose import trust
from registry.profiles.knowledge import Knowledge, imports_known
from registry.profiles.lists import read_coverage
from registry.profiles.values import SELECT_VALUES, VALUES

KEY = ("enterprise_id", "fact", "period")
CORRECTED = {"enterprise_id": pl.Int64, "column": pl.String}


async def corrected_since(
    before: Knowledge, now: Knowledge, vocabulary: Vocabulary
) -> pl.DataFrame:
    """Give enterprise and column of every value that is restated between the two moments.

    A value is restated where another counts now for the same period, or for no later a day. A list entry
    is restated where the new whole list no longer has it as it stood.
    """
    known, known_before = await imports_known(now), await imports_known(before)
    fresh = known.filter(~pl.col("id").is_in(known_before["id"].to_list()))["id"].to_list()
    if not fresh or known_before.is_empty():
        return pl.DataFrame(schema=CORRECTED)
    return pl.concat(
        [
            await _restated_values(known, fresh, vocabulary),
            await _restated_entries(fresh, known_before),
        ]
    ).unique(maintain_order=True)


async def _restated_values(
    known: pl.DataFrame, fresh: list[int], vocabulary: Vocabulary
) -> pl.DataFrame:
    numbers = ", ".join(str(int(number)) for number in fresh)
    said = await read_frame(
        f"{SELECT_VALUES} WHERE enterprise_id IN"  # noqa: S608  whole numbers only
        f" (SELECT enterprise_id FROM fact_value WHERE import_id IN ({numbers}))",
        VALUES,
    )
    said = said.filter(pl.col("import_id").is_in(known["id"].to_list()))
    is_fresh = pl.col("import_id").is_in(fresh)
    pairs = said.filter(is_fresh).join(
        said.filter(~is_fresh), on=KEY, nulls_equal=True, suffix="_old"
    )
    # Most new values repeat the old ones; which of several counts is asked only where they do not.
    doubtful = pairs.filter(_differs("_old")).select(KEY).unique()
    found = [pl.DataFrame(schema=CORRECTED)]
    for key, part in doubtful.partition_by("fact", as_dict=True).items():
        fact = vocabulary.facts.get(str(key[0]))
        if fact is None:
            continue
        about = said.join(part, on=KEY, how="semi", nulls_equal=True, maintain_order="left")
        found.append(_restated_fact(about, trust(fact, known), fresh))
    return pl.concat(found)


def _restated_fact(said: pl.DataFrame, order: pl.DataFrame, fresh: list[int]) -> pl.DataFrame:
    """Compare what counted of one fact before the fresh imports with what counts now."""
    ordered = (
        said.with_row_index("row")
        .join(order, on="import_id")
        .sort("place", "row", descending=[False, True])
    )
    now, before = (
        statements.unique(subset=KEY, keep="first", maintain_order=True)
        for statements in (ordered, ordered.filter(~pl.col("import_id").is_in(fresh)))
    )
    both = now.join(before, on=KEY, nulls_equal=True, suffix="_before")
    same_time = pl.col("period").is_not_null() | (
        pl.col("observed_on") <= pl.col("observed_on_before")
    )
    rows = both.filter(_differs("_before") & same_time).select(KEY)
    names = [column_name(fact, period) for _, fact, period in rows.iter_rows()]
    return pl.DataFrame({"enterprise_id": rows["enterprise_id"], "column": names}, schema=CORRECTED)


def _differs(other: str) -> pl.Expr:
    return ~(
        pl.col("number").eq_missing(pl.col(f"number{other}"))
        & pl.col("text").eq_missing(pl.col(f"text{other}"))
    )


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
