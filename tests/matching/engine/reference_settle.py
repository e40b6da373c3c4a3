"""Settling written once more in plain Python: one enterprise, everything known, then every way it may turn out."""

from collections.abc import Iterator
from itertools import product

import msgspec

from matching.engine.precedence import APART, PARTLY
from matching.engine.ties import Group, PaidTie, Tie


class World(msgspec.Struct, frozen=True):
    """One way things are: what each item gives where it is met (None: unmet), what was paid, what is shared.

    paid    family to 分; shared: place of the tie to APART, SAME or PARTLY.
    """

    gives: dict[str, int | None]
    paid: dict[str, int]
    shared: dict[int, int]


class Cell(msgspec.Struct, frozen=True):
    """What is known of an item: met, unmet or unknown (None), and both ends of what it gives."""

    met: bool | None
    low: int
    high: int


def worlds_of(
    cells: dict[str, Cell], paid: dict[str, int | None], shared: dict[int, int | None]
) -> Iterator[World]:
    """Give every way the unknowns may turn out; what may be paid is nothing, little or much."""
    choices = [
        [
            *(range(cell.low, cell.high + 1) if cell.met is not False else ()),
            *([None] if cell.met is not True else ()),
        ]
        for cell in cells.values()
    ]
    ledgers = [[sum_] if sum_ is not None else [0, 1, 9] for sum_ in paid.values()]
    meetings = [[meets] if meets is not None else [0, 1, 2] for meets in shared.values()]
    for gives in product(*choices):
        for sums in product(*ledgers):
            for meets in product(*meetings):
                yield World(
                    dict(zip(cells, gives, strict=True)),
                    dict(zip(paid, sums, strict=True)),
                    dict(zip(shared, meets, strict=True)),
                )


def outcome(group: Group, world: World) -> dict[str, str]:
    """Give "in", "out" or "open" (someone has to say) of every item that is met; everything is known."""
    met = {key: cents for key, cents in world.gives.items() if cents is not None}
    said = {key: _by_ledger(key, met[key], group, world) for key in met}
    found = {key: "out" for key, answer in said.items() if answer == "out"}
    while True:
        news = {
            key: answer
            for key in met
            if key not in found
            and (answer := _by_partners(key, met, said, found, group, world)) is not None
        }
        if not news:
            return {key: found.get(key, "open") for key in met}
        found |= news


def _by_ledger(key: str, cents: int, group: Group, world: World) -> str:
    answers = {
        _paid_says(tie, cents, world.paid[tie.family]) for tie in group.paid if tie.item_id == key
    }
    return "out" if "out" in answers else "open" if "open" in answers else "free"


def _paid_says(tie: PaidTie, cents: int, paid: int) -> str:
    if paid == 0 or tie.effect == "less":
        return "free"
    if tie.effect == "bars":
        return "out"
    if tie.effect == "reversed":
        return "open"
    if paid >= cents:
        return "out"
    return "free" if tie.effect == "full" else "open"


def _by_partners(  # noqa: PLR0913, PLR0917  one enterprise's whole state
    key: str,
    met: dict[str, int],
    said: dict[str, str],
    found: dict[str, str],
    group: Group,
    world: World,
) -> str | None:
    clear = said[key] == "free"
    for place, tie in enumerate(group.ties):
        if key not in (tie.one, tie.two):
            continue
        partner = tie.other(key)
        if partner not in met or found.get(partner) == "out":
            continue
        if tie.rule == "difference" and found.get(partner) == "in" and met[partner] >= met[key]:
            return "out"
        first = _first(tie, met, world.shared.get(place))
        if first in ("neither", key):
            continue
        if found.get(partner) != "in" or first == "unsaid":
            if tie.rule == "difference" and first == partner and said[partner] != "free":
                continue
            clear = False
        elif tie.rest and met[partner] < met[key]:
            continue
        else:
            return "out"
    return "in" if clear else None


def _first(tie: Tie, met: dict[str, int], meets: int | None) -> str:
    if meets == APART:
        return "neither"
    if meets == PARTLY or tie.rule in ("choice", "same_evidence"):
        return "unsaid"
    if tie.first is not None:
        return tie.first
    return max(sorted((tie.one, tie.two)), key=lambda key: met[key])
