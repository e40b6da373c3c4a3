"""One enterprise's profile, with the source of each value and the values set aside."""

import polars as pl

from matching.engine.population import Population
from matching.language.vocabulary import Vocabulary, column_name
from matching.storage.read import read_frame
from registry.profiles.choose import ranked
from registry.profiles.knowledge import Knowledge, imports_known
from registry.profiles.lists import coverage_days, read_awards, read_coverage, read_memberships
from registry.profiles.load_population import SELECT_VALUES, VALUES, wide_frame
from registry.profiles.types import Entry, Profile, Said


async def load_profile(enterprise_id: int, knowledge: Knowledge, vocabulary: Vocabulary) -> Profile:
    """Read what is known of one enterprise; an enterprise nobody has spoken of yet has an empty profile."""
    imports = await imports_known(knowledge)
    values = await read_frame(f"{SELECT_VALUES} WHERE enterprise_id = $1", VALUES, (enterprise_id,))
    ids = pl.Series("enterprise_id", [enterprise_id], dtype=pl.Int64)
    coverage = await read_coverage(imports)
    memberships = await read_memberships(imports, coverage, enterprise_id)
    awards = await read_awards(imports, coverage, enterprise_id)
    population = Population(
        frame=wide_frame(ids, values, imports, vocabulary),
        memberships=memberships.drop("import_id"),
        awards=awards.drop("import_id"),
        coverage=coverage_days(coverage),
    )
    return Profile(
        enterprise_id=enterprise_id,
        population=population,
        values=_said(values, imports, vocabulary),
        entries=_entries(memberships, imports),
    )


def _said(
    values: pl.DataFrame, imports: pl.DataFrame, vocabulary: Vocabulary
) -> dict[str, tuple[Said, ...]]:
    names = imports.select(pl.col("id").alias("import_id"), "file_name")
    ordered = (
        ranked(values, imports, vocabulary)
        .join(names, on="import_id", how="left", maintain_order="left")
        .sort("rank", "observed_on", "import_id", descending=[False, True, True])
    )
    said: dict[str, list[Said]] = {}
    for row in ordered.iter_rows(named=True):
        column = column_name(row["fact"], row["period"])
        earlier = said.setdefault(column, [])
        earlier.append(
            Said(
                column=column,
                value=row["number"] if row["number"] is not None else row["text"],
                department=row["department"],
                file_name=row["file_name"],
                observed_on=row["observed_on"],
                import_id=row["import_id"],
                chosen=not earlier,
            )
        )
    return {column: tuple(values) for column, values in sorted(said.items())}


def _entries(memberships: pl.DataFrame, imports: pl.DataFrame) -> tuple[Entry, ...]:
    names = imports.select(pl.col("id").alias("import_id"), "file_name")
    rows = memberships.join(names, on="import_id", how="left").sort("list", "from_on")
    return tuple(
        Entry(**{key: row[key] for key in Entry.__struct_fields__})
        for row in rows.iter_rows(named=True)
    )
