"""What a story tells of one enterprise, and what a month decides about it."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.ground import Ground
from matching.engine.population import AWARD_COLUMNS
from matching.engine.profile_text import population_of_texts
from matching.engine.rows import RowOption, row_options
from matching.runs.decide import decide
from matching.runs.types import Judged
from tests.makers import money

GOOD = {"status": "active", "abnormal_operation": "none", "serious_dishonesty": "none"}
Firm = Mapping[str, str | None]
Paid = tuple[str, float, date | None]
"""Family, 万元 and day of a payment."""


class Lost(msgspec.Struct, frozen=True):
    """A met item that is not paid: what it would have given in 万元, to whom it yields and why."""

    state: str
    low: float
    partner: str
    rule: str
    basis: str


class Told(msgspec.Struct, frozen=True):
    """What a month says: 万元 owed by item (both ends), and what is met and not owed."""

    owed: dict[str, tuple[float, float | None]]
    lost: dict[str, Lost]


def shipped(*ids: str) -> Catalogue:
    """Give some of the shipped items alone."""
    whole = shipped_catalogue()
    assert {item.id for item in whole.items} >= {*ids}
    return msgspec.structs.replace(
        whole, items=tuple(item for item in whole.items if item.id in ids)
    )


def judged(firm: Firm, catalogue: Catalogue, on: date, paid: Sequence[Paid] = ()) -> Judged:
    """Put a firm and its payments together; families of which nothing is said were never paid."""
    families = {item.family for item in catalogue.items} | catalogue.vocabulary.families.keys()
    told = {f"paid:{family}": "none" for family in sorted(families)}
    population = population_of_texts([{**told, **GOOD, **firm}], shipped_vocabulary())
    rows = [
        {"enterprise_id": 1, "family": family, "amount_cents": money(wan), "paid_on": day}
        for family, wan, day in paid
    ]
    awards = pl.concat([population.awards, pl.DataFrame(rows, schema=AWARD_COLUMNS)])
    return Judged(
        population=msgspec.structs.replace(population, awards=awards), catalogue=catalogue, as_of=on
    )


def told(firm: Firm, catalogue: Catalogue, on: date, paid: Sequence[Paid] = ()) -> Told:
    """Decide a month over the one firm."""
    found = decide(judged(firm, catalogue, on, paid))
    return Told(
        {
            row["item_id"]: (_wan(row["low_cents"]), _wan(row["high_cents"]))
            for row in found.entitlements.iter_rows(named=True)
        },
        {
            row["item_id"]: Lost(
                row["state"], _wan(row["low_cents"]), row["partner"], row["rule"], row["basis"]
            )
            for row in found.set_aside.iter_rows(named=True)
        },
    )


def lines(
    firm: Firm, catalogue: Catalogue, item_id: str, on: date
) -> dict[bool | None, list[float]]:
    """Give what the lines of a highest-only are worth in 万元, by whether they are taken."""
    item = catalogue.item(item_id)
    assert item is not None
    world = judged(firm, catalogue, on)
    ground = Ground(world.population, catalogue.vocabulary, catalogue.definitions, on)
    found: dict[bool | None, list[float]] = {}
    option: RowOption
    for option in row_options(item, ground, on):
        found.setdefault(option.taken, []).append(_wan(option.low_cents))
    return found


def _wan(cents: int) -> float:
    return cents / 1_000_000 if cents is not None else None
