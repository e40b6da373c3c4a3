"""Deciding a population: who is entitled to what, and how every item came out."""

from datetime import date

import polars as pl

from matching.engine.ground import Ground
from matching.engine.match import decided_items, payable, verdicts
from matching.engine.pay import amount_range
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.items import Item
from matching.runs.types import ENTITLEMENTS, TOTALS, Decided, Judged


def decide(judged: Judged) -> Decided:
    """Decide every item that counts on the day for every enterprise; pure and repeatable."""
    catalogue, on = judged.catalogue, judged.as_of
    items = decided_items(catalogue.items, on)
    ground = Ground(judged.population, catalogue.vocabulary, catalogue.definitions, on)
    codes = verdicts(items, ground, on)
    entitled: list[pl.DataFrame] = []
    totals: list[dict[str, object]] = []
    for item in items:
        total, owed = _decided_item(item, ground, codes[item.id], on)
        totals.append(total)
        if owed is not None:
            entitled.append(owed)
    empty = pl.DataFrame(schema=ENTITLEMENTS)
    return Decided(
        entitlements=pl.concat([empty, *entitled]).sort("enterprise_id", "item_id"),
        totals=pl.DataFrame(totals, schema=TOTALS),
        enterprises=judged.population.frame.height,
    )


def _decided_item(
    item: Item, ground: Ground, codes: pl.Series, on: date
) -> tuple[dict[str, object], pl.DataFrame | None]:
    may = payable(item, on)
    counts = dict(codes.value_counts().iter_rows())
    total: dict[str, object] = {
        "item_id": item.id,
        "payable": may.allowed,
        "held_back": may.reason or None,
        "met": counts.get(MET, 0),
        "unmet": counts.get(UNMET, 0),
        "unknown": counts.get(OPEN, 0),
        "person": counts.get(PERSON, 0),
        "certain_cents": 0,
        "possible_cents": 0,
        "endless": 0,
    }
    if not may.allowed or len(codes) == counts.get(UNMET, 0):
        return total, None
    low, high = amount_range(item.amount, ground, item.evidence(on))
    open_rows = (
        ground.facts_and_tests()
        .lazy()
        .select("enterprise_id", low_cents=low, high_cents=high, code=pl.lit(codes))
        .filter(pl.col("code") != UNMET)
        .collect()
    )
    met = open_rows.filter(pl.col("code") == MET)
    total["certain_cents"] = met["low_cents"].sum()
    total["possible_cents"] = open_rows["high_cents"].sum()
    total["endless"] = open_rows["high_cents"].null_count()
    owed = met.select(
        "enterprise_id",
        pl.lit(item.id).alias("item_id"),
        pl.lit(item.award_period(on)).alias("award_period"),
        "low_cents",
        "high_cents",
    )
    return total, owed
