"""What an import says beside what counted without it: value by value, in slices of enterprises."""

from collections.abc import Callable
from typing import Literal

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.profiles.choose import trust
from registry.profiles.knowledge import Known
from registry.profiles.values import SELECT_VALUES, VALUES

SLICE = 20_000
"""Enterprises read at once."""

Kind = Literal["new", "changed", "conflict", "same"]
"""`new`: nothing was known. `changed`: another value counted, and now this one. `conflict`: another value
counts and goes on counting. `same`: the value that counted is repeated."""

KEY = ("enterprise_id", "fact", "period")
COUNTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "fact": pl.String,
    "period": pl.String,
    "kind": pl.String,
    "count": pl.Int64,
}
SAMPLES: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "fact": pl.String,
    "period": pl.String,
    "kind": pl.String,
    "number": pl.Int64,
    "text": pl.String,
    "number_old": pl.Int64,
    "text_old": pl.String,
    "import_old": pl.Int64,
}
Progress = Callable[[int, int], None]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """How the values of an import stand to what counted without it.

    counts   columns of COUNTS.
    samples  columns of SAMPLES: the first few of each fact, period and kind; of `same`, none. Values stand in
             stored form; `_old` is what counted without the import, and import_old where that came from.
    """

    counts: pl.DataFrame
    samples: pl.DataFrame


async def compare_values(
    import_id: int, known: Known, vocabulary: Vocabulary, shown: int, progress: Progress
) -> Compared:
    """Compare an import that `known` counts already; `shown` is how many samples are kept of each sort.

    Values of a stand-in nobody has identified say nothing of an enterprise, and are not among them.
    """
    subjects = await read_frame(
        "SELECT DISTINCT enterprise_id FROM fact_value WHERE import_id = $1",
        {"enterprise_id": pl.Int64},
        [import_id],
    )
    spoken = await read_frame(
        "SELECT DISTINCT fact FROM fact_value WHERE import_id = $1",
        {"fact": pl.String},
        [import_id],
    )
    facts = [key for key in spoken["fact"].sort() if key in vocabulary.facts]
    ids = known.of_enterprises(subjects)["enterprise_id"].unique().sort()
    orders = [
        trust(vocabulary.facts[key], known.imports).with_columns(fact=pl.lit(key)) for key in facts
    ]
    counts, samples = [pl.DataFrame(schema=COUNTS)], [pl.DataFrame(schema=SAMPLES)]
    for start in range(0, len(ids), SLICE):
        some = ids.slice(start, SLICE)
        judged = _judged(await _said(some, facts, known), pl.concat(orders), import_id)
        counts.append(_counted(judged))
        samples.append(_first(pl.concat([samples.pop(), _shown(judged)]), shown))
        progress(start + len(some), len(ids))
    summed = pl.concat(counts).group_by("fact", "period", "kind").agg(pl.col("count").sum())
    return Compared(
        counts=summed.select(*COUNTS).sort("fact", "period", "kind", nulls_last=True),
        samples=samples[0],
    )


async def _said(ids: pl.Series, facts: list[str], known: Known) -> pl.DataFrame:
    """Give all that counts of these facts about some enterprises."""
    merged = known.identities.filter(pl.col("enterprise_id").is_in(ids.implode()))["subject_id"]
    numbers = pl.concat([ids, merged.alias("enterprise_id")])
    named = ", ".join(f"'{key}'" for key in facts)
    found = await read_frame(
        f"{SELECT_VALUES} WHERE fact IN ({named}) AND enterprise_id IN ({unfolded_numbers()})",
        VALUES,
        [listed(numbers)],
    )
    counting = pl.col("import_id").is_in(known.imports["id"].implode())
    return known.of_enterprises(found.filter(counting))


def _judged(said: pl.DataFrame, order: pl.DataFrame, import_id: int) -> pl.DataFrame:
    """Give each value of the import with what counted without it, and which of the two sorts counts."""
    ordered = (
        said.with_row_index("row")
        .join(order, on=["fact", "import_id"])
        .sort("place", "row", descending=[False, True])
    )
    is_new = pl.col("import_id") == import_id
    new, old = (
        ordered.filter(one).unique(KEY, keep="first", maintain_order=True)
        for one in (is_new, ~is_new)
    )
    both = new.join(old, on=[*KEY], how="left", nulls_equal=True, suffix="_old")
    same = pl.col("number").eq_missing(pl.col("number_old")) & pl.col("text").eq_missing(
        pl.col("text_old")
    )
    return both.with_columns(
        kind=pl.when(pl.col("import_id_old").is_null())
        .then(pl.lit("new"))
        .when(same)
        .then(pl.lit("same"))
        .when(pl.col("place") < pl.col("place_old"))
        .then(pl.lit("changed"))
        .otherwise(pl.lit("conflict"))
    ).rename({"import_id_old": "import_old"})


def _counted(judged: pl.DataFrame) -> pl.DataFrame:
    counted = judged.group_by("fact", "period", "kind").agg(pl.len().cast(pl.Int64).alias("count"))
    return counted.select(*COUNTS)


def _shown(judged: pl.DataFrame) -> pl.DataFrame:
    return judged.filter(pl.col("kind") != "same").sort("enterprise_id").select(*SAMPLES)


def _first(samples: pl.DataFrame, shown: int) -> pl.DataFrame:
    place = pl.int_range(pl.len()).over("fact", "period", "kind")
    return samples.filter(place < shown)
