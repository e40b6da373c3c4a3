"""What is owed: payable items over a population, those that bear on each other settled among themselves."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.ledger import claims_that_meet, ledger_facts, paid_before
from matching.engine.match import payable, whole_condition
from matching.engine.pay import amount_range
from matching.engine.precedence import (
    code_column,
    high_column,
    low_column,
    paid_column,
    seen_column,
    shared_column,
)
from matching.engine.settle import (
    ABSENT,
    CHOOSES,
    KEPT,
    PERSON_SAYS,
    WAITS,
    YIELDS,
    Settled,
    settle,
)
from matching.engine.ties import Group, PaidTie, Tie, groups_of
from matching.engine.truth import MET, UNMET
from matching.language.exclusivity import FAMILY
from matching.language.items import Item

STATE_NAMES = {YIELDS: "yields", WAITS: "waits", CHOOSES: "chooses", PERSON_SAYS: "person"}
ASIDE = {
    "enterprise_id": pl.Int64,
    "state": pl.String,
    "partner": pl.String,
    "rule": pl.String,
    "basis": pl.String,
    "low_cents": pl.Int64,
    "high_cents": pl.Int64,
}
"""A met item that is not paid: state (STATE_NAMES), partner (item id or "family:F"), the rule, its legal basis, and
what the item would give."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a payable item came out.

    kept            "enterprise_id", "low_cents" and "high_cents" of those it is owed to.
    aside           columns of ASIDE: those who meet it and are not paid on it.
    possible_cents  sum of the upper ends of all but the unmet and those that surely yield.
    endless         how many of these have no upper end.
    """

    kept: pl.DataFrame
    aside: pl.DataFrame
    possible_cents: int
    endless: int


def outcomes(
    wanted: Iterable[str], items: Sequence[Item], ground: Ground, on: date
) -> dict[str, Outcome]:
    """Give how each wanted item comes out that may be paid on that day.

    items  all of the catalogue: whoever bears on a wanted one is decided with it.
    """
    asked = set(wanted)
    found: dict[str, Outcome] = {}
    tied: set[str] = set()
    for group in groups_of(items, on):
        ids = {item.id for item in group.items}
        tied |= ids
        if asked & ids:
            settled = settled_over(group, ground, on)
            found |= {key: _of_settled(key, one) for key, one in settled.items() if key in asked}
    for item in items:
        if item.id in asked - tied and payable(item, on).allowed:
            found[item.id] = _alone(item, ground, on)
    return found


def settled_over(group: Group, ground: Ground, on: date) -> dict[str, Settled]:
    """Settle a group over a population: the rows on which one of its items at least is not unmet."""
    wanted: list[pl.Expr] = []
    for item in group.items:
        low, high = amount_range(item.amount, ground, item.evidence(on))
        wanted += [
            _code(item, ground, on).alias(code_column(item.id)),
            low.alias(low_column(item.id)),
            high.alias(high_column(item.id)),
        ]
    met_or_open = pl.any_horizontal(pl.col(code_column(item.id)) != UNMET for item in group.items)
    frame = ground.facts_and_tests().lazy().select("enterprise_id", *wanted)
    return settle(group, with_ledgers(group, frame.filter(met_or_open).collect(), ground, on))


def with_ledgers(group: Group, frame: pl.DataFrame, ground: Ground, on: date) -> pl.DataFrame:
    """Add to the rows of a frame what was paid before, and how evidence meets."""
    population, ids = ground.population, frame["enterprise_id"]
    columns: dict[str, pl.Series] = {}
    for paid_tie in group.paid:
        if paid_column(paid_tie) not in columns:
            paid, seen = paid_before(paid_tie.family, paid_tie.days, population, ids)
            columns |= {paid_column(paid_tie): paid, seen_column(paid_tie): seen}
    items = {item.id: item for item in group.items}
    for tie in group.ties:
        if tie.scope == "evidence":
            one, two = (ledger_facts(items[key], ground, on) for key in (tie.one, tie.two))
            columns[shared_column(tie)] = claims_that_meet(one, two, population, ids)
    return frame.with_columns(**columns)


def partner_of(reason: Tie | PaidTie, item_id: str) -> str:
    """Name what an item is held against: another item's id, or "family:F" of the ledger."""
    return FAMILY + reason.family if isinstance(reason, PaidTie) else reason.other(item_id)


def _code(item: Item, ground: Ground, on: date) -> pl.Expr:
    nation = ground.vocabulary.places.root
    return ground.verdict(whole_condition(item, nation), item.evidence(on))


def _alone(item: Item, ground: Ground, on: date) -> Outcome:
    low, high = amount_range(item.amount, ground, item.evidence(on))
    code = _code(item, ground, on)
    rows = (
        ground.facts_and_tests()
        .lazy()
        .select("enterprise_id", low_cents=low, high_cents=high, code=code)
        .filter(pl.col("code") != UNMET)
        .collect()
    )
    return Outcome(
        kept=rows.filter(pl.col("code") == MET).drop("code"),
        aside=pl.DataFrame(schema=ASIDE),
        possible_cents=int(rows["high_cents"].sum()),
        endless=rows["high_cents"].null_count(),
    )


def _of_settled(item_id: str, settled: Settled) -> Outcome:
    rows = settled.frame
    state = pl.col("state")
    possible = rows.filter(pl.col("open") | ~state.is_in([ABSENT, YIELDS]))["high_cents"]
    aside = rows.filter(~state.is_in([ABSENT, KEPT]))
    return Outcome(
        kept=rows.filter(state == KEPT).select("enterprise_id", "low_cents", "high_cents"),
        aside=_told(item_id, aside, settled),
        possible_cents=int(possible.sum()),
        endless=possible.null_count(),
    )


def _told(item_id: str, aside: pl.DataFrame, settled: Settled) -> pl.DataFrame:
    """Put the words of its reason beside each row."""
    told = aside["tie"].unique().to_list()
    said = [
        {
            "tie": place,
            "partner": partner_of(reason, item_id),
            "rule": reason.said.clause.rule,
            "basis": reason.said.clause.basis,
        }
        for place, reason in enumerate(settled.reasons)
        if place in told
    ]
    words = pl.DataFrame(
        said,
        schema={"tie": pl.Int16, "partner": pl.String, "rule": pl.String, "basis": pl.String},
    )
    named = aside.with_columns(pl.col("state").replace_strict(STATE_NAMES, return_dtype=pl.String))
    return named.join(words, on="tie", how="left", maintain_order="left").select(ASIDE.keys())
