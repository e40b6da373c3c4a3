"""All smallest sets of tests that, brought about, make a condition hold.

Works on the negation normal form: each way to make a condition hold is a set of literals (a test holds, or
does not), kept as the bits of one number. Bit 2i says that test i holds, bit 2i + 1 that it does not; a
literal brings along whatever it implies on the same datum, so that a set that asks for less is a subset.
Tests that already are as wanted cost nothing; their bits are kept only where a change could undo them.
"""

from collections.abc import Hashable, Iterable, Iterator

from matching.engine.gap_axes import a_code_exists, implies, place_of
from matching.engine.gap_scores import Rows, Table
from matching.engine.single.single import Node, Single, Test
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    CountOf,
    Negate,
    OneOf,
    Score,
)

MOST_WAYS = 100
"""So many ways are followed at one place of a condition; where there are more, the longest are dropped."""

HOLDS, FAILS, BOTH = 1, 2, 3
TURNED = {HOLDS: FAILS, FAILS: HOLDS, BOTH: BOTH}
Ways = list[int]
FREE: Ways = [0]


class Search:
    """Finds the ways of one decided condition.

    complete  whether every way was followed.
    """

    def __init__(self, root: Node, single: Single) -> None:
        self.complete = True
        self.root = root
        self._single = single
        self._codes: list[tuple[int, list[int]]] = []
        self._possible: dict[int, bool] = {}
        asked: dict[Test, int] = {}
        _ask(root, HOLDS, asked)
        self.tests = [*asked]
        self._place = {test: place for place, test in enumerate(self.tests)}
        self._even = (4 ** len(self.tests) - 1) // 3
        self._changes = 0
        self._brings: list[int | None] = []
        first: dict[Hashable, int] = {}
        self._shared: dict[int, list[int]] = {}
        for place, (test, wanted) in enumerate(asked.items()):
            self._lay_out(test, wanted, 2 * place)
            known = first.setdefault(place_of(test.leaf, test.on).axis, place)
            if known != place:
                self._shared.setdefault(known, [known]).append(place)
        for shared in self._shared.values():
            self._lay_out_together(shared)

    def least(self) -> tuple[tuple[int, ...], ...]:
        """Give each smallest set as literals: twice the place of its test, and 1 more where it must not hold."""
        found = {way & self._changes for way in self._ways(self.root, wanted=True)}
        return tuple([tuple(self._told(way)) for way in _smallest(found)])

    def brings(self, literal: int) -> int:
        """Give the changes a literal brings along, itself included, as bits."""
        return (self._brings[literal] or 0) & self._changes

    def _told(self, way: int) -> Iterator[int]:
        """Leave out what another literal of the set brings along; of two equal ones the first is told."""
        literals = [bit for bit in range(way.bit_length()) if way >> bit & 1]
        if not self._shared:
            yield from literals
            return
        for literal in literals:
            if not any(self._covers(other, literal) for other in literals if other != literal):
                yield literal

    def _covers(self, one: int, two: int) -> bool:
        brings, back = self._brings[one] or 0, self._brings[two] or 0
        return bool(brings >> two & 1) and not (back >> one & 1 and two < one)

    def _lay_out(self, test: Test, wanted: int, bit: int) -> None:
        """Give the two literals of a test what they bring along: themselves, as far as nothing else is said.

        What already is as wanted costs nothing, unless its opposite is asked for elsewhere.
        """
        holds, fails = 1 << bit, 2 << bit
        if test.truth is None:
            self._changes |= holds | fails
        elif test.truth:
            self._changes |= fails
            holds = holds if wanted == BOTH else 0
        else:
            self._changes |= holds
            fails = fails if wanted == BOTH else 0
        leaf, words = test.leaf, self._single.vocabulary
        # What every code passes cannot be made not to hold.
        never = (
            wanted & FAILS and isinstance(leaf, OneOf) and not a_code_exists([(leaf, False)], words)
        )
        self._brings += [holds, None if never else fails]

    def _lay_out_together(self, shared: list[int]) -> None:
        vocabulary = self._single.vocabulary
        literals = [2 * place + fails for place in shared for fails in (0, 1)]
        wanted = {bit: (self.tests[bit // 2].leaf, not bit & 1) for bit in literals}
        for one in literals:
            if self._brings[one] is None:
                continue
            if not self._changes >> one & 1:
                self._brings[one] = 1 << one
                continue
            brought = 0
            for two in literals:
                on = self.tests[two // 2].on
                if one == two or (
                    one // 2 != two // 2 and implies(wanted[one], wanted[two], on, vocabulary)
                ):
                    brought |= 1 << two
            self._brings[one] = brought
        if isinstance(self.tests[shared[0]].leaf, OneOf):
            self._codes.append((sum(1 << bit for bit in literals), literals))

    def _ways(self, node: Node, *, wanted: bool) -> Ways:
        if node.test is not None:
            brought = self._brings[2 * self._place[node.test] + (not wanted)]
            if brought == 0:
                return FREE
            return [] if brought is None else [brought]
        match node.meant:
            case AllOf():
                inner = (self._ways(part, wanted=wanted) for part in node.parts)
                return self._all(inner) if wanted else self._any(inner)
            case AnyOf():
                inner = (self._ways(part, wanted=wanted) for part in node.parts)
                return self._any(inner) if wanted else self._all(inner)
            case Negate():
                return self._ways(node.parts[0], wanted=not wanted)
            case CountOf(at_least=at_least):
                enough = at_least if wanted else len(node.parts) - at_least + 1
                return self._count([self._ways(part, wanted=wanted) for part in node.parts], enough)
            case Branches():
                return self._branches(node, wanted=wanted)
            case Score():
                return self._score(node.meant, node, wanted=wanted)
            case _:
                raise TypeError(f"{type(node.meant).__name__} has no ways")

    def _branches(self, node: Node, *, wanted: bool) -> Ways:
        """Give the ways of a choice: a case that applies and decides so, or one that need not be asked."""
        parts = [*node.parts]
        last: Ways = [] if wanted else FREE
        if len(parts) % 2:
            last = self._ways(parts.pop(), wanted=wanted)
        for when, then in reversed([*zip(parts[::2], parts[1::2], strict=True)]):
            decides = self._ways(then, wanted=wanted)
            applies = self._all((self._ways(when, wanted=True), decides))
            passes = self._all((self._ways(when, wanted=False), last))
            last = self._any((applies, passes, self._all((decides, last))))
        return last

    def _score(self, score: Score, node: Node, *, wanted: bool) -> Ways:
        rows = Rows(
            [self._ways(part, wanted=True) for part in node.parts],
            [] if wanted else [self._ways(part, wanted=False) for part in node.parts],
        )
        table = Table(score, rows, self._can_be)
        ways = self._kept(table.ways(wanted=wanted))
        self.complete = self.complete and table.complete
        return ways

    def _all(self, several: Iterable[Ways]) -> Ways:
        """Give the ways to bring about all of several things."""
        found = 0
        branching: list[Ways] = []
        for ways in several:
            if not ways:
                return []
            if len(ways) == 1:
                found |= ways[0]
            else:
                branching.append(ways)
        together = [found] if self._can_be(found) else []
        for ways in branching:
            together = self._kept([one | two for one in together for two in ways])
        return together

    def _any(self, several: Iterable[Ways]) -> Ways:
        """Give the ways to bring about one of several things."""
        found: Ways = []
        for ways in several:
            if ways == FREE:
                return FREE
            found += ways
        return self._kept(found)

    def _count(self, several: list[Ways], enough: int) -> Ways:
        """Give the ways to bring about so many of several things."""
        reached: list[Ways] = [FREE] + [[] for _ in range(enough)]
        for ways in several:
            for count in range(enough, 0, -1):
                more = self._all((reached[count - 1], ways))
                reached[count] = self._kept([*reached[count], *more])
        return reached[enough]

    def _kept(self, ways: Ways) -> Ways:
        """Keep what can be and is not more than another way asks for."""
        if len(ways) < 2:
            return [way for way in ways if self._can_be(way)]
        kept = _smallest({way for way in ways if self._can_be(way)})
        if len(kept) > MOST_WAYS:
            self.complete = False
            del kept[MOST_WAYS:]
        return kept

    def _can_be(self, way: int) -> bool:
        if way & way >> 1 & self._even:
            return False
        return all(self._code_can_be(way & mask, bits) for mask, bits in self._codes if way & mask)

    def _code_can_be(self, way: int, literals: list[int]) -> bool:
        found = self._possible.get(way)
        if found is None:
            asked = [
                (leaf, not bit & 1)
                for bit in literals
                if way >> bit & 1 and isinstance(leaf := self.tests[bit // 2].leaf, OneOf)
            ]
            found = self._possible[way] = a_code_exists(asked, self._single.vocabulary)
        return found


def _smallest(ways: set[int]) -> Ways:
    """Keep the ways none of which contains another, short ones first."""
    kept: Ways = []
    if len(ways) == 1:
        return [*ways]
    for way in sorted(ways, key=lambda way: (way.bit_count(), way)):
        if not any(less & way == less for less in kept):
            kept.append(way)
    return kept


def _ask(node: Node, wanted: int, asked: dict[Test, int]) -> None:
    """Note every test inside, with whether it is looked to for holding, for not holding, or for both."""
    if node.test is not None:
        asked[node.test] = asked.get(node.test, 0) | wanted
        return
    meant = node.meant
    if isinstance(meant, Negate):
        wanted = TURNED[wanted]
    cases = 2 * len(meant.cases) if isinstance(meant, Branches) else 0
    for place, part in enumerate(node.parts):
        _ask(part, BOTH if place < cases and place % 2 == 0 else wanted, asked)
