"""What a missing datum could say: which truths it may give to the unknown tests that read it.

Limits on one quantity hang together (whoever reaches 20 reaches 10), and so do days and codes: each possible
value gives one answer. Tests that read other data besides may come out either way.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import product

import msgspec

from matching.language.conditions import (
    Compare,
    Condition,
    Dated,
    FirstOver,
    Flag,
    OneOf,
    Operator,
    YearsSince,
    opened,
    parts_of,
)
from matching.language.quantities import OverLedger, absolute_period
from matching.language.vocabulary import Tree, Vocabulary, column_name, fact_of_column

MOST_ANSWERS = 64
"""More answers than this to one datum are not tried; whoever counts says so."""
Answer = tuple[bool, ...]


class _Alone(msgspec.Struct, frozen=True):
    """A test nothing is known to hang together with."""

    place: int


def single_tests(condition: Condition, definitions: dict[str, Condition]) -> tuple[Condition, ...]:
    """Give every distinct test inside a condition, definitions opened, in the order of the text."""
    meant = opened(condition, definitions)
    inner = parts_of(meant)
    if not inner:
        return (meant,)
    found = (test for part in inner for test in single_tests(part, definitions))
    return tuple(dict.fromkeys(found))


def answers(
    tests: Sequence[Condition], datum: str, on: date, vocabulary: Vocabulary
) -> tuple[Answer, ...] | None:
    """Give every combination of truths one value of a datum may give to tests; None: too many to try."""
    families: dict[object, list[int]] = {}
    for place, test in enumerate(tests):
        families.setdefault(_family(test, datum, on, place), []).append(place)
    ways: list[list[Answer]] = []
    count = 1
    for family, places in families.items():
        found = _answers_of(family, [tests[place] for place in places], datum, on, vocabulary)
        count *= len(found)
        if count > MOST_ANSWERS:
            return None
        ways.append(found)
    order = [place for places in families.values() for place in places]
    combined = (tuple(truth for way in chosen for truth in way) for chosen in product(*ways))
    return tuple(
        tuple(truth for _, truth in sorted(zip(order, answer, strict=True))) for answer in combined
    )


def _family(test: Condition, datum: str, on: date, place: int) -> object:
    """Name the tests that hang together with this one."""
    match test:
        case Compare(quantity=OverLedger() as claims):
            return claims
        case Compare(quantity=quantity) if quantity.columns(on) == (datum,):
            return "number"
        case FirstOver() if datum != "registered_on":
            return "number"
        case Dated() | YearsSince():
            return "day"
        case OneOf():
            return "code"
        case Flag():
            return "flag"
        case _:
            return _Alone(place)


def _answers_of(
    family: object, tests: list[Condition], datum: str, on: date, vocabulary: Vocabulary
) -> list[Answer]:
    match family:
        case "number" | OverLedger():
            limits = {test.limit for test in tests if isinstance(test, Compare | FirstOver)}
            numbers = sorted({limit + step for limit in limits for step in (-1, 0, 1)})
            return _distinct(
                (_number_truth(test, number, datum, on) for test in tests) for number in numbers
            )
        case "day":
            turns = {day for test in tests for day in _turns(test, on)}
            days = sorted({day + timedelta(days=step) for day in turns for step in (-1, 0, 1)})
            return _distinct((_day_truth(test, day, on) for test in tests) for day in days)
        case "code":
            return _code_answers(tests, datum, vocabulary)
        case "flag":
            flags = [test.expected for test in tests if isinstance(test, Flag)]
            return _distinct((expected == said for expected in flags) for said in (True, False))
        case _:
            return [(True,), (False,)]


def _distinct(answers: Iterable[Iterable[bool]]) -> list[Answer]:
    return list(dict.fromkeys(tuple(answer) for answer in answers))


OPERATIONS: dict[Operator, Callable[[int, int], bool]] = {
    "at_least": lambda number, limit: number >= limit,
    "at_most": lambda number, limit: number <= limit,
    "more_than": lambda number, limit: number > limit,
    "less_than": lambda number, limit: number < limit,
}


def _number_truth(test: Condition, number: int, datum: str, on: date) -> bool:
    match test:
        case Compare(operator=operator, limit=limit):
            return OPERATIONS[operator](number, limit)
        case FirstOver(fact=fact, period=period, operator=operator, limit=limit):
            # All else being known and the test still open, the year passes it and an earlier one spoils it.
            passes = OPERATIONS[operator](number, limit)
            year = int(absolute_period(period, on) or on.year)
            return passes if datum == column_name(fact, str(year)) else not passes
        case _:
            raise TypeError(f"{type(test).__name__} is no test of one number")


def _turns(test: Condition, on: date) -> tuple[date, ...]:
    """Give the day at which a test of a day turns."""
    match test:
        case Dated(day=day):
            return (day,)
        case YearsSince():
            return (test.latest_start(on),)
        case _:
            return ()


def _day_truth(test: Condition, said: date, on: date) -> bool:
    turns = _turns(test, on)
    if isinstance(test, Dated) and test.operator == "on_or_after":
        return said >= turns[0]
    return said <= turns[0]


def _code_answers(tests: list[Condition], datum: str, vocabulary: Vocabulary) -> list[Answer]:
    """Try every word; of a tree, every code that contains no other, and "some other within" of each asked for."""
    fact = vocabulary.facts[fact_of_column(datum)[0]]
    asked = [frozenset(test.codes) for test in tests if isinstance(test, OneOf)]
    tree = vocabulary.tree_of(fact)
    if tree is None:
        return _distinct((word in codes for codes in asked) for word in fact.values)
    words = _finest(tree) | {word for codes in asked for word in _beside(codes, tree)}
    coarse = frozenset().union(*(tree.lineage(code) - {code} for codes in asked for code in codes))
    return _distinct(
        (not codes.isdisjoint(tree.lineage(word)) for codes in asked)
        for word in sorted(words - coarse)
    )


def _finest(tree: Tree) -> frozenset[str]:
    outer = {node.within for node in tree.nodes.values()}
    return frozenset(code for code in tree.nodes if code not in outer)


def _beside(codes: frozenset[str], tree: Tree) -> frozenset[str]:
    """Give the codes asked for, and for each that contains it a made-up one that lies in that and in no other."""
    lineages = frozenset().union(*(tree.lineage(code) for code in codes))
    return codes | {f"{code}~" for code in lineages if code in tree.nodes}
