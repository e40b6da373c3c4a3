"""One enterprise made ready: every condition decided in plain Python, every distinct test once a day."""

from collections.abc import Hashable
from datetime import date
from functools import lru_cache

import msgspec

from matching.engine.gap_axes import place_of
from matching.engine.match import whole_condition
from matching.engine.population import Population
from matching.engine.single.known import known_of
from matching.engine.single.lists import listed_truth, paid_truth
from matching.engine.single.scores import count_points, score_outcomes, score_truth
from matching.engine.single.tests import Figures, figures_of
from matching.engine.single.truths import (
    MAY_FAIL,
    MAY_HOLD,
    MAY_OPEN,
    OUTCOME,
    Truth,
    all_true,
    any_true,
    enough_true,
    negated,
    outcomes_asked,
    outcomes_chosen,
    outcomes_negated,
    outcomes_of_all,
    outcomes_of_any,
    outcomes_of_count,
)
from matching.engine.trace import Trace
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Condition,
    CountOf,
    Judgement,
    Listed,
    Negate,
    Paid,
    PersonWhereUnknown,
    RelatedHas,
    Score,
    opened,
    parts_of,
)
from matching.language.items import Item
from matching.language.needs import columns_of
from matching.language.vocabulary import Vocabulary


class Test(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A single test on an evidence day and what came of it; equal tests are one object.

    axis  tests of one number speak of one datum.
    """

    leaf: Condition
    on: date
    truth: Truth
    trace: Trace
    axis: int


class Node(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A condition decided, and everything in it.

    condition  as written; `meant`: what a defined name stands for.
    test       of a single test; None for a condition made of others.
    judged     a person's answer stands somewhere in it.
    """

    condition: Condition
    meant: Condition
    truth: Truth
    trace: Trace
    parts: tuple["Node", ...]
    test: Test | None
    judged: bool


class Single:
    """What conditions are judged on, for one enterprise. Not thread-safe: it remembers what it has decided."""

    def __init__(
        self,
        population: Population,
        vocabulary: Vocabulary,
        definitions: dict[str, Condition],
        run_day: date | None = None,
    ) -> None:
        """Read the first enterprise of a population.

        run_day  the day negative lists are judged on, whatever the evidence day of an item; None: that day.
        """
        self.known = known_of(population, vocabulary)
        self.vocabulary = vocabulary
        self.definitions = definitions
        self.run_day = run_day
        self._nodes: dict[tuple[int, date], Node] = {}
        self._tests: dict[tuple[Condition, date], Test] = {}
        self._axes: dict[Hashable, int] = {}
        self._items: dict[int, tuple[Item, Condition]] = {}

    def today(self, key: str, on: date) -> date:
        """Give the day a list is held against, seen from an evidence day."""
        negative = self.vocabulary.lists[key].kind == "negative"
        return self.run_day if negative and self.run_day is not None else on

    def item_node(self, item: Item, on: date) -> Node:
        """Decide an item, its area included, in a run of a day."""
        key = id(item)
        if key not in self._items:
            whole = whole_condition(item, self.vocabulary.places.root)
            self._items[key] = item, whole
        return self.node(self._items[key][1], item.evidence(on))

    def node(self, condition: Condition, on: date) -> Node:
        """Decide a condition and everything in it on an evidence day."""
        # By identity: a node keeps its condition alive, and equal ones meet in their tests.
        key = id(condition), on
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = self._node(condition, on)
        return found

    def _node(self, condition: Condition, on: date) -> Node:
        meant = opened(condition, self.definitions)
        inner = parts_of(meant)
        if not inner and not isinstance(meant, Score):
            test = self._test(meant, on)
            judged = isinstance(meant, Judgement)
            return Node(condition, meant, test.truth, test.trace, (), test, judged)
        parts = tuple([self.node(part, on) for part in inner])
        truth = _truth_of(meant, [part.truth for part in parts])
        judged = isinstance(meant, PersonWhereUnknown) or any(part.judged for part in parts)
        verdict = _verdict(meant, parts, truth, judged=judged)
        trace = _trace_of(meant, verdict, parts)
        return Node(condition, meant, truth, trace, parts, None, judged)

    def _test(self, leaf: Condition, on: date) -> Test:
        bare = leaf if leaf.label is None else msgspec.structs.replace(leaf, label=None)
        found = self._tests.get((bare, on))
        if found is None:
            figures = self._figures(bare, on)
            axis = self._axes.setdefault(place_of(bare, on).axis, len(self._axes))
            found = Test(bare, on, figures.truth, self._traced(bare, on, figures), axis)
            self._tests[bare, on] = found
        return found

    def _figures(self, leaf: Condition, on: date) -> Figures:
        match leaf:
            case Listed():
                return Figures(listed_truth(leaf, self.known, on, self.today(leaf.list, on)))
            case Paid(family=family):
                return Figures(paid_truth(family, self.known))
            case RelatedHas():
                return Figures(self._related(leaf, self.known.complete("relations"), on))
            case Judgement():
                return Figures(None)
            case _:
                return figures_of(leaf, on, self.known)

    def _related(self, leaf: RelatedHas, told: bool, on: date) -> Truth:  # noqa: FBT001  a datum
        """Ask those bound to it; a group known in part cannot be cleared."""
        silent: Truth = False if told else None
        truths = [silent]
        inner = leaf.condition
        for role, other in self.known.related:
            if leaf.role == "parent" and role != "parent":
                continue
            if isinstance(inner, Listed):
                truths.append(listed_truth(inner, other, on, self.today(inner.list, on)))
            else:
                truths.append(paid_truth(inner.family, other))
        return any_true(truths)

    def _missing(self, leaf: Condition, columns: tuple[str, ...], on: date) -> tuple[str, ...]:
        """Name what leaves a test open.

        It may be open though every datum is there: a share of nothing, an entry without a day.
        """
        if isinstance(leaf, Listed | Paid):
            return columns
        if isinstance(leaf, RelatedHas):
            ties = () if self.known.complete("relations") else ("relations",)
            found = self._related(leaf, told=True, on=on)
            return (*ties, *(columns[1:] if found is None else ()))
        return self.known.unknown(columns) or columns

    def _traced(self, leaf: Condition, on: date, figures: Figures) -> Trace:
        columns = _columns_of_test(leaf, on)
        missing: tuple[str, ...] = ()
        verdict = MET if figures.truth else UNMET
        if isinstance(leaf, Judgement):
            verdict = PERSON
        elif figures.truth is None:
            verdict = OPEN
            missing = self._missing(leaf, columns, on)
        return Trace(
            str(leaf.__struct_config__.tag),
            verdict,
            figures.value,
            figures.limit,
            figures.against,
            figures.distance if figures.truth is False else None,
            columns,
            missing,
        )


@lru_cache(maxsize=2**16)
def _columns_of_test(leaf: Condition, on: date) -> tuple[str, ...]:
    return columns_of(leaf, on, {})


def _truth_of(meant: Condition, truths: list[Truth]) -> Truth:
    match meant:
        case AllOf():
            return all_true(truths)
        case AnyOf():
            return any_true(truths)
        case Negate():
            return negated(truths[0])
        case PersonWhereUnknown():
            return truths[0]
        case CountOf(at_least=at_least):
            return enough_true(truths, at_least)
        case Branches():
            return _chosen(meant, truths)
        case Score():
            return score_truth(meant, truths)
        case _:
            raise TypeError(f"{type(meant).__name__} is not made of others")


def _chosen(branches: Branches, truths: list[Truth]) -> Truth:
    """Follow the first case that applies; where that is open, what both sides agree on still holds."""
    last = False if branches.otherwise is None else truths[-1]
    for place in range(2 * len(branches.cases) - 2, -1, -2):
        when, then = truths[place : place + 2]
        if when is not None:
            last = then if when else last
        elif last is not then:
            last = None
    return last


def _trace_of(meant: Condition, verdict: int, parts: tuple[Node, ...]) -> Trace:
    kind = str(meant.__struct_config__.tag)
    inner = tuple([part.trace for part in parts])
    if not isinstance(meant, Score):
        return Trace(kind, verdict, parts=inner)
    found = count_points(meant, [part.truth for part in parts])
    short = found.lacking if verdict == UNMET else None
    low, high = found.total
    return Trace(kind, verdict, low, meant.limit, high, short, parts=inner, points=found.indicators)


def _verdict(meant: Condition, parts: tuple[Node, ...], truth: Truth, *, judged: bool) -> int:
    if truth is not None:
        return MET if truth else UNMET
    return PERSON if judged and not _outcomes_of(meant, parts) & MAY_OPEN else OPEN


def _outcomes(node: Node) -> int:
    """Give what a condition may become, whatever persons answer to its judgements."""
    if not node.judged:
        return OUTCOME[node.truth]
    if node.test is not None:
        return MAY_FAIL | MAY_HOLD
    return _outcomes_of(node.meant, node.parts)


def _outcomes_of(meant: Condition, parts: tuple[Node, ...]) -> int:
    inner = [_outcomes(part) for part in parts]
    match meant:
        case AllOf():
            return outcomes_of_all(inner)
        case AnyOf():
            return outcomes_of_any(inner)
        case Negate():
            return outcomes_negated(inner[0])
        case PersonWhereUnknown():
            return outcomes_asked(inner[0])
        case CountOf(at_least=at_least):
            return outcomes_of_count(inner, at_least)
        case Branches(otherwise=otherwise):
            last = MAY_FAIL if otherwise is None else inner.pop()
            for when, then in reversed([*zip(inner[::2], inner[1::2], strict=True)]):
                last = outcomes_chosen(when, then, last)
            return last
        case Score():
            return score_outcomes(meant, inner)
        case _:
            raise TypeError(f"{type(meant).__name__} is not made of others")
