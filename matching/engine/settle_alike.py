"""Groups of one shape settled together: under the same made-up names their rows stand one below the other.

Settling is dozens of small steps over columns; for a group of few rows their number is what it costs. Many
groups are alike: three items, the highest only, whatever was paid before. Such are settled in one go.
"""

from collections.abc import Sequence

import msgspec
import polars as pl

from matching.engine.precedence import (
    code_column,
    high_column,
    low_column,
    paid_column,
    seen_column,
    shared_column,
)
from matching.engine.settle import Settled, settle
from matching.engine.ties import Group, PaidTie, Tie

Standing = tuple[Group, pl.DataFrame]
"""A group, and the columns `settle` asks for, over the rows it is to be settled on."""


class _Renamed(msgspec.Struct, frozen=True):
    """A group under made-up names, how its columns are called there, and what makes another one its like."""

    group: Group
    columns: dict[str, str]
    shape: tuple[object, ...]


def settle_all(standing: Sequence[Standing]) -> list[dict[str, Settled]]:
    """Settle groups, each on its own rows; the answers in the order given."""
    alike: dict[tuple[object, ...], list[tuple[int, _Renamed]]] = {}
    for place, (group, _) in enumerate(standing):
        renamed = _renamed(group)
        alike.setdefault(renamed.shape, []).append((place, renamed))
    found: dict[int, dict[str, Settled]] = {}
    for members in alike.values():
        if len(members) == 1:
            place = members[0][0]
            found[place] = settle(*standing[place])
        else:
            together = _settled_together([(standing[place], renamed) for place, renamed in members])
            found |= {place: one for (place, _), one in zip(members, together, strict=True)}
    return [found[place] for place in range(len(standing))]


def _settled_together(members: Sequence[tuple[Standing, _Renamed]]) -> list[dict[str, Settled]]:
    stacked = pl.concat(
        frame.select("enterprise_id", *(pl.col(a).alias(b) for a, b in renamed.columns.items()))
        for (_, frame), renamed in members
    )
    whole = settle(members[0][1].group, stacked)
    answers: list[dict[str, Settled]] = []
    start = 0
    for (group, frame), renamed in members:
        rows = {
            made_up.id: whole[made_up.id].frame.slice(start, frame.height)
            for made_up in renamed.group.items
        }
        reasons: tuple[Tie | PaidTie, ...] = (*group.paid, *group.ties)
        pairs = zip(group.items, renamed.group.items, strict=True)
        answers.append({item.id: Settled(rows[made_up.id], reasons) for item, made_up in pairs})
        start += frame.height
    return answers


def _renamed(group: Group) -> _Renamed:
    """Give a group under names that say no more than the order of its own, which decides between equal sums."""
    ids = {key: f"{place:04}" for place, key in enumerate(sorted(item.id for item in group.items))}
    named = [*(item.family for item in group.items), *(tie.family for tie in group.paid)]
    families = {family: str(place) for place, family in enumerate(dict.fromkeys(named))}
    replace = msgspec.structs.replace
    made_up = Group(
        items=tuple(
            replace(item, id=ids[item.id], family=families[item.family]) for item in group.items
        ),
        ties=tuple(
            replace(tie, one=ids[tie.one], two=ids[tie.two], first=tie.first and ids[tie.first])
            for tie in group.ties
        ),
        paid=tuple(
            replace(tie, item_id=ids[tie.item_id], family=families[tie.family])
            for tie in group.paid
        ),
    )
    shape = (
        tuple((item.id, item.family) for item in made_up.items),
        tuple((t.one, t.two, t.rule, t.scope, t.first, t.rest) for t in made_up.ties),
        tuple((t.item_id, t.family, t.effect, t.days) for t in made_up.paid),
    )
    return _Renamed(made_up, _new_names(group, made_up), shape)


def _new_names(group: Group, made_up: Group) -> dict[str, str]:
    names: dict[str, str] = {}
    for item, other in zip(group.items, made_up.items, strict=True):
        for column in (code_column, low_column, high_column):
            names[column(item.id)] = column(other.id)
    for paid, other_paid in zip(group.paid, made_up.paid, strict=True):
        for paid_name in (paid_column, seen_column):
            names[paid_name(paid)] = paid_name(other_paid)
    for tie, other_tie in zip(group.ties, made_up.ties, strict=True):
        if tie.scope == "evidence":
            names[shared_column(tie)] = shared_column(other_tie)
    return names
