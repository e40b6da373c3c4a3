"""The smallest sets of changes found the slow way: every set of literals is tried.

A literal is a test and whether it is to hold. A set works where what it brings about, and tests that already
are as wanted and can stay so beside it, make the condition true; nothing else on a datum it touches is
relied upon.
"""

from collections.abc import Iterator
from itertools import chain, combinations

from matching.engine.gap_axes import a_code_exists, implies, place_of
from matching.engine.single.single import Node, Single, Test
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    CountOf,
    Negate,
    OneOf,
    PersonWhereUnknown,
    Score,
    ScorePart,
)
from tests.matching.engine.plain_truth import Truth, enough, every, opposite, some

Literal = tuple[int, bool]


def smallest_sets(root: Node, single: Single) -> set[frozenset[Literal]]:
    """Give every smallest set, closed under what it brings about: literals that are not so now."""
    return _Force(root, single).found()


class _Force:
    def __init__(self, root: Node, single: Single) -> None:
        self.root, self.single = root, single
        self.tests = list(dict.fromkeys(inner_tests(root)))
        self.place = {test.leaf: place for place, test in enumerate(self.tests)}
        self.literals = [(n, holds) for n in range(len(self.tests)) for holds in (True, False)]
        self.changes = [lit for lit in self.literals if self.tests[lit[0]].truth is not lit[1]]

    def found(self) -> set[frozenset[Literal]]:
        kept: set[frozenset[Literal]] = set()
        for chosen in subsets(self.changes):
            closed = self.closure(chosen)
            if self.works(closed):
                kept.add(frozenset(lit for lit in closed if lit in self.changes))
        return {one for one in kept if not any(two < one for two in kept)}

    def closure(self, chosen: tuple[Literal, ...]) -> frozenset[Literal]:
        return frozenset(
            lit for lit in self.literals if any(self.brings(one, lit) for one in chosen)
        )

    def brings(self, one: Literal, two: Literal) -> bool:
        if one == two:
            return True
        first, second = self.tests[one[0]], self.tests[two[0]]
        together = place_of(first.leaf, first.on).axis == place_of(second.leaf, second.on).axis
        wanted = ((first.leaf, one[1]), (second.leaf, two[1]))
        return together and implies(*wanted, first.on, self.single.vocabulary)

    def works(self, closed: frozenset[Literal]) -> bool:
        touched = {self.axis(place) for place, _ in closed}
        standing = [
            (place, bool(test.truth))
            for place, test in enumerate(self.tests)
            if test.truth is not None and self.axis(place) in touched
        ]
        for stay in subsets(standing):
            forced = closed | frozenset(stay)
            if self.can_be(forced) and self.truth(forced, touched):
                return True
        return False

    def axis(self, place: int) -> object:
        return place_of(self.tests[place].leaf, self.tests[place].on).axis

    def can_be(self, forced: frozenset[Literal]) -> bool:
        if any((place, not holds) in forced for place, holds in forced):
            return False
        axes = {self.axis(place) for place, _ in forced}
        for axis in axes:
            asked = [
                (leaf, holds)
                for place, holds in forced
                if self.axis(place) == axis and isinstance(leaf := self.tests[place].leaf, OneOf)
            ]
            if asked and not a_code_exists(asked, self.single.vocabulary):
                return False
        return True

    def truth(self, forced: frozenset[Literal], touched: set[object]) -> bool:
        truths: list[Truth] = []
        for place, test in enumerate(self.tests):
            if (place, True) in forced:
                truths.append(True)
            elif (place, False) in forced:
                truths.append(False)
            else:
                truths.append(None if self.axis(place) in touched else test.truth)
        return decided(self.root, dict(zip(self.tests, truths, strict=True))) is True


def inner_tests(node: Node) -> Iterator[Test]:
    """Give every single test inside."""
    if node.test is not None:
        yield node.test
    for part in node.parts:
        yield from inner_tests(part)


def subsets(several: list[Literal]) -> Iterator[tuple[Literal, ...]]:
    return chain.from_iterable(combinations(several, n) for n in range(len(several) + 1))


def decided(node: Node, truths: dict[Test, Truth]) -> Truth:
    """Decide a condition anew from the truths of its tests."""
    if node.test is not None:
        return truths[node.test]
    inner = [decided(part, truths) for part in node.parts]
    match node.meant:
        case AllOf():
            return every(inner)
        case AnyOf():
            return some(inner)
        case Negate():
            return opposite(inner[0])
        case PersonWhereUnknown():
            return inner[0]
        case CountOf(at_least=least):
            return enough(inner, least)
        case Branches(cases=cases):
            last = inner[-1] if len(inner) % 2 else False
            for place in range(len(cases) - 1, -1, -1):
                when, then = inner[2 * place : 2 * place + 2]
                agreed = then if then is last else None
                last = agreed if when is None else (then if when else last)
            return last
        case Score():
            return reached(node.meant, inner)
        case _:
            raise TypeError(node.meant)


def reached(score: Score, rows: list[Truth]) -> Truth:
    """Decide a table from its lowest and highest points, counted apart."""
    least = score.limit + (score.operator == "more_than")
    ends: list[tuple[bool, ...]] = []
    for sure in (True, False):
        said = iter([row is True if sure else row is not False for row in rows])
        sums = [points_of_part(part, said) for part in score.parts]
        total = min(sum(sums), sum(sums) if score.most is None else score.most)
        minimums = (part.at_least or 0 for part in score.parts)
        ends.append((total >= least, *(s >= m for s, m in zip(sums, minimums, strict=True))))
    lowest, highest = ends
    return True if all(lowest) else (None if all(highest) else False)


def points_of_part(part: ScorePart, said: Iterator[bool]) -> int:
    total = 0
    for indicator in part.indicators:
        had = [row.points if row.when is None or next(said) else 0 for row in indicator.rows]
        points = sum(had) if indicator.take == "sum" else max(had)
        total += points if indicator.most is None else min(points, indicator.most)
    return total if part.most is None else min(total, part.most)
