"""Deciding a population: who is entitled to what, what yields to what, and how every item came out."""

from datetime import date

import polars as pl

from matching.engine.ground import Ground
from matching.engine.match import decided_items, payable, verdicts
from matching.engine.owed import Outcome, outcomes
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.items import Item
from matching.runs.types import ENTITLEMENTS, SET_ASIDE, TOTALS, Decided, Judged


def decide(judged: Judged) -> Decided:
    """Decide every item that counts on the day for every enterprise; pure and repeatable."""
    catalogue, on = judged.catalogue, judged.as_of
    items = decided_items(catalogue.items, on)
    ground = Ground(judged.population, catalogue.vocabulary, catalogue.definitions, on)
    codes = verdicts(items, ground, on)
    counts = {item.id: dict(codes[item.id].value_counts().iter_rows()) for item in items}
    alive = [key for key, count in counts.items() if count.get(UNMET, 0) < codes.height]
    found = outcomes(alive, catalogue.items, ground, on, codes)
    totals = [_total(item, counts[item.id], found.get(item.id), on) for item in items]
    by_id = {item.id: item for item in items}
    owed = [_dated(one.kept, by_id[key], on) for key, one in found.items()]
    aside = [_dated(one.aside, by_id[key], on) for key, one in found.items()]
    return Decided(
        entitlements=_gathered(owed, ENTITLEMENTS),
        set_aside=_gathered(aside, SET_ASIDE),
        totals=pl.DataFrame(totals, schema=TOTALS),
        enterprises=judged.population.frame.height,
    )


def _gathered(parts: list[pl.DataFrame], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    whole = pl.concat([pl.DataFrame(schema=schema), *(part.select(list(schema)) for part in parts)])
    return whole.sort("enterprise_id", "item_id")


def _dated(rows: pl.DataFrame, item: Item, on: date) -> pl.DataFrame:
    period = pl.lit(item.award_period(on)).alias("award_period")
    return rows.with_columns(pl.lit(item.id).alias("item_id"), period)


def _total(
    item: Item, counts: dict[int, int], outcome: Outcome | None, on: date
) -> dict[str, object]:
    may = payable(item, on)
    total: dict[str, object] = {
        "item_id": item.id,
        "payable": may.allowed,
        "held_back": may.reason or None,
        "met": counts.get(MET, 0),
        "unmet": counts.get(UNMET, 0),
        "unknown": counts.get(OPEN, 0),
        "person": counts.get(PERSON, 0),
        **dict.fromkeys(("certain_cents", "possible_cents", "endless", "yielded", "waiting"), 0),
    }
    if outcome is not None:
        yielded = outcome.aside.filter(pl.col("state") == "yields").height
        total["certain_cents"] = outcome.kept["low_cents"].sum()
        total["possible_cents"] = outcome.possible_cents
        total["endless"] = outcome.endless
        total["yielded"] = yielded
        total["waiting"] = outcome.aside.height - yielded
    return total
