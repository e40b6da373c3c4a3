"""The profiles of all enterprises as columns, as of a day, as known at a moment."""

from collections.abc import Sequence

import polars as pl

from matching.engine.population import Population
from matching.language.vocabulary import Vocabulary, fact_of_column
from matching.storage.read import read_frame, read_table
from registry.enterprises.store import listed, unfolded_numbers
from registry.profiles.choose import chosen, trust
from registry.profiles.knowledge import Knowledge, Known, known
from registry.profiles.lists import (
    coverage_days,
    read_awards,
    read_coverage,
    read_evidence,
    read_memberships,
    read_uses,
)
from registry.profiles.records import read_records, records_by_ledger

STATEMENTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "import_id": pl.Int64,
}
STATED = {
    "enterprise_id": "enterprise_id",
    "column": "fact || coalesce('@' || period, '')",
    "value": """coalesce("text", CAST("number" AS varchar))""",
    "import_id": "import_id",
}
SELECT_STATEMENTS = (
    "SELECT "  # noqa: S608  our own names
    + ", ".join(f'{said} AS "{name}"' for name, said in STATED.items())
    + " FROM fact_value"
)


async def load_population(knowledge: Knowledge, vocabulary: Vocabulary) -> Population:
    """Read every enterprise known by then with the values that count."""
    counting = await known(knowledge)
    ids = await _enterprise_ids(counting)
    values = counting.of_enterprises(await read_table("fact_value", STATED, STATEMENTS))
    frame = wide_frame(ids, values, counting.imports, vocabulary)
    return await _with_lists(frame, counting, vocabulary)


async def renew_population(
    base: Population, before: Knowledge, now: Knowledge, vocabulary: Vocabulary
) -> Population:
    """Give the same as `load_population(now)`, reading only enterprises touched since.

    Touched is who an import speaks of since, and who was judged to be somebody else.

    base  what `load_population(before)` gave; a run keeps it frozen.
    """
    counting, counted = await known(now), await known(before)
    ids_before = counted.imports["id"].to_list()
    fresh = counting.imports.filter(~pl.col("id").is_in(ids_before))["id"].to_list()
    if counted.imports.filter(~pl.col("id").is_in(counting.imports["id"].to_list())).height:
        # Back in time, or an import was undone: what it said is in the base and cannot be kept.
        return await load_population(now, vocabulary)
    ids = await _enterprise_ids(counting)
    subjects = await _touched(fresh)
    touched = _enterprises_of(subjects, counting, counted)
    further = _further(touched, subjects, counting)
    values = counting.of_enterprises(await _values_of(fresh, further))
    here = pl.DataFrame({"enterprise_id": ids})
    untouched = here.join(touched.to_frame(), on="enterprise_id", how="anti")
    kept = base.frame.join(untouched, on="enterprise_id", how="semi", maintain_order="left")
    again = here.join(kept.select("enterprise_id"), on="enterprise_id", how="anti")
    renewed = wide_frame(again["enterprise_id"].sort(), values, counting.imports, vocabulary)
    frame = pl.concat([kept, renewed], how="diagonal").sort("enterprise_id")
    return await _with_lists(_in_order(frame), counting, vocabulary)


async def _with_lists(frame: pl.DataFrame, counting: Known, vocabulary: Vocabulary) -> Population:
    coverage = await read_coverage(counting.imports)
    return Population(
        frame=frame,
        memberships=(await read_memberships(counting, coverage)).drop("import_id", "origin_id"),
        awards=(await read_awards(counting, coverage)).drop("import_id", "origin_id"),
        relations=counting.ties,
        evidence=await read_evidence(counting, coverage),
        uses=await read_uses(counting, coverage),
        records=records_by_ledger(await read_records(counting, coverage), vocabulary.records),
        coverage=coverage_days(coverage),
    )


async def _enterprise_ids(counting: Known) -> pl.Series:
    """Give every enterprise an import that counts has named, without those that are another one."""
    imports = counting.imports["id"].to_list()
    columns = {"id": "id", "created_import": "created_import"}
    found = await read_table("enterprise", columns, {"id": pl.Int64, "created_import": pl.Int64})
    is_known = pl.col("created_import").is_in(imports)
    orphans = found.filter(~is_known)
    # Their first import does not count, or no more; a later one may have named them all the same.
    named = await read_frame(
        f"SELECT enterprise_id, import_id FROM enterprise_name WHERE enterprise_id IN ({unfolded_numbers()})",  # noqa: S608  our own words
        {"enterprise_id": pl.Int64, "import_id": pl.Int64},
        [listed(orphans["id"])],
    )
    again = named.filter(pl.col("import_id").is_in(imports))["enterprise_id"]
    ids = pl.concat([found.filter(is_known)["id"], again]).unique()
    elsewhere = counting.identities["subject_id"]
    return ids.filter(~ids.is_in(elsewhere.implode())).sort().alias("enterprise_id")


async def _touched(imports: Sequence[int]) -> pl.Series:
    """Give the subjects these imports speak of, or name first: of those, older sheets may have spoken before."""
    found = await read_frame(_asked_of(imports), {"enterprise_id": pl.Int64})
    return found["enterprise_id"]


def _enterprises_of(subjects: pl.Series, counting: Known, counted: Known) -> pl.Series:
    """Give the enterprises those subjects are, and both sides of every judgement that is new or taken back."""
    spoken_of = counting.of_enterprises(subjects.to_frame())["enterprise_id"]
    now, before = counting.identities, counted.identities
    both = list(now.columns)
    moved = pl.concat(
        [now.join(before, on=both, how="anti"), before.join(now, on=both, how="anti")]
    )
    sides = pl.concat([moved["subject_id"], moved["enterprise_id"]])
    everyone = pl.concat([spoken_of, sides.alias("enterprise_id")]).unique()
    return everyone.filter(everyone > 0)


def _further(touched: pl.Series, subjects: pl.Series, counting: Known) -> pl.Series:
    """Give the numbers values of touched enterprises are kept under besides the subjects spoken of."""
    merged = counting.identities.filter(pl.col("enterprise_id").is_in(touched.implode()))
    numbers = pl.concat([touched, merged["subject_id"].alias("enterprise_id")])
    return numbers.filter(~numbers.is_in(subjects.implode()))


async def _values_of(imports: Sequence[int], further: pl.Series) -> pl.DataFrame:
    """Give all values of subjects these imports speak of, and of further ones.

    The database joins: only the few that were judged are sent.
    """
    if not imports and further.is_empty():
        return pl.DataFrame(schema=STATEMENTS)
    asked = (
        f"{SELECT_STATEMENTS} WHERE enterprise_id IN"
        f" ({_asked_of(imports)} UNION {unfolded_numbers()})"
    )
    return await read_frame(asked, STATEMENTS, [listed(further)])


def _asked_of(imports: Sequence[int]) -> str:
    numbers = ", ".join(str(int(number)) for number in imports) or "NULL"
    return (
        f"SELECT enterprise_id FROM fact_value WHERE import_id IN ({numbers})"  # noqa: S608  whole numbers only
        f" UNION SELECT id FROM enterprise WHERE created_import IN ({numbers})"
        f" UNION SELECT enterprise_id FROM enterprise_name WHERE import_id IN ({numbers})"
    )


def wide_frame(
    ids: pl.Series, values: pl.DataFrame, imports: pl.DataFrame, vocabulary: Vocabulary
) -> pl.DataFrame:
    """Put statements (columns of STATEMENTS) into one column a fact and period, one row an enterprise."""
    known = values.filter(pl.col("import_id").is_in(imports["id"].to_list()))
    known = known.with_columns(pl.col("column").cast(pl.Categorical))
    columns: list[pl.Series] = []
    for key, part in known.partition_by("column", as_dict=True, include_key=False).items():
        name = str(key[0])
        declared = vocabulary.facts.get(fact_of_column(name)[0])
        if declared is None:
            continue  # a fact of an older vocabulary: kept in the database, no longer spoken of
        best = chosen(part, trust(declared, imports))
        columns.append(_column(name, declared.kind, best, ids))
    return _in_order(pl.DataFrame([ids, *columns]))


def _column(name: str, kind: str, best: pl.DataFrame, ids: pl.Series) -> pl.Series:
    match kind:
        case "flag":
            said = best["value"] != "0"
        case "date":
            said = best["value"].str.to_date("%Y-%m-%d")
        case "code":
            said = best["value"]
        case _:
            said = best["value"].cast(pl.Int64)
    # Ids ascend, so a row is found by halving; statements about nobody known by then fall out.
    placed = pl.DataFrame({"id": best["enterprise_id"], "said": said})
    placed = placed.with_columns(row=ids.search_sorted(placed["id"])).filter(
        pl.col("row") < len(ids)
    )
    placed = placed.filter(ids.gather(placed["row"]) == pl.col("id"))
    empty = pl.repeat(None, len(ids), dtype=said.dtype, eager=True)
    return empty.scatter(placed["row"], placed["said"]).alias(name)


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the columns by name, so that the same knowledge is the same frame however it was read."""
    names = sorted(name for name in frame.columns if name != "enterprise_id")
    filled = [name for name in names if frame[name].null_count() < frame.height]
    return frame.select("enterprise_id", *filled)
