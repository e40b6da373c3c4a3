"""Evaluate a table of profiles against a catalogue: files in, verdicts out, no database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.partners import aside_sentences
from matching.engine.ground import Ground
from matching.engine.match import VERDICT_WORDS, decided_items, payable, whole_condition
from matching.engine.owed import Outcome, outcomes
from matching.engine.pay import amount_range
from matching.engine.profile_table import BadCell, ProfileTable
from matching.engine.reasons import reason_codes
from matching.engine.truth import MET, UNMET
from matching.language.items import Item
from registry.profiles.ledger_files import NO_LEDGERS, LedgerFiles, read_profiles
from registry.profiles.table_files import check_writable, write_table

COLUMNS = {
    "row": pl.Int64,
    "enterprise": pl.String,
    "item": pl.String,
    "title": pl.String,
    "verdict": pl.String,
    "entitles": pl.Boolean,
    "held_back": pl.String,
    "low_cents": pl.Int64,
    "high_cents": pl.Int64,
    "reasons": pl.String,
}

BESIDE = {
    "enterprise_id": pl.Int64,
    "owed": pl.Boolean,
    "owed_low": pl.Int64,
    "owed_high": pl.Int64,
    "aside": pl.String,
}


class Evaluated(msgspec.Struct, frozen=True, kw_only=True):
    """How an evaluation ended: counts by verdict word, and the cells that were left out as unknown."""

    enterprises: int
    items: int
    counts: dict[str, int]
    bad: tuple[BadCell, ...]


def evaluate_profiles(  # noqa: PLR0913, PLR0917  the files of one evaluation
    profiles: Path,
    catalogue: Catalogue,
    on: date,
    out: Path,
    progress: Callable[[int, int], None],
    ledgers: LedgerFiles = NO_LEDGERS,
) -> Evaluated:
    """Write one row an enterprise and item that counts on the day.

    Columns: row, enterprise, item, title, verdict, entitles, held_back (why a met item is not paid), low_cents,
    high_cents (what is owed, else what the item would give; empty: no upper end known), reasons (codes). Raises ProfilesRefused where a file is no table, or a ledger
    has a row that cannot be taken.
    """
    check_writable(out)
    read = read_profiles(profiles, catalogue.vocabulary, ledgers, on)
    ground = Ground(read.population, catalogue.vocabulary, catalogue.definitions, on)
    items = decided_items(catalogue.items, on)
    settled = outcomes([item.id for item in items], catalogue.items, ground, on)
    parts = [pl.DataFrame(schema=COLUMNS)]
    for number, item in enumerate(items, start=1):
        beside = _beside(settled.get(item.id), catalogue)
        parts.append(_rows(item, ground, read, on, beside))
        progress(number, len(items))
    table = pl.concat(parts).sort("row", "item")
    write_table(table, out)
    counts = dict(table["verdict"].value_counts().iter_rows())
    return Evaluated(
        enterprises=read.population.frame.height, items=len(items), counts=counts, bad=read.bad
    )


def _beside(outcome: Outcome | None, catalogue: Catalogue) -> pl.DataFrame:
    """Give what is owed on an item, and why it is not where another one is in its way."""
    if outcome is None:
        return pl.DataFrame(schema=BESIDE)
    aside = aside_sentences(outcome.aside, catalogue).select("enterprise_id", "aside")
    owed = outcome.kept.select(
        "enterprise_id", owed=pl.lit(value=True), owed_low="low_cents", owed_high="high_cents"
    )
    return pl.concat([pl.DataFrame(schema=BESIDE), owed, aside], how="diagonal")


def _rows(
    item: Item, ground: Ground, read: ProfileTable, on: date, beside: pl.DataFrame
) -> pl.DataFrame:
    day = item.evidence(on)
    code = ground.verdict(whole_condition(item, ground.vocabulary.places.root), day)
    low, high = amount_range(item.amount, ground, day)
    may = payable(item, on)
    reasons = reason_codes(item, ground, on)
    found = (
        ground.facts_and_tests()
        .select("enterprise_id", code=code, low_cents=low, high_cents=high, reasons=reasons)
        .join(beside, on="enterprise_id", how="left", maintain_order="left")
    )
    met, unmet = pl.col("code") == MET, pl.col("code") == UNMET
    owed = pl.col("owed").fill_null(value=False)
    held_back = pl.coalesce("aside", pl.lit(may.reason or None, dtype=pl.String))
    return found.select(
        pl.col("enterprise_id").alias("row"),
        read.names,
        pl.lit(item.id).alias("item"),
        pl.lit(item.title).alias("title"),
        pl.col("code").replace_strict(VERDICT_WORDS, return_dtype=pl.String).alias("verdict"),
        owed.alias("entitles"),
        pl.when(met).then(held_back).alias("held_back"),
        pl.when(owed).then("owed_low").when(~unmet).then("low_cents").alias("low_cents"),
        pl.when(owed).then("owed_high").when(~unmet).then("high_cents").alias("high_cents"),
        pl.col("reasons"),
    )
