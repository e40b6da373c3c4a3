"""The profiles of all enterprises as columns, as of a day, as known at a moment."""

from collections.abc import Sequence

import polars as pl

from matching.engine.population import Population
from matching.language.vocabulary import Vocabulary, column_name
from matching.storage.read import read_frame
from registry.profiles.choose import chosen, ranked
from registry.profiles.knowledge import Knowledge, imports_known
from registry.profiles.lists import coverage_days, read_awards, read_coverage, read_memberships

VALUES = {
    "enterprise_id": pl.Int64,
    "fact": pl.String,
    "period": pl.String,
    "number": pl.Int64,
    "text": pl.String,
    "observed_on": pl.Date,
    "import_id": pl.Int64,
}
SELECT_VALUES = (
    "SELECT enterprise_id, fact, period, number, text, observed_on, import_id FROM fact_value"
)


async def load_population(knowledge: Knowledge, vocabulary: Vocabulary) -> Population:
    """Read every enterprise known by then with the values that count."""
    imports = await imports_known(knowledge)
    ids = await _enterprise_ids(imports)
    values = await read_frame(SELECT_VALUES, VALUES)
    frame = wide_frame(ids, values, imports, vocabulary)
    return await _with_lists(frame, imports)


async def renew_population(
    base: Population, before: Knowledge, now: Knowledge, vocabulary: Vocabulary
) -> Population:
    """Give the same as `load_population(now)`, reading only enterprises that an import has touched since.

    base  what `load_population(before)` gave; a run keeps it frozen.
    """
    known, known_before = await imports_known(now), await imports_known(before)
    fresh = known.filter(~pl.col("id").is_in(known_before["id"].to_list()))
    if known_before.filter(~pl.col("id").is_in(known["id"].to_list())).height:
        return await load_population(now, vocabulary)  # going back in time: nothing can be kept
    ids = await _enterprise_ids(known)
    touched = await _touched(fresh["id"].to_list())
    values = await _values_of(touched, fresh["id"].to_list())
    here = pl.DataFrame({"enterprise_id": ids})
    again = pl.DataFrame({"enterprise_id": touched})
    renewed = wide_frame(
        here.join(again, on="enterprise_id", how="semi").to_series(), values, known, vocabulary
    )
    kept = base.frame.join(again, on="enterprise_id", how="anti", maintain_order="left")
    added = here.join(again, on="enterprise_id", how="anti").join(
        kept.select("enterprise_id"), on="enterprise_id", how="anti"
    )
    frame = pl.concat([kept, renewed, added], how="diagonal").sort("enterprise_id")
    return await _with_lists(_in_order(frame), known)


async def _with_lists(frame: pl.DataFrame, imports: pl.DataFrame) -> Population:
    coverage = await read_coverage(imports)
    return Population(
        frame=frame,
        memberships=(await read_memberships(imports, coverage)).drop("import_id"),
        awards=(await read_awards(imports, coverage)).drop("import_id"),
        coverage=coverage_days(coverage),
    )


async def _enterprise_ids(imports: pl.DataFrame) -> pl.Series:
    found = await read_frame(
        "SELECT id, created_import FROM enterprise", {"id": pl.Int64, "created_import": pl.Int64}
    )
    known = found.filter(pl.col("created_import").is_in(imports["id"].to_list()))
    return known["id"].sort().alias("enterprise_id")


async def _touched(imports: Sequence[int]) -> pl.Series:
    found = pl.Series("enterprise_id", [], dtype=pl.Int64)
    for import_id in imports:
        part = await read_frame(
            "SELECT DISTINCT enterprise_id FROM fact_value WHERE import_id = $1",
            {"enterprise_id": pl.Int64},
            (import_id,),
        )
        found = pl.concat([found, part["enterprise_id"]])
    return found.unique().sort()


async def _values_of(touched: pl.Series, imports: Sequence[int]) -> pl.DataFrame:
    """Give all values of enterprises that these imports touched; the database joins, no list is sent."""
    if touched.is_empty():
        return pl.DataFrame(schema=VALUES)
    numbers = ", ".join(str(int(number)) for number in imports)
    return await read_frame(
        f"{SELECT_VALUES} WHERE enterprise_id IN"  # noqa: S608  whole numbers only
        f" (SELECT enterprise_id FROM fact_value WHERE import_id IN ({numbers}))",
        VALUES,
    )


def wide_frame(
    ids: pl.Series, values: pl.DataFrame, imports: pl.DataFrame, vocabulary: Vocabulary
) -> pl.DataFrame:
    """Put long values into one column a fact and period, one row an enterprise."""
    best = chosen(ranked(values, imports, vocabulary))
    rows = pl.DataFrame({"enterprise_id": ids}).with_row_index("row")
    best = best.join(rows, on="enterprise_id", how="inner", maintain_order="none")
    columns: list[pl.Series] = []
    for key, part in best.partition_by("fact", "period", as_dict=True).items():
        fact, period = key
        declared = vocabulary.facts.get(str(fact))
        if declared is None:
            continue  # a fact of an older vocabulary: kept in the database, no longer spoken of
        name = column_name(declared.key, None if period is None else str(period))
        columns.append(_column(name, declared.kind, part, len(ids)))
    return _in_order(pl.DataFrame([ids, *columns]))


def _column(name: str, kind: str, part: pl.DataFrame, height: int) -> pl.Series:
    match kind:
        case "flag":
            said = part["number"] != 0
        case "date":
            said = part["text"].str.to_date("%Y-%m-%d")
        case "code":
            said = part["text"]
        case _:
            said = part["number"]
    rows = pl.DataFrame({"row": part["row"], "said": said})
    empty = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    return empty.join(rows, on="row", how="left", maintain_order="left")["said"].alias(name)


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the columns by name, so that the same knowledge is the same frame however it was read."""
    names = sorted(name for name in frame.columns if name != "enterprise_id")
    filled = [name for name in names if frame[name].null_count() < frame.height]
    return frame.select("enterprise_id", *filled)
