"""Who goes before whom: the columns by which items of a group are held against each other.

`in:ID` and `out:ID` say that an item is surely paid, surely not; a tie's `before:` that its partner goes before
it. All are drawn from columns of the group's frame, whose names stand here.
"""

import polars as pl

from matching.engine.ties import Group, PaidTie, Tie
from matching.engine.truth import MET, UNMET

APART, SAME, PARTLY = 0, 1, 2
"""How the evidence items two items are claimed on meet: not at all, all of them, some; null: not known."""


def code_column(item_id: str) -> str:
    """Name the column of an item's verdict codes."""
    return f"code:{item_id}"


def low_column(item_id: str) -> str:
    """Name the column of the least an item gives."""
    return f"low:{item_id}"


def high_column(item_id: str) -> str:
    """Name the column of the most an item gives; null: no upper end known."""
    return f"high:{item_id}"


def paid_column(tie: PaidTie) -> str:
    """Name the column of what was paid before; null: not known."""
    return f"paid:{tie.family}:{_window(tie)}"


def seen_column(tie: PaidTie) -> str:
    """Name the column that says whether anything was paid before; null: not known."""
    return f"seen:{tie.family}:{_window(tie)}"


def shared_column(tie: Tie) -> str:
    """Name the column of APART, SAME and PARTLY for two items."""
    return f"shared:{tie.one}:{tie.two}"


def _window(tie: PaidTie) -> str:
    return f"{tie.days.since}..{tie.days.until or ''}" if tie.days else ""


def is_met(item_id: str) -> pl.Expr:
    """Say that an item's conditions are met."""
    return pl.col(f"met:{item_id}")


def may_be(item_id: str) -> pl.Expr:
    """Say that an item is met or may be."""
    return pl.col(f"may:{item_id}")


def lowest(item_id: str) -> pl.Expr:
    """Give the least an item gives by its own text."""
    return pl.col(low_column(item_id))


def highest(item_id: str) -> pl.Expr:
    """Give the most an item gives by its own text; null: no upper end known."""
    return pl.col(high_column(item_id))


def is_in(item_id: str) -> pl.Expr:
    """Say that an item is surely paid."""
    return pl.col(f"in:{item_id}")


def is_out(item_id: str) -> pl.Expr:
    """Say that an item is surely not paid."""
    return pl.col(f"out:{item_id}")


def starting(group: Group) -> list[pl.Expr]:
    """Say of each item whether it is met, and whether it may be."""
    codes = {item.id: pl.col(code_column(item.id)) for item in group.items}
    return [
        *((code == MET).alias(f"met:{key}") for key, code in codes.items()),
        *((code != UNMET).alias(f"may:{key}") for key, code in codes.items()),
    ]


def barred(group: Group) -> list[pl.Expr]:
    """Say per payment tie whether it keeps its item from being paid; null: it may, or a person must say."""
    return [_bars(tie).alias(f"barred:{place}") for place, tie in enumerate(group.paid)]


def _bars(tie: PaidTie) -> pl.Expr:
    seen, paid = pl.col(seen_column(tie)), pl.col(paid_column(tie))
    low, high = lowest(tie.item_id), highest(tie.item_id)
    # A sum that is not known is not known to be nothing either, though something surely was paid.
    none = ~seen | (paid == 0)
    enough = seen & (paid > 0) & (paid >= high)
    match tie.effect:
        case "less":
            return pl.lit(value=False)
        case "bars":
            return seen
        case "full":
            return (
                pl.when(none | (paid < low)).then(statement=False).when(enough).then(statement=True)
            )
        case "person":
            return pl.when(none).then(statement=False).when(enough).then(statement=True)
        case _:
            return pl.when(none).then(statement=False)


def standing(group: Group) -> list[pl.Expr]:
    """Say what is settled before items are held against each other: nothing in, the unmet and barred out."""
    found: list[pl.Expr] = []
    for item in group.items:
        barred = [pl.col(f"barred:{p}") for p in paid_places(item.id, group)]
        any_bars = pl.any_horizontal(barred) if barred else pl.lit(value=False)
        found += [
            (is_met(item.id) & ~any_bars).fill_null(value=False).alias(f"free:{item.id}"),
            (~may_be(item.id) | any_bars).fill_null(value=False).alias(f"out:{item.id}"),
            pl.lit(value=False).alias(f"in:{item.id}"),
        ]
    return found


def paid_places(item_id: str, group: Group) -> list[int]:
    """Give the places of the payment ties that bear on an item."""
    return [place for place, tie in enumerate(group.paid) if tie.item_id == item_id]


def precedence(group: Group) -> list[pl.Expr]:
    """Give per tie and direction whether the partner goes before the item; null: perhaps."""
    found: list[pl.Expr] = []
    for place, tie in enumerate(group.ties):
        for item_id in (tie.one, tie.two):
            before = _goes_before(tie.other(item_id), item_id, tie)
            if tie.scope == "evidence":
                meets = pl.col(shared_column(tie))
                before = (
                    pl.when(meets == APART).then(statement=False).when(meets == SAME).then(before)
                )
            found.append(before.alias(before_column(place, item_id)))
    return found


def before_column(place: int, item_id: str) -> str:
    """Name the column that says whether, under a tie, the partner goes before the item; null: perhaps."""
    return f"before:{place}:{item_id}"


def _goes_before(partner: str, item_id: str, tie: Tie) -> pl.Expr:
    if tie.first is not None:
        return pl.lit(value=tie.first == partner)
    if tie.rule in ("choice", "same_evidence"):
        return pl.lit(None, dtype=pl.Boolean)
    return _gives_more(partner, item_id)


def _gives_more(one: str, two: str) -> pl.Expr:
    """Say whether one surely gives more than two, or as much and comes first by name; null: perhaps."""
    ahead = one < two
    more = lowest(one) >= highest(two) if ahead else lowest(one) > highest(two)
    less = highest(one) < lowest(two) if ahead else highest(one) <= lowest(two)
    # No upper end is above everything: no comparison with it is surely true.
    surely = more.fill_null(value=False), less.fill_null(value=False)
    return pl.when(surely[0]).then(statement=True).when(surely[1]).then(statement=False)


def next_standing(item_id: str, group: Group) -> list[pl.Expr]:
    """Say anew whether an item is surely paid or surely not, from what is known of its partners."""
    clear, beaten = is_free(item_id), pl.lit(value=False)
    for place, tie in ties_of(item_id, group):
        partner, before = tie.other(item_id), pl.col(before_column(place, item_id))
        clear &= lets_pass(item_id, partner, tie, before)
        beaten |= is_in(partner) & leaves_nothing(item_id, partner, tie, before)
    return [
        (is_in(item_id) | (clear & ~is_out(item_id))).alias(f"in:{item_id}"),
        (is_out(item_id) | beaten).alias(f"out:{item_id}"),
    ]


def is_free(item_id: str) -> pl.Expr:
    """Say that an item is met and nothing paid before keeps it from being paid."""
    return pl.col(f"free:{item_id}")


def ties_of(item_id: str, group: Group) -> list[tuple[int, Tie]]:
    """Give the ties an item has to others, with their places."""
    return [(p, tie) for p, tie in enumerate(group.ties) if item_id in (tie.one, tie.two)]


def lets_pass(item_id: str, partner: str, tie: Tie, before: pl.Expr) -> pl.Expr:
    """Say that a partner surely does not keep the item from being paid something now."""
    passes = is_out(partner) | ~before.fill_null(value=True)
    if tie.rule == "difference":
        # Paid now, and what the partner may give more is a top-up: only who surely gives more now goes first.
        ahead = (
            lowest(partner) >= lowest(item_id)
            if partner < item_id
            else lowest(partner) > lowest(item_id)
        )
        return passes | ~(is_free(partner) & ahead)
    if tie.rest:
        comes_first = before.fill_null(value=False) & is_in(partner)
        return passes | (comes_first & ~leaves_nothing(item_id, partner, tie, before))
    return passes


def leaves_nothing(item_id: str, partner: str, tie: Tie, before: pl.Expr) -> pl.Expr:
    """Say that a partner which is paid surely leaves nothing of the item."""
    first = before.fill_null(value=False)
    if tie.rule == "difference":
        return (lowest(partner) >= highest(item_id)).fill_null(value=False)
    if tie.rest:
        return first & (lowest(partner) >= highest(item_id)).fill_null(value=False)
    return first
