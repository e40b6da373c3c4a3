"""Proofs that a changed test can never change a verdict, so that no example could refute the change.

A test is looked at where the right and the wrong one differ. What the other tests can still say there is
worked out, and the verdict with the one answer is compared with the verdict with the other.
"""

from itertools import combinations

import msgspec

from matching.catalogue.claims import claims_of
from matching.catalogue.impossible import Reach
from matching.catalogue.normal_form import Asked, Node
from matching.catalogue.same_scores import differing_scores, same_scores
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Dated,
    Defined,
    Flag,
    Growth,
    Judgement,
    Negate,
    PersonWhereUnknown,
    Share,
    YearsSince,
    opened,
    parts_of,
)

Answer = bool | None
Outcomes = frozenset[Answer]
"""What a condition may become under some answers of persons; None: a datum is missing."""
Pair = tuple[Outcomes, Outcomes]
"""The outcomes of the right condition and of the wrong one, in one case."""

YES: Outcomes = frozenset({True})
NO: Outcomes = frozenset({False})
LACKING: Outcomes = frozenset({None})
EITHER: Outcomes = frozenset({True, False})
ANY: tuple[Outcomes, ...] = tuple(
    frozenset(some) for size in (1, 2, 3) for some in combinations((True, False, None), size)
)
ALIKE = (Compare, Share, Growth, Dated, YearsSince, Flag)
"""Tests of which two with the same data are known, or not, together."""


class Difference(msgspec.Struct, frozen=True):
    """A test of the right condition and the one that stands in its place in the wrong one."""

    right: Condition
    wrong: Condition


def differing_tests(right: Condition, wrong: Condition) -> Difference | None:
    """Find the one test in which two conditions differ; None where they differ in more or otherwise."""
    if type(right) is not type(wrong):
        return None
    inner, other = parts_of(right), parts_of(wrong)
    if not inner and not other:
        return Difference(right, wrong)
    places = [place for place, (a, b) in enumerate(zip(inner, other, strict=False)) if a != b]
    if len(inner) != len(other) or len(places) != 1:
        return None
    return differing_tests(inner[places[0]], other[places[0]])


class Equivalence:
    """Compares conditions under the words of one catalogue."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach

    def holds(self, right: Condition, wrong: Condition) -> bool:
        """Say whether it is proven that both give every enterprise the same verdict."""
        scores = differing_scores(right, wrong)
        if scores is not None and same_scores(*scores):
            return True
        differing = differing_tests(right, wrong)
        if differing is None or not self._alike(differing):
            return False
        return all(
            _verdict(one) == _verdict(other)
            for passes in (True, False)
            for one, other in self._cases(right, differing, passes=passes)
        )

    def _alike(self, differing: Difference) -> bool:
        return isinstance(differing.right, ALIKE) and self._keys(differing.right) == self._keys(
            differing.wrong
        )

    def _keys(self, test: Condition) -> set[object]:
        asked = Asked(test, "true", "")
        return {key for key, _ in claims_of(asked, self.reach.vocabulary, self.reach.on)}

    def _cases(self, right: Condition, differing: Difference, *, passes: bool) -> frozenset[Pair]:
        """Give what both conditions may become where only one of the two tests passes.

        passes  the right one does.
        """
        tests = (differing.right, differing.wrong) if passes else (differing.wrong, differing.right)
        given: tuple[Node, ...] = (Asked(tests[0], "true", ""), Asked(tests[1], "not_true", ""))
        if self.reach.apart(*given):
            return frozenset()
        split = (YES, NO) if passes else (NO, YES)
        return _Split(self.reach, differing.right, given, split, self._keys(differing.right)).of(
            right
        )


class _Split:
    """One way in which the right and the wrong test come apart."""

    def __init__(
        self, reach: Reach, test: Condition, given: tuple[Node, ...], split: Pair, keys: set[object]
    ) -> None:
        self.reach = reach
        self.test = test
        self.given = given
        self.split = split
        self.keys = keys

    def of(self, condition: Condition) -> frozenset[Pair]:
        """Give what a condition may become on both sides."""
        if condition == self.test:
            return frozenset({self.split})
        match condition:
            case AllOf(parts=parts):
                return self._all(parts)
            case AnyOf(parts=parts):
                return _turned(self._all(tuple(Negate(part=part) for part in parts)))
            case Negate(part=part):
                return _turned(self.of(part))
            case PersonWhereUnknown(part=part):
                return frozenset((_asked(one), _asked(other)) for one, other in self.of(part))
            case Judgement():
                return frozenset({(EITHER, EITHER)})
            case Defined():
                return self.of(opened(condition, self.reach.definitions))
            case _ if self._is_inside(condition):
                # Choices, counts and tables are not worked out: they may come apart in every way.
                return frozenset((one, other) for one in ANY for other in ANY)
            case _:
                return frozenset((outcomes, outcomes) for outcomes in self._possible(condition))

    def _is_inside(self, condition: Condition) -> bool:
        """Say whether the test that differs stands somewhere in a condition."""
        meant = opened(condition, self.reach.definitions)
        return any(part == self.test or self._is_inside(part) for part in parts_of(meant))

    def _all(self, parts: tuple[Condition, ...]) -> frozenset[Pair]:
        found = frozenset({(YES, YES)})
        for part in parts:
            inner = self.of(part)
            found = frozenset(
                (_both(one, two), _both(other, another))
                for one, other in found
                for two, another in inner
            )
        return found

    def _possible(self, condition: Condition) -> tuple[Outcomes, ...]:
        """Give what a part that is the same on both sides may become here."""
        if parts_of(condition):
            return ANY
        asked = Asked(condition, "true", ""), Asked(condition, "not_true", "")
        possible = [
            outcome
            for outcome, test in zip((YES, NO), asked, strict=True)
            if not self.reach.apart(*self.given, test)
        ]
        claims = claims_of(asked[0], self.reach.vocabulary, self.reach.on)
        known = bool(claims) and {key for key, _ in claims} <= self.keys
        return tuple(possible) if known else (*possible, LACKING)


def _both(one: Outcomes, two: Outcomes) -> Outcomes:
    return frozenset(_and(a, b) for a in one for b in two)


def _and(one: Answer, two: Answer) -> Answer:
    if one is False or two is False:
        return False
    return None if one is None or two is None else True


def _turned(pairs: frozenset[Pair]) -> frozenset[Pair]:
    return frozenset((_not(one), _not(two)) for one, two in pairs)


def _asked(outcomes: Outcomes) -> Outcomes:
    return outcomes - LACKING | EITHER if None in outcomes else outcomes


def _not(outcomes: Outcomes) -> Outcomes:
    return frozenset(None if answer is None else not answer for answer in outcomes)


def _verdict(outcomes: Outcomes) -> int:
    if None in outcomes:
        return OPEN
    if outcomes == EITHER:
        return PERSON
    return MET if outcomes == YES else UNMET
