"""Judge the cases of a month again by corrected data or rules; a person decides what becomes of the differences."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ground import Ground as Facts
from matching.engine.match import decided_items, verdicts
from matching.engine.population import Population
from matching.engine.truth import OPEN, PERSON
from matching.runs.decide import decide
from matching.runs.freeze import FrozenFiles, thaw_population, thaw_rules
from matching.runs.run_month import MONTHLY
from matching.runs.store import DONE, RunRecord, entitlements_of, find_run
from matching.runs.types import Judged
from registry.cases.corrected import with_corrections
from registry.cases.differences import Difference, Held, Owed, differences
from registry.cases.errors import CaseRefused
from registry.cases.store import present
from registry.profiles.corrections import corrected_since
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population

Cause = Literal["our_data", "rule_misread", "forged"]
"""Why something was paid that was not owed; each has its own consequences."""

PAIR = ("enterprise_id", "item_id")


class Recalculated(msgspec.Struct, frozen=True):
    """What was judged again, and what came of it. `run_id`: the run whose evidence counts."""

    run_id: int
    judged: int
    differences: tuple[Difference, ...]


async def recalculate_cases(
    period: str, data_dir: Path, now: datetime, rules: Catalogue | None = None
) -> Recalculated:
    """Judge the enterprises a correction may touch again, by what the month froze and what was restated since.

    rules  None: those the month was judged by, so that only data count; else a catalogue put right.
    Raises CaseRefused where the month is not done, FrozenMissing where what it froze is gone.
    """
    run = await find_run(MONTHLY, period)
    if run is None or run.state != DONE or run.input_digest is None or run.rules_digest is None:
        raise CaseRefused([f"{period} 还没有判定完；没有可以重新核定的"])
    files = FrozenFiles(data_dir / "frozen")
    catalogue = (
        await asyncio.to_thread(thaw_rules, run.rules_digest, files) if rules is None else rules
    )
    words = catalogue.vocabulary
    today = Knowledge(now.date(), now)
    corrected = await corrected_since(Knowledge(run.as_of, run.known_at), today, words)
    held = (await present()).filter(run_id=run.id)
    touched = [corrected["enterprise_id"], *([held["enterprise_id"]] if rules else [])]
    who = pl.concat(touched).unique().sort()
    frozen = (await asyncio.to_thread(thaw_population, run.input_digest, files)).only(who)
    theirs = corrected.filter(pl.col("enterprise_id").is_in(who.implode()))
    known_now = (await load_population(today, words)).only(who)
    population = with_corrections(frozen, known_now, theirs, words)
    found = await asyncio.to_thread(_owed, population, catalogue, run)
    before = (await entitlements_of(run.id)).filter(pl.col("enterprise_id").is_in(who.implode()))
    moved = _moved(before, found)
    there = await _held(moved)
    listed = [one for owed in moved for one in differences(owed, there.get(_key(owed), ()))]
    return Recalculated(run.id, population.frame.height, tuple(listed))


def _owed(
    population: Population, catalogue: Catalogue, run: RunRecord
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the entitlements, and the pairs of which it cannot be told."""
    decided = decide(Judged(population=population, catalogue=catalogue, as_of=run.as_of))
    items = decided_items(catalogue.items, run.as_of)
    facts = Facts(population, catalogue.vocabulary, catalogue.definitions, run.as_of)
    codes = verdicts(items, facts, run.as_of).unpivot(
        index="enterprise_id", variable_name="item_id", value_name="code"
    )
    waits = decided.set_aside.filter(pl.col("state") != "yields").select(PAIR)
    unsure = codes.filter(pl.col("code").is_in([OPEN, PERSON])).select(PAIR)
    return decided.entitlements, pl.concat([unsure, waits]).unique()


def _moved(before: pl.DataFrame, found: tuple[pl.DataFrame, pl.DataFrame]) -> list[Owed]:
    """Give what is owed otherwise than the month found; what the month found so stays as people settled it."""
    owed, unsure = found
    both = before.join(owed, on=PAIR, how="full", coalesce=True, suffix="_now")
    same = pl.col("low_cents").eq_missing(pl.col("low_cents_now")) & pl.col(
        "high_cents"
    ).eq_missing(pl.col("high_cents_now"))
    is_open = unsure.with_columns(open=pl.lit(value=True))
    changed = both.filter(~same).join(is_open, on=PAIR, how="left").sort(PAIR)
    return [
        Owed(
            enterprise_id=row["enterprise_id"],
            item_id=row["item_id"],
            award_period=row["award_period_now"] or row["award_period"],
            low_cents=row["low_cents_now"] or 0,
            high_cents=row["high_cents_now"] if row["low_cents_now"] is not None else 0,
            open=row["low_cents_now"] is None and bool(row["open"]),
        )
        for row in changed.iter_rows(named=True)
    ]


async def _held(moved: Sequence[Owed]) -> dict[tuple[int, str, str], tuple[Held, ...]]:
    pairs = {_key(one) for one in moved}
    found: dict[tuple[int, str, str], tuple[Held, ...]] = {}
    for row in (await present()).iter_rows(named=True) if pairs else ():
        key = (row["enterprise_id"], row["item_id"], row["award_period"])
        if key in pairs:
            one = Held(
                case_id=row["id"],
                stage=row["stage"],
                state=row["state"],
                amount_cents=row["amount_cents"],
            )
            found[key] = (*found.get(key, ()), one)
    return found


def _key(owed: Owed) -> tuple[int, str, str]:
    return owed.enterprise_id, owed.item_id, owed.award_period
