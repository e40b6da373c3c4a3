"""Settling what may not all be had: which items are paid, which yield, which wait; over columns, pure.

The reading. An item is paid only where every way the unknowns may turn out keeps it; it yields where none
does; else it waits, and nothing is paid on it. A partner that is undecided holds an item back only where it
could still go before it; under "difference" it does not, since what it would give more is then a top-up.
Nothing is paid twice, and what is not paid stands in the outcome with its amount.

Who goes before whom: what a document puts first; by amount, where the highest counts (of equal ones the first
by name); nobody, where the firm chooses. From what is surely paid follows what yields to it, from what surely
yields what is paid in its stead, as often as anything new follows.
"""

import msgspec
import polars as pl

from matching.engine.precedence import (
    PARTLY,
    barred,
    before_column,
    highest,
    is_free,
    is_in,
    is_met,
    is_out,
    leaves_nothing,
    lets_pass,
    lowest,
    may_be,
    next_standing,
    paid_column,
    paid_places,
    precedence,
    seen_column,
    shared_column,
    standing,
    starting,
    ties_of,
)
from matching.engine.ties import Group, PaidTie, Tie
from matching.engine.whole import NARROW
from matching.language.items import Item

ABSENT, KEPT, YIELDS, WAITS, CHOOSES, PERSON_SAYS = 0, 1, 2, 3, 4, 5
"""What becomes of an item: nothing to pay, paid, given up for another, waiting for a datum of another (or for
the ledger), for the firm to choose, for a person to say."""

NOTHING, ENDLESS = (pl.lit(cents, dtype=pl.Int64) for cents in (0, NARROW))


class Settled(msgspec.Struct, frozen=True):
    """How one item came out, one row an enterprise in the order given.

    frame  "enterprise_id", "state" (codes above; ABSENT where it is unmet), "open" (not met, but it may be),
           "low_cents" and "high_cents" (what is paid; of a met item not paid, what it would give; null: no
           upper end), "tie" (place in `reasons` of what keeps it from being paid; null where it is paid).
    """

    frame: pl.DataFrame
    reasons: tuple[Tie | PaidTie, ...]


def settle(group: Group, columns: pl.DataFrame) -> dict[str, Settled]:
    """Settle one group.

    columns  "enterprise_id", and what matching.engine.precedence names: verdict code, low and high of each
             item, the ledger of each payment tie, how the evidence meets for each tie within evidence.
    """
    steps = columns.lazy().with_columns(starting(group)).with_columns(barred(group))
    steps = steps.with_columns(standing(group)).with_columns(precedence(group))
    for _ in group.items:
        for item in group.items:
            steps = steps.with_columns(next_standing(item.id, group))
    frame = steps.with_columns(_reason(item.id, group) for item in group.items).collect()
    reasons: tuple[Tie | PaidTie, ...] = (*group.paid, *group.ties)
    return {item.id: Settled(_outcome(item, group, frame), reasons) for item in group.items}


def _outcome(item: Item, group: Group, frame: pl.DataFrame) -> pl.DataFrame:
    met, kept, out = is_met(item.id), is_in(item.id), is_out(item.id)
    low, high = _left(item, group)
    state = (
        pl.when(kept)
        .then(KEPT)
        .when(met & out)
        .then(YIELDS)
        .when(met)
        .then(_waiting(item.id, group))
        .otherwise(ABSENT)
    )
    return frame.select(
        "enterprise_id",
        state.cast(pl.UInt8).alias("state"),
        (may_be(item.id) & ~met & ~out).alias("open"),
        pl.when(met & ~kept).then(lowest(item.id)).otherwise(low).alias("low_cents"),
        pl.when(met & ~kept).then(highest(item.id)).otherwise(high).alias("high_cents"),
        _tie(item.id).alias("tie"),
    )


def _left(item: Item, group: Group) -> tuple[pl.Expr, pl.Expr]:
    """Give both ends of what is left of an item: less what was paid, and less what goes before it.

    What is due now under a family and what was paid under it may be the same money: the larger is taken off.
    """
    before = _rest_partners(item, group)
    paid = {
        tie.family: pl.col(paid_column(tie))
        for tie in group.paid
        if tie.item_id == item.id and tie.effect == "less"
    }
    low, high = lowest(item.id), highest(item.id)
    for family in dict.fromkeys([*paid, *before]):
        least, most = [NOTHING], [NOTHING]
        for partner, goes_before in before.get(family, ()):
            counts = is_in(partner) & goes_before
            least.append(pl.when(counts).then(lowest(partner)).otherwise(NOTHING))
            # No upper end: it may leave nothing.
            endless = highest(partner).fill_null(ENDLESS)
            most.append(pl.when(counts).then(endless).otherwise(NOTHING))
        if family in paid:
            least.append(paid[family].fill_null(NOTHING))
            most.append(paid[family].fill_null(ENDLESS))
        low = (low - pl.max_horizontal(most)).clip(lower_bound=NOTHING)
        high = (high - pl.max_horizontal(least)).clip(lower_bound=NOTHING)
    return low, high


def _rest_partners(item: Item, group: Group) -> dict[str, list[tuple[str, pl.Expr]]]:
    """Give, by family, the partners that go before an item and leave it the rest, and where they do."""
    families = {other.id: other.family for other in group.items}
    found: dict[str, list[tuple[str, pl.Expr]]] = {}
    for place, tie in ties_of(item.id, group):
        if tie.rest and tie.first != item.id:
            partner = tie.other(item.id)
            before = pl.col(before_column(place, item.id)).fill_null(value=False)
            found.setdefault(families[partner], []).append((partner, before))
    return found


def _tie(item_id: str) -> pl.Expr:
    """Give the place in the reasons of what keeps a met item from being paid."""
    return pl.col(f"tie:{item_id}")


def _reason(item_id: str, group: Group) -> pl.Expr:
    """Find the first tie that keeps a met item from being paid: those that surely do go first."""
    sure: list[pl.Expr] = []
    perhaps: list[pl.Expr] = []
    for place in paid_places(item_id, group):
        bars = pl.col(f"barred:{place}")
        sure.append(pl.when(bars).then(place))
        perhaps.append(pl.when(bars.is_null()).then(place))
    for place, tie in ties_of(item_id, group):
        partner, before = tie.other(item_id), pl.col(before_column(place, item_id))
        number = len(group.paid) + place
        leaves = is_in(partner) & leaves_nothing(item_id, partner, tie, before)
        sure.append(pl.when(leaves).then(number))
        perhaps.append(pl.when(~lets_pass(item_id, partner, tie, before)).then(number))
    kept_back = is_met(item_id) & ~is_in(item_id)
    first = pl.coalesce(*sure, *perhaps)
    return pl.when(kept_back).then(first).cast(pl.Int16).alias(f"tie:{item_id}")


def _waiting(item_id: str, group: Group) -> pl.Expr:
    """Say what an item waits for, by the tie that is its reason."""
    states: list[pl.Expr] = []
    for place in paid_places(item_id, group):
        paid = group.paid[place]
        known = pl.col(seen_column(paid)).is_not_null() & pl.col(paid_column(paid)).is_not_null()
        if paid.effect in ("person", "reversed"):
            states.append(pl.when((_tie(item_id) == place) & known).then(PERSON_SAYS))
    for place, tie in ties_of(item_id, group):
        waits_on = _waits_on(tie, tie.other(item_id))
        states.append(pl.when(_tie(item_id) == len(group.paid) + place).then(waits_on))
    return pl.coalesce(*states, pl.lit(WAITS))


def _waits_on(tie: Tie, partner: str) -> pl.Expr:
    """Say what a tie leaves open: the firm chooses between two that are free, a person divides evidence."""
    chosen = tie.rule in ("choice", "same_evidence")
    settled = is_free(partner)
    if tie.scope == "evidence":
        meets = pl.col(shared_column(tie))
        settled &= meets.is_not_null() if chosen else (meets == PARTLY).fill_null(value=False)
    elif not chosen:
        return pl.lit(WAITS)
    return pl.when(settled).then(CHOOSES if chosen else PERSON_SAYS).otherwise(WAITS)
