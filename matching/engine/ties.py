"""Which items of a day bear on each other, and which payments of before bear on them."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from matching.engine.match import payable_items
from matching.language.amounts import LessPaid, Staged, amounts_in
from matching.language.exclusivity import FAMILY, Exclusive, Rule, Scope
from matching.language.items import Days, Item

PARTING: tuple[Rule, ...] = (
    "highest", "difference", "order", "choice", "bars", "same_evidence",
)  # fmt: skip
"""The rules under which two items are not simply both paid."""


class Said(msgspec.Struct, frozen=True):
    """Where a tie comes from: the item whose file says it, and its clause."""

    item_id: str
    clause: Exclusive


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Two items that may not both be had in full.

    first  the one that takes precedence whatever the amounts; None: the amounts, or the firm, decide.
    rest   the other one still gives what it exceeds the first by.
    """

    one: str
    two: str
    said: Said
    first: str | None = None
    rest: bool = False

    @property
    def rule(self) -> Rule:
        """Give the rule of the clause."""
        return self.said.clause.rule

    @property
    def scope(self) -> Scope:
        """Give within what the rule holds."""
        return self.said.clause.scope

    def other(self, item_id: str) -> str:
        """Give the partner of one of the two."""
        return self.two if item_id == self.one else self.one


class PaidTie(msgspec.Struct, frozen=True, kw_only=True):
    """What was paid before under a family and bears on an item.

    effect  less: it is taken off. bars: nothing more is given. full: nothing where it was as much or more,
            else all. person: the same, but where it was less a person decides. reversed: the one that should
            have come second was paid first: a person decides.
    days    payments of these days count; None: all.
    """

    item_id: str
    family: str
    effect: str
    said: Said
    days: Days | None = None


class Group(msgspec.Struct, frozen=True):
    """Items whose outcomes hang together."""

    items: tuple[Item, ...]
    ties: tuple[Tie, ...]
    paid: tuple[PaidTie, ...]


def groups_of(items: Sequence[Item], on: date) -> tuple[Group, ...]:
    """Give the groups among the payable items of a day; one that bears on nothing and nothing on it is in none.

    items  all there are: one that is over, or may not be paid, is held against nothing, yet what was paid
           under its family still counts.
    """
    return groups_among(payable_items(items, on), items, on)


def groups_among(living: Sequence[Item], items: Sequence[Item], on: date) -> tuple[Group, ...]:
    """Give the groups among these items, the payable ones of all there are."""
    told = _Told(living, items)
    ties = _ties(told)
    paid = _paid_ties(told, on)
    root = {item.id: item.id for item in living}

    def find(item_id: str) -> str:
        while root[item_id] != item_id:
            item_id = root[item_id]
        return item_id

    for tie in ties:
        root[find(tie.two)] = find(tie.one)
    bound = {*(tie.one for tie in ties), *(tie.two for tie in ties), *(tie.item_id for tie in paid)}
    members: dict[str, list[Item]] = {}
    for item in living:
        if item.id in bound:
            members.setdefault(find(item.id), []).append(item)
    return tuple(
        Group(
            items=tuple(part),
            ties=tuple(tie for tie in ties if find(tie.one) == key),
            paid=tuple(tie for tie in paid if find(tie.item_id) == key),
        )
        for key, part in members.items()
    )


def partners_of(clause: Exclusive, item: Item, items: Iterable[Item]) -> tuple[Item, ...]:
    """Give the other items a clause of an item speaks of; whom another of its clauses names is meant there."""
    named = {name for other in item.exclusive if other != clause for name in other.partners}
    partners = {*clause.partners}
    families = {part.removeprefix(FAMILY) for part in partners if part.startswith(FAMILY)}
    return tuple(
        other
        for other in items
        if other.id != item.id
        and (
            _is_named(other, partners) or (other.family in families and not _is_named(other, named))
        )
    )


def _is_named(item: Item, names: set[str]) -> bool:
    return item.id in names or item.item in names


def names_of(item: Item) -> set[str]:
    """Give the names under which a clause may speak of an item: as a version, and as the item it is one of."""
    return {item.id, item.item or item.id}


def families_of(clause: Exclusive, items: Iterable[Item]) -> tuple[str, ...]:
    """Give the ledger families a clause speaks of; a partner that is over still stands in the ledger."""
    named = [part.removeprefix(FAMILY) for part in clause.partners if part.startswith(FAMILY)]
    partners = {*clause.partners}
    named += [other.family for other in items if _is_named(other, partners)]
    return tuple(dict.fromkeys(named))


class _Told:
    """Items by the names and families clauses call them by: a clause names few of very many."""

    def __init__(self, living: Sequence[Item], items: Sequence[Item]) -> None:
        self.living = living
        self._items = items
        self._living_places = _places_by_name(living)
        self._places = _places_by_name(items)

    def partners(self, clause: Exclusive, item: Item) -> tuple[Item, ...]:
        """Give the living items a clause of an item speaks of."""
        some = _called(clause.partners, self._living_places)
        return partners_of(clause, item, (self.living[place] for place in some))

    def families(self, clause: Exclusive) -> tuple[str, ...]:
        """Give the ledger families a clause speaks of."""
        some = _called(clause.partners, self._places)
        return families_of(clause, (self._items[place] for place in some))


def _places_by_name(items: Sequence[Item]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        for name in (*names_of(item), FAMILY + item.family):
            found.setdefault(name, []).append(place)
    return found


def _called(names: Iterable[str], places: dict[str, list[int]]) -> list[int]:
    return sorted({place for name in names for place in places.get(name, ())})


def _ties(told: _Told) -> tuple[Tie, ...]:
    """Give each pair once a rule; whoever names it second says nothing new."""
    found: dict[tuple[str, str, str, str | None], Tie] = {}
    for item in told.living:
        for clause in item.exclusive:
            if clause.rule not in PARTING:
                continue
            for other in told.partners(clause, item):
                tie = _tie(item, other, clause)
                found.setdefault((tie.one, tie.two, tie.rule, tie.first), tie)
    return tuple(found.values())


def _tie(item: Item, other: Item, clause: Exclusive) -> Tie:
    one, two = sorted((item.id, other.id))
    first = None
    match clause.rule:
        case "order":
            first = other.id if _is_first(other, clause) else item.id
        case "bars":
            first = other.id
    return Tie(
        one=one,
        two=two,
        said=Said(item.id, clause),
        first=first,
        rest=clause.later == "rest",
    )


def _is_first(item: Item, clause: Exclusive) -> bool:
    return clause.first in {*names_of(item), FAMILY + item.family}


def _paid_ties(told: _Told, on: date) -> tuple[PaidTie, ...]:
    found: dict[tuple[str, str, str], PaidTie] = {}
    for item in told.living:
        for clause in item.exclusive:
            if clause.rule not in PARTING or clause.scope == "evidence":
                continue
            said = Said(item.id, clause)
            others = told.partners(clause, item)
            ties = [_paid_tie(item, family, said, on) for family in told.families(clause)]
            # The partner need not repeat what the item says: its ledger is read the other way round.
            ties += [_paid_tie(other, item.family, said, on) for other in others]
            for tie in ties:
                if tie is not None:
                    found.setdefault((tie.item_id, tie.family, tie.effect), tie)
    return tuple(found.values())


def _paid_tie(item: Item, family: str, said: Said, on: date) -> PaidTie | None:
    """Give what a payment under a family means for an item, by a clause of its own or of a partner."""
    effect = _effect(item, said)
    if effect is None or (effect == "less" and _takes_off(item, family)):
        return None
    return PaidTie(
        item_id=item.id,
        family=family,
        effect=effect,
        said=said,
        days=_days(item, said.clause.scope, on),
    )


def _effect(item: Item, said: Said) -> str | None:
    clause, own = said.clause, said.item_id == item.id
    match clause.rule:
        case "difference":
            return "less"
        case "highest":
            return {"full": "full", "person": "person", "nothing": "bars"}[
                clause.earlier or "person"
            ]
        case "choice":
            return "bars"
        case "bars":
            return "bars" if own else None
        case "order":
            if _is_first(item, clause):
                return "reversed"
            return "less" if clause.later == "rest" else "bars"
        case _:
            return None


def _takes_off(item: Item, family: str) -> bool:
    """Say whether the amount itself takes off what was paid under the family."""
    return any(
        isinstance(part, LessPaid | Staged) and part.family == family
        for part in amounts_in(item.amount)
    )


def _days(item: Item, scope: Scope, on: date) -> Days | None:
    if scope == "year":
        year = item.evidence(on).year
        return Days(since=date(year, 1, 1), until=date(year, 12, 31))
    return item.award_days(on) if scope == "period" else None
