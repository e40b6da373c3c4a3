"""Which data were restated: said again, otherwise, for a time already spoken of."""

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary, column_name
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.profiles.choose import trust
from registry.profiles.knowledge import Knowledge, Known, known
from registry.profiles.lists import read_coverage
from registry.profiles.restated_records import restated_figures
from registry.profiles.restated_relations import restated_by_relations
from registry.profiles.values import SELECT_VALUES, VALUES

KEY = ("enterprise_id", "fact", "period")
CORRECTED = {"enterprise_id": pl.Int64, "column": pl.String}


class _Between(msgspec.Struct, frozen=True, kw_only=True):
    """What counted at a moment, what counts now, and the imports only one of them has."""

    before: Known
    now: Known
    fresh: list[int]
    undone: list[int]


async def corrected_since(
    before: Knowledge, now: Knowledge, vocabulary: Vocabulary
) -> pl.DataFrame:
    """Give enterprise and column of every value that is restated between the two moments.

    A value is restated where another counts now for the same period, or for no later a day, and where
    none counts any more: its import was undone, or its subject judged to be somebody else. A list entry
    is restated where the new whole list no longer has it as it stood, or a merger or split of that time became
    known; a figure counted over records where one of them is.
    """
    counting, counted = await known(now), await known(before)
    known_ids, ids_before = (one.imports["id"].to_list() for one in (counting, counted))
    between = _Between(
        before=counted,
        now=counting,
        fresh=[number for number in known_ids if number not in set(ids_before)],
        undone=[number for number in ids_before if number not in set(known_ids)],
    )
    if not ids_before:
        return pl.DataFrame(schema=CORRECTED)
    then = await known(Knowledge(before.as_of, now.known_at))
    return pl.concat(
        [
            await _restated_values(between, vocabulary),
            await restated_by_relations(counted, then),
            await _restated_entries(between),
            await _moved_values(between),
            await restated_figures(counted, counting, vocabulary),
        ]
    ).unique(maintain_order=True)


async def _restated_values(between: _Between, vocabulary: Vocabulary) -> pl.DataFrame:
    numbers = ", ".join(str(int(number)) for number in between.fresh + between.undone)
    if not numbers:
        return pl.DataFrame(schema=CORRECTED)
    said = await read_frame(
        f"{SELECT_VALUES} WHERE enterprise_id IN"  # noqa: S608  whole numbers only
        f" (SELECT enterprise_id FROM fact_value WHERE import_id IN ({numbers}))",
        VALUES,
    )
    imports = pl.concat([between.now.imports, between.before.imports]).unique("id")
    said = said.filter(pl.col("import_id").is_in(imports["id"].to_list()))
    said = between.now.of_enterprises(said)
    is_fresh = pl.col("import_id").is_in(between.fresh)
    pairs = said.filter(is_fresh).join(
        said.filter(~is_fresh), on=KEY, nulls_equal=True, suffix="_old"
    )
    # Most new values repeat the old ones; which of several counts is asked only where they do not.
    taken_back = said.filter(pl.col("import_id").is_in(between.undone)).select(KEY)
    doubtful = pl.concat([pairs.filter(_differs("_old")).select(KEY), taken_back]).unique()
    found = [pl.DataFrame(schema=CORRECTED)]
    for key, part in doubtful.partition_by("fact", as_dict=True).items():
        fact = vocabulary.facts.get(str(key[0]))
        if fact is None:
            continue
        about = said.join(part, on=KEY, how="semi", nulls_equal=True, maintain_order="left")
        found.append(_restated_fact(about, trust(fact, imports), between))
    return pl.concat(found)


def _restated_fact(said: pl.DataFrame, order: pl.DataFrame, between: _Between) -> pl.DataFrame:
    """Compare what counted of one fact before with what counts now."""
    ordered = (
        said.with_row_index("row")
        .join(order, on="import_id")
        .sort("place", "row", descending=[False, True])
    )
    now, before = (
        ordered.filter(pl.col("import_id").is_in(known.imports["id"].to_list())).unique(
            subset=KEY, keep="first", maintain_order=True
        )
        for known in (between.now, between.before)
    )
    both = before.join(now, on=KEY, how="left", nulls_equal=True, suffix="_now")
    is_gone = pl.col("import_id_now").is_null()
    same_time = pl.col("period").is_not_null() | (
        pl.col("observed_on_now") <= pl.col("observed_on")
    )
    rows = both.filter(is_gone | (_differs("_now") & same_time)).select(KEY)
    names = [column_name(fact, period) for _, fact, period in rows.iter_rows()]
    return pl.DataFrame({"enterprise_id": rows["enterprise_id"], "column": names}, schema=CORRECTED)


def _differs(other: str) -> pl.Expr:
    return ~(
        pl.col("number").eq_missing(pl.col(f"number{other}"))
        & pl.col("text").eq_missing(pl.col(f"text{other}"))
    )


async def _restated_entries(between: _Between) -> pl.DataFrame:
    """Give enterprise and list where a whole list was renewed, or undone, and no longer has the entry."""
    if not (between.fresh or between.undone):
        return pl.DataFrame(schema=CORRECTED)
    found = await read_frame(
        "SELECT enterprise_id, list, from_on, import_id FROM membership",
        {"enterprise_id": pl.Int64, "list": pl.String, "from_on": pl.Date, "import_id": pl.Int64},
    )
    entries = between.now.of_enterprises(found)
    newest = await read_coverage(between.before.imports)
    renewed = await read_coverage(between.now.imports)
    changed = newest.join(renewed, on=["list", "import_id"], how="anti")
    old = entries.join(changed, on=["list", "import_id"], how="semi")
    new = pl.concat(
        [
            entries.filter(pl.col("import_id").is_in(between.fresh)),
            entries.join(renewed, on=["list", "import_id"], how="semi"),
        ]
    )
    gone = old.join(new, on=["enterprise_id", "list", "from_on"], how="anti", nulls_equal=True)
    return gone.select("enterprise_id", pl.col("list").alias("column")).unique()


async def _moved_values(between: _Between) -> pl.DataFrame:
    """Give every column of subjects that were known before and are another enterprise now: on both sides."""
    now, before = between.now.identities, between.before.identities
    moved = pl.concat(
        [
            now.join(before, on=now.columns, how="anti"),
            before.join(now, on=now.columns, how="anti"),
        ]
    )
    if moved.is_empty():
        return pl.DataFrame(schema=CORRECTED)
    said = await read_frame(
        f"{SELECT_VALUES} WHERE enterprise_id IN ({unfolded_numbers()})",
        VALUES,
        [listed(moved["subject_id"])],
    )
    known_before = said.filter(pl.col("import_id").is_in(between.before.imports["id"].to_list()))
    sides = [
        one.of_enterprises(known_before).select("enterprise_id", "fact", "period")
        for one in (between.before, between.now)
    ]
    rows = pl.concat(sides).unique(maintain_order=True)
    names = [column_name(fact, period) for _, fact, period in rows.iter_rows()]
    return pl.DataFrame({"enterprise_id": rows["enterprise_id"], "column": names}, schema=CORRECTED)
