"""All smallest sets of tests that, brought about, make a condition hold.

Works on the negation normal form: each way to make a condition hold is a set of literals (a test holds, or
does not), kept as the bits of one number. Bit 2i says that test i holds, bit 2i + 1 that it does not; a
literal brings along whatever it implies on the same datum, so that a set that asks for less is a subset.
What already is as wanted costs nothing, and is looked into only where a change could undo it.
"""

from collections.abc import Iterable, Iterator

from matching.engine.gap_axes import a_code_exists, implies
from matching.engine.gap_scores import Rows, Table
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
)

MOST_WAYS = 100
"""So many ways are followed at one place of a condition; where there are more, the longest are dropped."""

Ways = list[int]
FREE: Ways = [0]


class Search:
    """Finds the ways of one decided condition.

    complete  whether every way was followed.
    """

    def __init__(self, root: Node, single: Single) -> None:
        self.complete = True
        self.root = root
        self.tests: list[Test] = []
        self._single = single
        self._place: dict[Test, int] = {}
        self._under: dict[int, int] = {}
        self._changes = self._against = self._broken = self._skipped = 0
        self._first: dict[int, int] = {}
        self._shared: dict[int, list[int]] = {}
        self._brought: dict[int, int] = {}
        self._impossible: set[int] = set()
        self._codes: list[tuple[int, list[int]]] = []
        self._possible: dict[int, bool] = {}
        self._note(root)
        self._even = (4 ** len(self.tests) - 1) // 3
        if self._shared:
            self._find_codes()
        self._find_broken()

    def least(self) -> tuple[tuple[int, ...], ...]:
        """Give each smallest set as literals: twice the place of its test, and 1 more where it must not hold."""
        found = {way & self._changes for way in self._ways(self.root, wanted=True)}
        return tuple([tuple(self._told(way)) for way in self._smallest(found)])

    def brings(self, literal: int) -> int:
        """Give the changes a literal brings along, itself included, as bits."""
        return self._brings(literal) & self._changes

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
        brings, back = self._brings(one), self._brings(two)
        return bool(brings >> two & 1) and not (back >> one & 1 and two < one)

    def _note(self, node: Node) -> int:
        """Give every test a place, and every condition the literals of the tests in it."""
        known = self._under.get(id(node))
        if known is not None:
            return known
        test, under = node.test, 0
        if test is None:
            for part in node.parts:
                under |= self._note(part)
        else:
            place = self._place.get(test)
            if place is None:
                place = self._place[test] = len(self.tests)
                self.tests.append(test)
                self._note_test(test, place)
            under = 3 << 2 * place
        self._under[id(node)] = under
        return under

    def _note_test(self, test: Test, place: int) -> None:
        """Note which of its literals are changes, and which other tests speak of its datum."""
        truth = test.truth
        if truth is None:
            self._changes |= 3 << 2 * place
        else:
            against = (2 if truth else 1) << 2 * place
            self._changes |= against
            self._against |= against
        first = self._first.setdefault(test.axis, place)
        if first != place:
            literals = self._shared.setdefault(first, [2 * first, 2 * first + 1])
            literals += (2 * place, 2 * place + 1)
            self._shared[place] = literals

    def _find_codes(self) -> None:
        for first in self._first.values():
            if first in self._shared and isinstance(self.tests[first].leaf, OneOf):
                literals = self._shared[first]
                self._codes.append((sum(1 << bit for bit in literals), literals))

    def _brings(self, literal: int) -> int:
        """Give what a literal brings along: itself and, of a change, what it implies on its datum."""
        found = self._brought.get(literal)
        if found is None:
            found = 1 << literal
            if self._changes & found:
                found |= self._implied(literal)
            self._brought[literal] = found
        return found

    def _implied(self, literal: int) -> int:
        vocabulary, test = self._single.vocabulary, self.tests[literal // 2]
        one, found = (test.leaf, not literal & 1), 0
        for other in self._shared.get(literal // 2, ()):
            two = self.tests[other // 2].leaf, not other & 1
            if other // 2 != literal // 2 and implies(one, two, test.on, vocabulary):
                found |= 1 << other
        return found

    def _find_broken(self) -> None:
        """Find the tests that are as wanted now, and that some change worth making would undo.

        What holds already and has none of them in it need not be looked into: it costs nothing.
        """
        while True:
            self._skipped = 0
            brought = self._needed(self.root, wanted=True) & self._changes
            if self._shared:
                brought = self._all_brought(brought)
            self._broken |= brought & self._against
            if not self._skipped & self._broken:
                return

    def _all_brought(self, literals: int) -> int:
        brought = 0
        for literal in range(literals.bit_length()):
            if literals >> literal & 1:
                brought |= self._brings(literal)
        return brought

    def _needed(self, node: Node, *, wanted: bool) -> int:
        """Give the literals that may have a part in a way, as far as is known what is undone."""
        if node.truth is wanted and not self._under[id(node)] & self._broken:
            self._skipped |= self._under[id(node)]
            return 0
        if node.test is not None:
            return self._needed_test(node.test, wanted=wanted)
        meant = node.meant
        if isinstance(meant, Negate):
            return self._needed(node.parts[0], wanted=not wanted)
        cases = 2 * len(meant.cases) if isinstance(meant, Branches) else 0
        needed = 0
        for place, part in enumerate(node.parts):
            if place < cases and place % 2 == 0:
                needed |= self._needed(part, wanted=True) | self._needed(part, wanted=False)
            else:
                needed |= self._needed(part, wanted=wanted)
        return needed

    def _needed_test(self, test: Test, *, wanted: bool) -> int:
        literal = 2 * self._place[test] + (not wanted)
        leaf, words = test.leaf, self._single.vocabulary
        if not wanted and isinstance(leaf, OneOf) and not a_code_exists([(leaf, False)], words):
            # What every code passes cannot be made not to hold.
            self._impossible.add(literal)
        return 1 << literal

    def _ways(self, node: Node, *, wanted: bool) -> Ways:
        if node.truth is wanted and not self._under[id(node)] & self._broken:
            return FREE
        if node.test is not None:
            literal = 2 * self._place[node.test] + (not wanted)
            return [] if literal in self._impossible else [self._brings(literal)]
        match node.meant:
            case AllOf():
                inner = (self._ways(part, wanted=wanted) for part in node.parts)
                return self._all(inner) if wanted else self._any(inner)
            case AnyOf():
                inner = (self._ways(part, wanted=wanted) for part in node.parts)
                return self._any(inner) if wanted else self._all(inner)
            case Negate():
                return self._ways(node.parts[0], wanted=not wanted)
            case PersonWhereUnknown():
                return self._ways(node.parts[0], wanted=wanted)
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
        kept = self._smallest({way for way in ways if self._can_be(way)})
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

    def _smallest(self, ways: set[int]) -> Ways:
        """Keep the ways none of which contains another, those with fewest changes first."""
        if len(ways) == 1:
            return [*ways]
        changes = self._changes
        kept: Ways = []
        for way in sorted(
            ways, key=lambda way: ((way & changes).bit_count(), way.bit_count(), way)
        ):
            if not any(less & way == less for less in kept):
                kept.append(way)
        return kept
