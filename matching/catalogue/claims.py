"""What a single test claims about one datum, and whether several claims can hold together.

A claim is never stronger than the test: where two claims cannot meet, no enterprise passes both tests.
"""

from collections.abc import Hashable
from datetime import date, timedelta

import msgspec

from matching.catalogue.normal_form import HOLDING, Asked
from matching.language.conditions import (
    Compare,
    CompareTwo,
    Condition,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Listed,
    OneOf,
    Operator,
    Share,
    YearsSince,
)
from matching.language.quantities import OverMonths, Quantity, Value, absolute_period
from matching.language.vocabulary import Tree, Vocabulary

NEGATED: dict[Operator, Operator] = {
    "at_least": "less_than",
    "less_than": "at_least",
    "at_most": "more_than",
    "more_than": "at_most",
}
ORDERS: dict[Operator, frozenset[str]] = {
    "at_least": frozenset("=>"),
    "at_most": frozenset("=<"),
    "more_than": frozenset(">"),
    "less_than": frozenset("<"),
}


class Range(msgspec.Struct, frozen=True):
    """A number or a day (as its ordinal) lies between two ends.

    open_low, open_high  the end itself is not in it.
    undefined            or there is no such number, as with a share of nothing.
    """

    low: int | None = None
    high: int | None = None
    open_low: bool = False
    open_high: bool = False
    undefined: bool = False

    def meet(self, other: "Range") -> "Range":
        """Give what both claim."""
        lows = [(r.low, r.open_low) for r in (self, other) if r.low is not None]
        highs = [(r.high, not r.open_high) for r in (self, other) if r.high is not None]
        low, open_low = max(lows, default=(None, False))
        high, closed_high = min(highs, default=(None, True))
        return Range(low, high, open_low, not closed_high, self.undefined and other.undefined)

    @property
    def empty(self) -> bool:
        """Say whether nothing lies in it."""
        if self.low is None or self.high is None or self.undefined:
            return False
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))


class Chosen(msgspec.Struct, frozen=True):
    """A word is one of these."""

    among: frozenset[object]

    def meet(self, other: "Chosen") -> "Chosen":
        """Give what both claim."""
        return Chosen(self.among & other.among)

    @property
    def empty(self) -> bool:
        """Say whether no word is left."""
        return not self.among


class Placed:
    """A code of a tree lies within one code of each of these sets, and within none outside."""

    def __init__(
        self, tree: Tree, inside: tuple[tuple[str, ...], ...], outside: frozenset[str]
    ) -> None:
        self.tree = tree
        self.inside = inside
        self.outside = outside

    def meet(self, other: "Placed") -> "Placed":
        """Give what both claim."""
        return Placed(self.tree, (*self.inside, *other.inside), self.outside | other.outside)

    @property
    def empty(self) -> bool:
        """Say whether no code fits; a code that fits may be finer than any the tree knows."""
        if not self.inside:
            return False
        named = {code for codes in self.inside for code in codes}
        lineages = (self.tree.lineage(code) for code in named)
        return not any(
            lineage.isdisjoint(self.outside)
            and all(not lineage.isdisjoint(codes) for codes in self.inside)
            for lineage in lineages
        )


class Entries(msgspec.Struct, frozen=True):
    """The enterprise is on one list in these ways, and not in those."""

    on: tuple[Listed, ...] = ()
    off: tuple[Listed, ...] = ()

    def meet(self, other: "Entries") -> "Entries":
        """Give what both claim."""
        return Entries((*self.on, *other.on), (*self.off, *other.off))

    @property
    def empty(self) -> bool:
        """Say whether being on it in one of the ways is being on it in one of the denied ones."""
        if any(_implies(held, denied) for held in self.on for denied in self.off):
            return True
        return any(_apart(one, two) for one in self.on for two in self.on)


Claim = Range | Chosen | Placed | Entries


def both(one: Claim, two: Claim) -> Claim:
    """Give what two claims about one datum claim together; they are then of one kind."""
    if isinstance(one, Range) and isinstance(two, Range):
        return one.meet(two)
    if isinstance(one, Chosen) and isinstance(two, Chosen):
        return one.meet(two)
    if isinstance(one, Placed) and isinstance(two, Placed):
        return one.meet(two)
    if isinstance(one, Entries) and isinstance(two, Entries):
        return one.meet(two)
    raise TypeError(f"{type(one).__name__} and {type(two).__name__} speak of different data")


def claims_of(
    asked: Asked, vocabulary: Vocabulary, on: date | None
) -> tuple[tuple[Hashable, Claim], ...]:
    """Give which datum a test speaks of and what it claims of it.

    on  the evidence day where it is fixed; None: relative periods stay relative.
    """
    leaf, holds = asked.leaf, asked.wanted in HOLDING
    known = asked.wanted in ("true", "false")
    match leaf:
        case Judgement():
            return ()
        case Compare(quantity=quantity, operator=operator, limit=limit):
            way = operator if holds else NEGATED[operator]
            return ((_named(quantity, on), _range(way, limit, whole=is_whole(quantity))),)
        case CompareTwo(quantity=one, operator=operator, other=two):
            return (
                _order(_named(one, on), operator if holds else NEGATED[operator], _named(two, on)),
            )
        case Share() | Growth():
            return ((_ratio(leaf, on), _ratio_range(leaf, holds=holds, known=known)),)
        case FirstOver(fact=fact, period=period, operator=operator, limit=limit) if holds:
            number = _named(Value(fact, period), on)
            return (_itself(leaf, holds=holds), (number, _range(operator, limit, whole=True)))
        case Dated() | YearsSince():
            return (_day(leaf, on, holds=holds),)
        case OneOf(fact=fact, period=period, codes=codes):
            key = ("code", fact, _period(period, on))
            return ((key, _codes(fact, codes, vocabulary, holds=holds)),)
        case Flag(fact=fact, period=period, expected=expected):
            said = Chosen(frozenset({expected if holds else not expected}))
            return ((("flag", fact, _period(period, on)), said),)
        case Listed():
            bare = msgspec.structs.replace(leaf, label=None)
            entries = Entries(on=(bare,)) if holds else Entries(off=(bare,))
            return ((("list", leaf.list), entries),)
        case _:
            return (_itself(leaf, holds=holds),)


def _itself(leaf: Condition, *, holds: bool) -> tuple[Hashable, Claim]:
    """Claim no more of a test than that it holds or not."""
    return ("test", msgspec.structs.replace(leaf, label=None)), Chosen(frozenset({holds}))


def _period(period: str | None, on: date | None) -> str | None:
    return absolute_period(period, on) if on is not None else period


def _named(quantity: Quantity, on: date | None) -> Hashable:
    if isinstance(quantity, Value):
        return Value(quantity.fact, _period(quantity.period, on))
    return quantity


def is_whole(quantity: Quantity) -> bool:
    """Say whether a quantity can only be a whole number; a mean of months need not be."""
    return not (isinstance(quantity, OverMonths) and quantity.take == "mean")


def _range(operator: Operator, limit: int, *, whole: bool) -> Range:
    step = 1 if whole else 0
    match operator:
        case "at_least":
            return Range(low=limit)
        case "at_most":
            return Range(high=limit)
        case "more_than":
            return Range(low=limit + step, open_low=not whole)
        case "less_than":
            return Range(high=limit - step, open_high=not whole)


def _order(one: Hashable, way: Operator, two: Hashable) -> tuple[Hashable, Claim]:
    """Claim of an order of two quantities; the same two in either direction are one datum."""
    if one == two:
        return ("same", one), Chosen(ORDERS[way] & frozenset("="))
    if repr(one) > repr(two):
        mirrored = {"<": ">", ">": "<", "=": "="}
        return ("order", two, one), Chosen(frozenset(mirrored[sign] for sign in ORDERS[way]))
    return ("order", one, two), Chosen(ORDERS[way])


def _ratio(leaf: Share | Growth, on: date | None) -> Hashable:
    if isinstance(leaf, Share):
        return ("share", _named(leaf.part, on), _named(leaf.whole, on))
    between = None if leaf.through is None else _named(leaf.through, on)
    return ("growth", _named(leaf.now, on), between, _named(leaf.before, on), leaf.years)


def _ratio_range(leaf: Share | Growth, *, holds: bool, known: bool) -> Range:
    way = leaf.operator if holds else NEGATED[leaf.operator]
    bare = _range(way, leaf.limit_bp, whole=False)
    return msgspec.structs.replace(bare, undefined=not known)


def _day(leaf: Dated | YearsSince, on: date | None, *, holds: bool) -> tuple[Hashable, Claim]:
    if isinstance(leaf, YearsSince) and on is None:
        years = Range(low=leaf.at_least) if holds else Range(high=leaf.at_least - 1)
        return ("years", leaf.fact), years
    if isinstance(leaf, YearsSince):
        assert on is not None  # noqa: S101  the other case stands above
        day, until, period = leaf.latest_start(on), True, None
    else:
        day, until, period = leaf.day, leaf.operator == "on_or_before", leaf.period
    if until == holds:
        end = day if holds else day - timedelta(days=1)
        claim = Range(high=end.toordinal())
    else:
        start = day if holds else day + timedelta(days=1)
        claim = Range(low=start.toordinal())
    return ("day", leaf.fact, _period(period, on)), claim


def _codes(fact: str, codes: tuple[str, ...], vocabulary: Vocabulary, *, holds: bool) -> Claim:
    declared = vocabulary.facts[fact]
    tree = vocabulary.tree_of(declared)
    if tree is not None:
        return Placed(tree, (codes,), frozenset()) if holds else Placed(tree, (), frozenset(codes))
    asked = frozenset(codes)
    return Chosen(asked if holds else frozenset(declared.values) - asked)


def _implies(one: Listed, two: Listed) -> bool:
    """Say whether who is on the list in one way is so in the other; a first entry must be asked alike."""
    if one == two:
        return True
    if one.first_in is not None or one.first_year is not None:
        return False
    wider = not two.levels or (bool(one.levels) and set(one.levels) <= set(two.levels))
    wider = wider and (
        not two.batches or (bool(one.batches) and set(one.batches) <= set(two.batches))
    )
    years = one.within_years is None or (two.within_years or 0) >= one.within_years
    same = msgspec.structs.replace(
        one, levels=two.levels, batches=two.batches, within_years=two.within_years
    )
    return (
        wider and years and (one.within_years is None) == (two.within_years is None) and same == two
    )


def _apart(one: Listed, two: Listed) -> bool:
    """Say whether two first entries of one kind are wanted at different times."""
    if one.first_in is None or two.first_in is None:
        return False
    if (one.levels, one.batches) != (two.levels, two.batches):
        return False
    return one.first_in[1] < two.first_in[0] or two.first_in[1] < one.first_in[0]
