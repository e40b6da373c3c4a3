"""One enterprise's profile, with the source of each value and the values set aside."""

import polars as pl

from matching.engine.population import Population
from matching.language.vocabulary import Vocabulary, column_name
from matching.storage.read import read_frame
from registry.enterprises.store import present_names
from registry.profiles.choose import trust
from registry.profiles.knowledge import Knowledge, known
from registry.profiles.lists import (
    coverage_days,
    read_awards,
    read_coverage,
    read_evidence,
    read_memberships,
    read_uses,
)
from registry.profiles.load_population import SELECT_STATEMENTS, STATEMENTS, wide_frame
from registry.profiles.records import read_records, records_by_ledger
from registry.profiles.types import Entry, Profile, Record, Said
from registry.profiles.values import SELECT_VALUES, VALUES


async def load_profile(enterprise_id: int, knowledge: Knowledge, vocabulary: Vocabulary) -> Profile:
    """Read what is known of one enterprise; an enterprise nobody has spoken of yet has an empty profile."""
    counting = await known(knowledge)
    imports = counting.imports
    numbers = ", ".join(str(int(one)) for one in counting.subjects_of(enterprise_id)) or "NULL"
    about = f" WHERE enterprise_id IN ({numbers})"
    values = await read_frame(SELECT_VALUES + about, VALUES)
    statements = counting.of_enterprises(await read_frame(SELECT_STATEMENTS + about, STATEMENTS))
    ids = pl.Series("enterprise_id", [enterprise_id], dtype=pl.Int64)
    coverage = await read_coverage(imports)
    memberships = await read_memberships(counting, coverage, enterprise_id)
    awards = await read_awards(counting, coverage, enterprise_id)
    kept = await read_records(counting, coverage, enterprise_id)
    records = records_by_ledger(kept, vocabulary.records)
    population = Population(
        frame=wide_frame(ids, statements, imports, vocabulary),
        memberships=memberships.drop("import_id", "origin_id"),
        awards=awards.drop("import_id", "origin_id"),
        relations=counting.ties.filter(pl.col("enterprise_id") == enterprise_id),
        evidence=await read_evidence(counting, coverage, enterprise_id),
        uses=await read_uses(counting, coverage, enterprise_id),
        records=records,
        coverage=coverage_days(coverage),
    )
    return Profile(
        enterprise_id=enterprise_id,
        population=population,
        values=_said(values, imports, vocabulary),
        entries=await _entries(
            memberships.filter(pl.col("enterprise_id") == enterprise_id), imports
        ),
        records=_records(kept, records, imports),
    )


def _said(
    values: pl.DataFrame, imports: pl.DataFrame, vocabulary: Vocabulary
) -> dict[str, tuple[Said, ...]]:
    sources = imports.select(pl.col("id").alias("import_id"), "file_name", "department")
    counting = values.with_row_index("row").join(sources, on="import_id", maintain_order="left")
    said: dict[str, tuple[Said, ...]] = {}
    for key, part in counting.partition_by("fact", "period", as_dict=True).items():
        fact = vocabulary.facts.get(str(key[0]))
        if fact is None:
            continue
        column = column_name(fact.key, None if key[1] is None else str(key[1]))
        ordered = part.join(trust(fact, imports), on="import_id").sort(
            "place", "row", descending=[False, True]
        )
        said[column] = tuple(
            Said(
                column=column,
                value=row["number"] if row["number"] is not None else row["text"],
                department=row["department"],
                file_name=row["file_name"],
                observed_on=row["observed_on"],
                import_id=row["import_id"],
                chosen=place == 0,
            )
            for place, row in enumerate(ordered.iter_rows(named=True))
        )
    return dict(sorted(said.items()))


async def _entries(memberships: pl.DataFrame, imports: pl.DataFrame) -> tuple[Entry, ...]:
    names = imports.select(pl.col("id").alias("import_id"), "file_name")
    origins = await present_names(memberships["origin_id"].alias("enterprise_id"))
    rows = (
        memberships.join(names, on="import_id", how="left")
        .join(origins.select(origin_id="enterprise_id", origin="name"), on="origin_id", how="left")
        .sort("list", "from_on")
    )
    return tuple(
        Entry(**{key: row[key] for key in Entry.__struct_fields__})
        for row in rows.iter_rows(named=True)
    )


def _records(
    kept: pl.DataFrame, typed: dict[str, pl.DataFrame], imports: pl.DataFrame
) -> dict[str, tuple[Record, ...]]:
    """Give every row of its ledgers with where it came from, in the order of their numbers."""
    names = imports.select(
        pl.col("id").alias("import_id"), "file_name", "department", "observed_on"
    )
    sources = kept.join(names, on="import_id", how="left", maintain_order="left")
    told: dict[str, tuple[Record, ...]] = {}
    for ledger, rows in typed.items():
        said = sources.filter(pl.col("list") == ledger).select(
            "number", "file_name", "department", "observed_on"
        )
        fields = rows.drop("enterprise_id").iter_rows(named=True)
        told[ledger] = tuple(
            Record(fields=values, **source)
            for source, values in zip(said.iter_rows(named=True), fields, strict=True)
        )
    return told
