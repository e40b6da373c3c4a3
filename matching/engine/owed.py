"""What is owed: payable items over a population, those that bear on each other settled among themselves."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.ledger import claims_that_meet, ledger_facts, paid_before
from matching.engine.match import payable, verdicts
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
from matching.engine.staged import at, places
from matching.engine.ties import Group, PaidTie, Tie, groups_of
from matching.engine.truth import MET, UNMET, verdict
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
    wanted: Iterable[str],
    items: Sequence[Item],
    ground: Ground,
    on: date,
    codes: pl.DataFrame | None = None,
) -> dict[str, Outcome]:
    """Give how each wanted item comes out that may be paid on that day.

    items  all of the catalogue: whoever bears on a wanted one is decided with it.
    codes  what `verdicts` gave for these, where it was asked already; None: it is asked here.
    """
    asked = set(wanted)
    groups = [one for one in groups_of(items, on) if asked & {item.id for item in one.items}]
    tied = {item.id for group in groups for item in group.items}
    alone = [item for item in items if item.id in asked - tied and payable(item, on).allowed]
    if codes is None:
        codes = verdicts([*alone, *(item for group in groups for item in group.items)], ground, on)
    found: dict[str, Outcome] = {}
    for group in groups:
        settled = settled_over(group, codes, ground, on)
        found |= {key: _of_settled(key, one) for key, one in settled.items() if key in asked}
    return found | {item.id: _alone(item, codes[item.id], ground, on) for item in alone}


def owed_now(
    items: Sequence[Item], truths: pl.DataFrame, ground: Ground, on: date
) -> dict[str, pl.DataFrame]:
    """Give "enterprise_id", "low_cents" and "high_cents" of those each payable item is owed to, and nothing besides.

    The leanest form of the whole: who only may meet an item is looked at where it bears on one that is met.
    truths  what matching.engine.match.truths gave for all of them.
    """
    groups = groups_of(items, on)
    tied = {item.id for group in groups for item in group.items}
    asked = [
        (item, places(truths[item.id]))
        for item in items
        if item.id not in tied and payable(item, on).allowed
    ]
    held: dict[str, pl.DataFrame] = {}
    for group in groups:
        lone, rows = _lone(group, truths, ground)
        asked += zip(group.items, lone, strict=True)
        codes = at(truths.select(item.id for item in group.items), rows).select(
            verdict(pl.col(item.id), None).alias(item.id) for item in group.items
        )
        for key, settled in _settled_at(group, rows, codes, ground, on).items():
            kept = settled.frame.filter(pl.col("state") == KEPT)
            held[key] = kept.select("enterprise_id", "low_cents", "high_cents")
    ranges = [amount_range(item.amount, ground, item.evidence(on)) for item, _ in asked]
    found = ground.collect_each(
        (rows, (low.alias("low_cents"), high.alias("high_cents")))
        for (_, rows), (low, high) in zip(asked, ranges, strict=True)
    )
    owed = {item.id: given for (item, _), given in zip(asked, found, strict=True)}
    both = {key: pl.concat([owed[key], kept]).sort("enterprise_id") for key, kept in held.items()}
    return owed | both


def _lone(group: Group, truths: pl.DataFrame, ground: Ground) -> tuple[list[pl.Series], pl.Series]:
    """Give per item the rows where nothing can bear on it, and the other rows where one of them is met.

    Nothing can where its partners are unmet and nothing was paid before.
    """
    keys = [item.id for item in group.items]
    alone = [
        pl.all_horizontal(pl.col(key), *(~pl.col(other) for other in keys if other != key))
        for key in keys
    ]
    families = {tie.family for tie in group.paid}
    paid = ground.population.awards.filter(pl.col("family").is_in(families))["enterprise_id"]
    if families and "awards" not in ground.population.coverage:
        alone = [pl.lit(value=False) for _ in keys]
    elif not paid.is_empty():
        before = pl.col("enterprise_id").is_in(paid.unique().to_list())
        alone = [mask & ~before for mask in alone]
    left = pl.any_horizontal(keys) & ~pl.any_horizontal(alone).fill_null(value=False)
    found = truths.select(
        "enterprise_id",
        left.alias("left:"),
        *(m.alias(k) for k, m in zip(keys, alone, strict=True)),
    )
    return [places(found[key]) for key in keys], places(found["left:"])


def settled_over(group: Group, codes: pl.DataFrame, ground: Ground, on: date) -> dict[str, Settled]:
    """Settle a group over a population: the rows on which one of its items at least is not unmet."""
    ids = [item.id for item in group.items]
    rows = places(codes.select(pl.any_horizontal(pl.col(ids) != UNMET)).to_series())
    return _settled_at(group, rows, at(codes.select(ids), rows), ground, on)


def _settled_at(
    group: Group, rows: pl.Series, codes: pl.DataFrame, ground: Ground, on: date
) -> dict[str, Settled]:
    """Settle a group on some rows, whose verdict codes these are."""
    amounts: list[pl.Expr] = []
    for item in group.items:
        low, high = amount_range(item.amount, ground, item.evidence(on))
        amounts += [low.alias(low_column(item.id)), high.alias(high_column(item.id))]
    found = ground.collect_at(rows, *amounts)
    known = codes.select(pl.col(item.id).alias(code_column(item.id)) for item in group.items)
    return settle(group, with_ledgers(group, found.hstack(known.get_columns()), ground, on))


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


def _alone(item: Item, codes: pl.Series, ground: Ground, on: date) -> Outcome:
    low, high = amount_range(item.amount, ground, item.evidence(on))
    rows = places(codes != UNMET)
    found = ground.collect_at(rows, low.alias("low_cents"), high.alias("high_cents"))
    return Outcome(
        kept=found.filter(codes.gather(rows) == MET),
        aside=pl.DataFrame(schema=ASIDE),
        possible_cents=int(found["high_cents"].sum()),
        endless=found["high_cents"].null_count(),
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
