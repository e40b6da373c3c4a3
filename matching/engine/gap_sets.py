"""All smallest sets of tests that, brought about, make a condition hold.

Works on the negation normal form: each way to make a condition hold is a set of literals (a test holds, or
does not), kept as the bits of one number. Bit 2i says that test i holds, bit 2i + 1 that it does not; a
literal brings along whatever it implies on the same datum, so that a set that asks for less is a subset.
Tests that already are as wanted cost nothing; their bits are kept only where a change could undo them.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from matching.engine.gap_axes import a_code_exists, implies, place_of
from matching.engine.single.single import Node, Single, Test
from matching.language.conditions import (
    AllOf,
    AnyOf,
    CountOf,
    Negate,
    OneOf,
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
        self.tests = list(dict.fromkeys(_tests_in(root)))
        self._single = single
        self._place = {id(test): place for place, test in enumerate(self.tests)}
        self._even = (4 ** len(self.tests) - 1) // 3
        self._changes = 0
        self._brings: list[int | None] = []
        self._codes: list[tuple[int, list[int]]] = []
        self._possible: dict[int, bool] = {}
        self._lay_out()

    def least(self) -> tuple[tuple[int, ...], ...]:
        """Give each smallest set as literals: twice the place of its test, and 1 more where it must not hold."""
        found = {way & self._changes for way in self._ways(self.root, wanted=True)}
        return tuple([tuple(self._told(way)) for way in _smallest(found)])

    def _told(self, way: int) -> Iterator[int]:
        """Leave out what another literal of the set brings along; of two equal ones the first is told."""
        literals = [bit for bit in range(way.bit_length()) if way >> bit & 1]
        for literal in literals:
            if not any(self._covers(other, literal) for other in literals if other != literal):
                yield literal

    def _covers(self, one: int, two: int) -> bool:
        brings, back = self._brings[one] or 0, self._brings[two] or 0
        return bool(brings >> two & 1) and not (back >> one & 1 and two < one)

    def _lay_out(self) -> None:
        """Give every literal what it brings along, and none to what cannot be."""
        axes: dict[Hashable, list[int]] = defaultdict(list)
        for place, test in enumerate(self.tests):
            axes[place_of(test.leaf, test.on).axis].append(place)
            if test.truth is not True:
                self._changes |= 1 << 2 * place
            if test.truth is not False:
                self._changes |= 2 << 2 * place
            self._brings += [1 << 2 * place, 2 << 2 * place]
        for shared in axes.values():
            if len(shared) > 1:
                self._lay_out_together(shared)
            else:
                self._lay_out_alone(shared[0])

    def _lay_out_alone(self, place: int) -> None:
        for literal in (2 * place, 2 * place + 1):
            if not self._changes >> literal & 1:
                self._brings[literal] = 0
        leaf = self.tests[place].leaf
        if isinstance(leaf, OneOf) and not a_code_exists([(leaf, False)], self._single.vocabulary):
            self._brings[2 * place + 1] = None

    def _lay_out_together(self, shared: list[int]) -> None:
        vocabulary = self._single.vocabulary
        literals = [2 * place + fails for place in shared for fails in (0, 1)]
        wanted = {bit: (self.tests[bit // 2].leaf, not bit & 1) for bit in literals}
        for one in literals:
            if not self._changes >> one & 1:
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
            brought = self._brings[2 * self._place[id(node.test)] + (not wanted)]
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
            case _:
                raise TypeError(f"{type(node.meant).__name__} has no ways")

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
        kept = _smallest(way for way in set(ways) if self._can_be(way))
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


def _smallest(ways: Iterable[int]) -> Ways:
    """Keep the ways none of which contains another, short ones first."""
    kept: Ways = []
    for way in sorted(ways, key=lambda way: (way.bit_count(), way)):
        if not any(less & way == less for less in kept):
            kept.append(way)
    return kept


def _tests_in(node: Node) -> Iterator[Test]:
    if node.test is not None:
        yield node.test
    for part in node.parts:
        yield from _tests_in(part)
