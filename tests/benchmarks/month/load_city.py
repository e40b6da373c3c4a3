"""Puts a generated city straight into the tables, as the import would, without writing sheets."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import polars as pl

from matching.storage.bulk import insert_rows
from matching.storage.database import engine
from registry.demo.facts import CityFacts
from registry.enterprises.names import name_key
from registry.enterprises.tables import Enterprise, EnterpriseContact
from registry.identity.relation_store import add_told
from registry.imports.tables import Import
from registry.profiles.record_values import Source, record_ledger
from registry.profiles.tables import Award, FactValue, ListCoverage, Membership

DEPARTMENTS = ("market", "statistics", "tax", "labour", "industry", "credit")
VALUE_COLUMNS = ("enterprise_id", "fact", "period", "number", "text", "observed_on", "import_id")
ENTRY_COLUMNS = ("list", "level", "batch", "document", "from_on", "until_on", "left_on")


async def load_month(facts: CityFacts, day: date, first_import: int) -> None:
    """Add one month: an import a department, recorded the day after the sheets' day."""
    recorded = datetime.combine(day + timedelta(days=1), time(), UTC)
    imports = {name: first_import + place for place, name in enumerate(DEPARTMENTS)}
    async with engine().transaction():
        await insert_rows(
            Import,
            (
                "id", "file_name", "sha256", "layout", "department", "observed_on", "recorded_at",
                "rows_read", "rows_taken", "rows_refused",
            ),
            [
                (number, f"{name}-{day}", f"{number:064d}", "generated", name, day, recorded, 0, 0, 0)
                for name, number in imports.items()
            ],
        )  # fmt: skip
        market = imports["market"]
        await insert_rows(
            Enterprise,
            ("id", "uscc", "name", "name_key", "created_import"),
            (
                (row + 1, uscc, name, name_key(name), market)
                for row, uscc, name in facts.enterprises.iter_rows()
            ),
        )
        await insert_rows(FactValue, VALUE_COLUMNS, _values(facts.facts, imports))
        industry = imports["industry"]
        entries = facts.memberships.select("row", *ENTRY_COLUMNS).iter_rows()
        await insert_rows(
            Membership,
            ("enterprise_id", *ENTRY_COLUMNS, "import_id"),
            ((row + 1, *rest, industry) for row, *rest in entries),
        )
        await insert_rows(
            Award,
            ("enterprise_id", "family", "amount_cents", "paid_on", "import_id"),
            (
                (row + 1, *rest, industry)
                for row, *rest in facts.awards.select(
                    "row", "family", "amount_cents", "paid_on"
                ).iter_rows()
            ),
        )
        await insert_rows(
            EnterpriseContact,
            ("enterprise_id", "channel", "address", "import_id"),
            (
                (row + 1, "email", address, market)
                for row, address in facts.contacts.join(facts.enterprises, on="row", how="semi")
                .select("row", "address")
                .iter_rows()
            ),
        )
        links = facts.enterprises.select("row", enterprise_id=pl.col("row") + 1)
        source = Source(import_id=market, observed_on=day, links=links)
        for ledger, rows in facts.records.items():
            await record_ledger(ledger, rows.drop("uscc"), source)
        both = {"enterprise_id": pl.col("row") + 1, "other_id": pl.col("other_row") + 1}
        told = facts.relations.with_columns(**both).drop("row", "other_row")
        await add_told(told, market, recorded)
        await insert_rows(
            ListCoverage,
            ("import_id", "list", "complete_on"),
            [(industry, name, until) for name, until in facts.coverage.items()],
        )


def _values(facts: pl.DataFrame, imports: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for part in facts.iter_slices(200_000):
        numbered = part.select(
            pl.col("row") + 1,
            pl.col("fact").cast(pl.String),
            pl.col("period").cast(pl.String),
            "number",
            "text",
            "observed_on",
            pl.col("department").cast(pl.String).replace_strict(imports, return_dtype=pl.Int64),
        )
        yield from numbered.iter_rows()
