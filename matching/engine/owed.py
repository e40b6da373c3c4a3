"""What is owed: payable items over a population, those that bear on each other settled among themselves."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.ledger import claims_that_meet, ledger_facts, paid_before
from matching.engine.match import payable_items, verdicts
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
)
from matching.engine.settle_alike import Standing, settle_all
from matching.engine.spells import marked
from matching.engine.staged import nobody, places, where
from matching.engine.ties import Group, PaidTie, Tie, groups_among
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
    living = payable_items(items, on)
    groups = [one for one in groups_among(living, items, on) if asked & {i.id for i in one.items}]
    tied = {item.id for group in groups for item in group.items}
    alone = [item for item in living if item.id in asked - tied]
    if codes is None:
        codes = verdicts([*alone, *(item for group in groups for item in group.items)], ground, on)
    found: dict[str, Outcome] = {}
    for settled in settle_all([_standing(group, codes, ground, on) for group in groups]):
        found |= {key: _of_settled(key, one) for key, one in settled.items() if key in asked}
    masks = [codes[item.id] != UNMET for item in alone]
    given = _given(alone, masks, ground, on)
    return found | {
        item.id: _alone(frame, codes[item.id].filter(mask))
        for item, mask, frame in zip(alone, masks, given, strict=True)
    }


def owed_now(
    items: Sequence[Item], truths: pl.DataFrame, ground: Ground, on: date
) -> dict[str, pl.DataFrame]:
    """Give "enterprise_id", "low_cents" and "high_cents" of those each payable item is owed to, and nothing besides.

    The leanest form of the whole: who only may meet an item is looked at where it bears on one that is met.
    truths  what matching.engine.match.truths gave for all of them.
    """
    living = payable_items(items, on)
    met = [truths[item.id] for item in living]
    owed = dict(zip((item.id for item in living), _given(living, met, ground, on), strict=True))
    groups = groups_among(living, items, on)
    contested = [_contested(group, truths, ground) for group in groups]
    standing = [
        _standing_at(group, _bare_codes(group, truths, rows), rows, ground, on)
        for group, rows in zip(groups, contested, strict=True)
    ]
    for rows, settled in zip(contested, settle_all(standing), strict=True):
        for key, one in settled.items():
            owed[key] = _with_settled(owed[key], rows.filter(truths[key]), one.frame)
    return owed


def _given(
    items: Sequence[Item], masks: Sequence[pl.Series], ground: Ground, on: date
) -> list[pl.DataFrame]:
    """Give "enterprise_id", "low_cents" and "high_cents" of each item on the rows where its mask is true."""
    ranges = [amount_range(item.amount, ground, item.evidence(on)) for item in items]
    return ground.collect_each(
        (mask, (low.alias("low_cents"), high.alias("high_cents")))
        for mask, (low, high) in zip(masks, ranges, strict=True)
    )


def _standing(group: Group, codes: pl.DataFrame, ground: Ground, on: date) -> Standing:
    """Give what a group is settled by, on the rows on which one of its items at least is not unmet."""
    ids = [item.id for item in group.items]
    some = codes.select(pl.any_horizontal(pl.col(ids) != UNMET)).to_series()
    return _standing_at(group, where(codes.select(ids), some), some, ground, on)


def _contested(group: Group, truths: pl.DataFrame, ground: Ground) -> pl.Series:
    """Mark the rows on which an item of a group is met and something may bear on it.

    Nothing can where all its partners are unmet and nothing was paid before.
    """
    one = two = anybody = nobody(truths.height)
    for item in group.items:
        met = truths[item.id].eq_missing(other=True)
        may_be = truths[item.id].ne_missing(other=False)
        anybody, one, two = anybody | met, one | may_be, two | (one & may_be)
    families = {tie.family for tie in group.paid}
    if families and "awards" not in ground.population.coverage:
        return anybody
    paid = ground.population.awards.filter(pl.col("family").is_in(families))["enterprise_id"]
    before = marked(nobody(truths.height), truths["enterprise_id"], paid.unique(), value=True)
    return anybody & (two if paid.is_empty() else two | before)


def _bare_codes(group: Group, truths: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Give the verdict codes of a group on some rows, from truths alone; of a met item no person is asked."""
    ids = [item.id for item in group.items]
    return where(truths.select(ids), rows).select(
        verdict(pl.col(key), None).alias(key) for key in ids
    )


def _with_settled(given: pl.DataFrame, contested: pl.Series, settled: pl.DataFrame) -> pl.DataFrame:
    """Put what was settled in place of what an item gives by its own text, and leave out who is not paid.

    contested  which of the given rows were settled.
    settled    its outcome on all rows settled; those on which it is met are the contested ones.
    """
    decided, at_rows = settled.filter(pl.col("state") != ABSENT), places(contested)
    kept = ~nobody(given.height)
    # A copy: scatter changes the series it is called on.
    ends = (
        given[name].clone().scatter(at_rows, decided[name]) for name in ("low_cents", "high_cents")
    )
    paid = kept.scatter(at_rows, decided["state"] == KEPT)
    return pl.DataFrame([given["enterprise_id"], *ends]).filter(paid)


def _standing_at(
    group: Group, codes: pl.DataFrame, rows: pl.Series, ground: Ground, on: date
) -> Standing:
    """Put amounts and ledgers beside the verdict codes of some rows, which a mask over the population marks."""
    amounts: list[pl.Expr] = []
    for item in group.items:
        low, high = amount_range(item.amount, ground, item.evidence(on))
        amounts += [low.alias(low_column(item.id)), high.alias(high_column(item.id))]
    found = ground.collect_each([(rows, amounts)])[0]
    known = codes.select(pl.col(item.id).alias(code_column(item.id)) for item in group.items)
    return group, with_ledgers(group, found.hstack(known.get_columns()), ground, on)


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


def _alone(found: pl.DataFrame, codes: pl.Series) -> Outcome:
    return Outcome(
        kept=found.filter(codes == MET),
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
