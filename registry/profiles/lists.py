"""List entries, awards and coverage out of the imports that count."""

from datetime import date

import polars as pl

from matching.engine.population import (
    AWARD_COLUMNS,
    EVIDENCE_COLUMNS,
    MEMBERSHIP_COLUMNS,
    USE_COLUMNS,
)
from matching.storage.read import read_frame
from registry.profiles.inherit import of_circle, with_inherited
from registry.profiles.knowledge import Known

COVERAGE = {"import_id": pl.Int64, "list": pl.String, "complete_on": pl.Date}
AWARDS = "awards"
USES = "uses"


async def read_coverage(imports: pl.DataFrame) -> pl.DataFrame:
    """Give the newest whole version of each list: list, import_id, complete_on."""
    found = await read_frame("SELECT import_id, list, complete_on FROM list_coverage", COVERAGE)
    known = found.filter(pl.col("import_id").is_in(imports["id"].to_list()))
    return known.sort("complete_on", "import_id").unique(
        subset="list", keep="last", maintain_order=True
    )


def coverage_days(coverage: pl.DataFrame) -> dict[str, date]:
    """Give list key (or "awards") to the day up to which the whole list is known."""
    return dict(zip(coverage["list"].to_list(), coverage["complete_on"].to_list(), strict=True))


async def read_memberships(
    known: Known, coverage: pl.DataFrame, enterprise_id: int | None = None
) -> pl.DataFrame:
    """Give the entries that count: of the newest whole list, and of partial sheets after its day.

    Columns: those of a population's memberships, import_id and origin_id: whom it is inherited from; null: its own. Of one
    enterprise, those of its group as well.
    """
    found = await read_frame(
        "SELECT enterprise_id, list, level, batch, document, from_on, until_on, left_on, import_id, id"  # noqa: S608  fixed text
        f" FROM membership{about_circle(known, enterprise_id)}",
        {**MEMBERSHIP_COLUMNS, "import_id": pl.Int64(), "id": pl.Int64()},
    )
    standing = await _not_struck(found, known)
    own = counting(known.of_enterprises(standing), known, coverage)
    passing = known.heirs.filter("titles")
    return of_circle(with_inherited(own, passing, "from_on"), known, enterprise_id)


async def _not_struck(entries: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Leave out entries that an accepted correction has struck."""
    struck = await read_frame(
        "SELECT membership_id AS id, import_id FROM entry_struck",
        {"id": pl.Int64, "import_id": pl.Int64},
    )
    standing = struck.filter(pl.col("import_id").is_in(known.imports["id"].to_list()))
    return entries.join(standing, on="id", how="anti", maintain_order="left").drop("id")


async def read_awards(
    known: Known, coverage: pl.DataFrame, enterprise_id: int | None = None
) -> pl.DataFrame:
    """Give the payments that count: of the newest whole ledger, and of partial sheets after it.

    Columns: those of a population's awards, import_id and origin_id, as for memberships.
    """
    found = await read_frame(
        "SELECT enterprise_id, family, amount_cents, paid_on, import_id"  # noqa: S608  fixed text
        f" FROM award{about_circle(known, enterprise_id)}",
        {**AWARD_COLUMNS, "import_id": pl.Int64()},
    )
    marked = known.of_enterprises(found).with_columns(list=pl.lit(AWARDS))
    own = counting(marked, known, coverage).drop("list")
    return of_circle(with_inherited(own, known.heirs, "paid_on"), known, enterprise_id)


async def read_evidence(
    known: Known, coverage: pl.DataFrame, enterprise_id: int | None = None
) -> pl.DataFrame:
    """Give the claims that count; of one enterprise, also those others lay to the same items."""
    found = await read_frame(
        "SELECT enterprise_id, fact, key, amount_cents, import_id"  # noqa: S608  fixed text
        f" FROM evidence_claim{_of_items(known, enterprise_id)}",
        {**EVIDENCE_COLUMNS, "import_id": pl.Int64()},
    )
    marked = known.of_enterprises(found).with_columns(list=pl.col("fact"))
    return _distinct(counting(marked, known, coverage))


async def read_uses(
    known: Known, coverage: pl.DataFrame, enterprise_id: int | None = None
) -> pl.DataFrame:
    """Give the uses of evidence items that count; of one enterprise, those of the items it claims."""
    found = await read_frame(
        f"SELECT ledger, key, family, import_id FROM evidence_use{_of_items(known, enterprise_id)}",  # noqa: S608  fixed text
        {**USE_COLUMNS, "import_id": pl.Int64()},
    )
    marked = found.with_columns(list=pl.lit(USES))
    return _distinct(counting(marked, known, coverage))


def _distinct(items: pl.DataFrame) -> pl.DataFrame:
    """Count an item once, however many sheets repeat it."""
    return items.drop("list", "import_id").unique(maintain_order=True)


def about(known: Known, enterprise_id: int | None) -> str:
    """Narrow a query to what is kept under the numbers of one enterprise."""
    if enterprise_id is None:
        return ""
    numbers = ", ".join(str(int(subject)) for subject in known.subjects_of(enterprise_id))
    return f" WHERE enterprise_id IN ({numbers or 'NULL'})"


def about_circle(known: Known, enterprise_id: int | None) -> str:
    """Narrow a query to what is kept of one enterprise, of its group, and of whom any of them inherits from."""
    if enterprise_id is None:
        return ""
    circle = known.circle_of(enterprise_id)
    origins = known.heirs.filter(pl.col("enterprise_id").is_in(circle))["origin_id"].to_list()
    everyone = sorted({*circle, *origins})
    numbers = [str(int(subject)) for one in everyone for subject in known.subjects_of(one)]
    return f" WHERE enterprise_id IN ({', '.join(numbers) or 'NULL'})"


def _of_items(known: Known, enterprise_id: int | None) -> str:
    """Narrow a query to the evidence items one enterprise claims."""
    if enterprise_id is None:
        return ""
    return f" WHERE key IN (SELECT key FROM evidence_claim{about(known, enterprise_id)})"  # noqa: S608  whole numbers only


def counting(entries: pl.DataFrame, known: Known, coverage: pl.DataFrame) -> pl.DataFrame:
    """Keep what counts, in an order of its own: the same knowledge is the same frame however it was read."""
    kept = that_count(entries, known, coverage).drop("observed_on")
    return kept.sort(kept.columns)


def that_count(entries: pl.DataFrame, known: Known, coverage: pl.DataFrame) -> pl.DataFrame:
    """Keep what counts, with the day it was observed on, in no order."""
    days = known.imports.select(pl.col("id").alias("import_id"), "observed_on")
    whole = coverage.select("list", pl.col("import_id").alias("whole_import"), "complete_on")
    joined = entries.join(days, on="import_id", how="inner", maintain_order="left").join(
        whole, on="list", how="left", maintain_order="left"
    )
    counts = (
        pl.col("whole_import").is_null()
        | (pl.col("import_id") == pl.col("whole_import"))
        | (pl.col("observed_on") > pl.col("complete_on"))
        | (
            (pl.col("observed_on") == pl.col("complete_on"))
            & (pl.col("import_id") > pl.col("whole_import"))
        )
    )
    return joined.filter(counts).drop("whole_import", "complete_on")
