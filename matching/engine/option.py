"""How an item of one enterprise stands to the others: the settling of the whole population, over one row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.owed import STATE_NAMES, partner_of, with_ledgers
from matching.engine.precedence import code_column, high_column, low_column
from matching.engine.settle import ABSENT, KEPT, Settled, settle
from matching.engine.ties import Group, groups_of
from matching.language.exclusivity import Exclusive
from matching.language.items import Item

OptionState = Literal["kept", "open", "out", "yields", "waits", "chooses", "person"]
Sums = tuple[int, int, int | None]
"""Verdict code, lowest and highest 分 of an item by its own text."""


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One item beside the others.

    state       "kept": it is owed; "open": not met, but it may be; "out": it will not be owed whatever comes;
                else it is met and not paid, and this is why.
    low_cents   what is owed, or of an item that is not paid what it would give; `high_cents` None: no end.
    partner     other item's id, or "family:F" of the ledger; None where it is not met, or owed.
    clause      what says so, and `said_by` in whose file it stands.
    """

    item_id: str
    state: OptionState
    low_cents: int
    high_cents: int | None
    partner: str | None = None
    clause: Exclusive | None = None
    said_by: str | None = None


def tied_items(wanted: Iterable[str], items: Sequence[Item], on: date) -> set[str]:
    """Give the ids wanted and those of every item that bears on one of them."""
    ids = set(wanted)
    for group in groups_of(items, on):
        members = {item.id for item in group.items}
        if ids & members:
            ids |= members
    return ids


def options_of(
    sums: Mapping[str, Sums], items: Sequence[Item], ground: Ground, on: date
) -> dict[str, Option]:
    """Give how each item stands to the others, for the one enterprise of a ground.

    sums   of every item asked about, and of every one that bears on it.
    items  all of the catalogue. An item on which nothing bears, or that cannot be paid, is not in the answer.
    """
    found: dict[str, Option] = {}
    for group in groups_of(items, on):
        if all(item.id in sums for item in group.items):
            row = with_ledgers(group, _row(group, sums, ground), ground, on)
            for item_id, settled in settle(group, row).items():
                found[item_id] = _option(item_id, settled)
    return found


def _row(group: Group, sums: Mapping[str, Sums], ground: Ground) -> pl.DataFrame:
    columns = [ground.population.frame["enterprise_id"]]
    for item in group.items:
        code, low, high = sums[item.id]
        columns += [
            pl.Series(code_column(item.id), [code], dtype=pl.UInt8),
            pl.Series(low_column(item.id), [low], dtype=pl.Int64),
            pl.Series(high_column(item.id), [high], dtype=pl.Int64),
        ]
    return pl.DataFrame(columns)


def _option(item_id: str, settled: Settled) -> Option:
    row = settled.frame.row(0, named=True)
    low, high = row["low_cents"], row["high_cents"]
    if row["state"] == ABSENT:
        state: OptionState = "open" if row["open"] else "out"
        return Option(item_id=item_id, state=state, low_cents=low, high_cents=high)
    if row["state"] == KEPT:
        return Option(item_id=item_id, state="kept", low_cents=low, high_cents=high)
    reason = settled.reasons[row["tie"]]
    return Option(
        item_id=item_id,
        state=STATE_NAMES[row["state"]],  # type: ignore[arg-type]
        low_cents=low,
        high_cents=high,
        partner=partner_of(reason, item_id),
        clause=reason.said.clause,
        said_by=reason.said.item_id,
    )
