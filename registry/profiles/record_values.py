"""Adding what a sheet says to what is known: fact values, entries of lists, awards."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import repeat

import msgspec
import polars as pl

from matching.language.vocabulary import fact_of_column
from matching.storage.bulk import insert_rows
from registry.profiles.tables import (
    Award,
    EvidenceClaim,
    EvidenceUse,
    FactValue,
    ListCoverage,
    Membership,
    RecordEntry,
)

Progress = Callable[[int, int], None]
"""Is told how many values are written, and of how many."""

_MEMBERSHIP = ("list", "level", "batch", "document", "from_on", "until_on", "left_on")
_AWARD = ("family", "amount_cents", "paid_on")
_CLAIM = ("fact", "key", "amount_cents")
_USE = ("ledger", "key", "family", "used_on")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The import values come from, the day they speak of, and who its rows speak of.

    links  row and enterprise_id; rows that are not here speak of nobody known.
    """

    import_id: int
    observed_on: date
    links: pl.DataFrame


async def record_facts(
    numbers: pl.DataFrame, texts: pl.DataFrame, source: Source, progress: Progress
) -> int:
    """Add a fact value for every value of the columns named fact[@period]; gives their number."""
    parts = [(numbers, "number"), (texts, "text")]
    total = sum(frame.height * (frame.width - 1) for frame, _ in parts)
    written = done = 0
    for frame, kind in parts:
        # Places, not a second frame in this order: half a million rows of thirty columns are 120 MB.
        linked = (
            frame.select("row")
            .with_row_index("at")
            .join(source.links, on="row", how="inner")
            .sort("enterprise_id")
        )
        for column in frame.columns:
            if column == "row":
                continue
            said = pl.DataFrame(
                [linked["enterprise_id"], frame[column].gather(linked["at"])]
            ).drop_nulls()
            written += await insert_rows(
                FactValue,
                ("enterprise_id", kind, "fact", "period", "observed_on", "import_id"),
                _fact_rows(said, column, source),
            )
            done += frame.height
            progress(done, total)
    return written


async def record_memberships(memberships: pl.DataFrame, source: Source) -> int:
    """Add the entries of lists; the same entry twice in a sheet is one."""
    linked = memberships.join(source.links, on="row", how="inner", maintain_order="left")
    entries = linked.select("enterprise_id", *_MEMBERSHIP).unique(maintain_order=True)
    return await insert_rows(
        Membership,
        ("enterprise_id", *_MEMBERSHIP, "import_id"),
        ((*entry, source.import_id) for entry in entries.iter_rows()),
    )


async def record_awards(awards: pl.DataFrame, source: Source) -> int:
    """Add awards paid; two equal rows are two payments."""
    linked = awards.join(source.links, on="row", how="inner", maintain_order="left")
    return await insert_rows(
        Award,
        ("enterprise_id", *_AWARD, "import_id"),
        (
            (*award, source.import_id)
            for award in linked.select("enterprise_id", *_AWARD).iter_rows()
        ),
    )


async def record_claims(claims: pl.DataFrame, source: Source) -> int:
    """Add evidence items enterprises bring forward; the same item twice in a sheet is one."""
    linked = claims.join(source.links, on="row", how="inner", maintain_order="left")
    items = linked.select("enterprise_id", *_CLAIM).unique(maintain_order=True)
    return await insert_rows(
        EvidenceClaim,
        ("enterprise_id", *_CLAIM, "import_id"),
        ((*item, source.import_id) for item in items.iter_rows()),
    )


async def record_uses(uses: pl.DataFrame, source: Source) -> int:
    """Add uses of evidence items; one by a firm we do not know has used the item up as well."""
    linked = uses.join(source.links, on="row", how="left", maintain_order="left")
    items = linked.select("enterprise_id", *_USE).unique(maintain_order=True)
    return await insert_rows(
        EvidenceUse,
        ("enterprise_id", *_USE, "import_id"),
        ((*item, source.import_id) for item in items.iter_rows()),
    )


async def record_ledger(ledger: str, records: pl.DataFrame, source: Source) -> int:
    """Add rows of a ledger of records: row, number and the ledger's fields; gives their number."""
    linked = records.join(source.links, on="row", how="inner", maintain_order="left")
    fields = pl.struct(pl.exclude("row", "number", "enterprise_id")).struct.json_encode()
    entries = linked.select("enterprise_id", pl.lit(ledger), "number", fields.alias("fields"))
    return await insert_rows(
        RecordEntry,
        ("enterprise_id", "ledger", "number", "fields", "import_id"),
        ((*entry, source.import_id) for entry in entries.iter_rows()),
    )


async def record_coverage(lists: Sequence[str], source: Source) -> None:
    """Note that the import gave these lists whole, up to its day."""
    await insert_rows(
        ListCoverage,
        ("import_id", "list", "complete_on"),
        ((source.import_id, key, source.observed_on) for key in lists),
    )


def _fact_rows(said: pl.DataFrame, column: str, source: Source) -> Iterator[tuple[object, ...]]:
    fact, period = fact_of_column(column)
    same = (fact, period, source.observed_on, source.import_id)
    ids, values = (series.to_list() for series in said.get_columns())
    return zip(ids, values, *map(repeat, same), strict=False)
