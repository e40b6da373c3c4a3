"""Slightly wrong versions of conditions: a junction flipped, a part left out, a limit one step off.

Each comes with words that say what was done to it. A version that decides every enterprise as the right one
does is not made: for whole numbers "more than 4" is "at least 5", which is one step off "at least 4" already.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TypeVar

import msgspec

from matching.catalogue.mutate_scores import wrong_scores
from matching.catalogue.mutate_tests import Mutant, Telling, bare, wrong_tests
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Case,
    Condition,
    CountOf,
    Negate,
    PersonWhereUnknown,
    RelatedHas,
    Score,
)

changed = msgspec.structs.replace
Part = TypeVar("Part")


def wrong_conditions(condition: Condition, on: date | None) -> Iterator[Mutant]:
    """Give every condition that differs from this one in a single place; definitions stay as they are.

    on  the day facts are judged on where it is fixed.
    """
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | CountOf(parts=parts):
            for place, part in enumerate(parts):
                for tell, wrong in wrong_conditions(part, on):
                    yield tell, changed(condition, parts=put(parts, place, wrong))
            yield from _wrong_junctions(condition)
        case Negate(part=part) | PersonWhereUnknown(part=part):
            lost = "否定" if isinstance(condition, Negate) else "由人工核验"
            yield (lambda words: f"去掉“{words.condition(bare(condition))}”里的{lost}"), part
            for tell, wrong in wrong_conditions(part, on):
                yield tell, changed(condition, part=wrong)
        case Branches():
            yield from _wrong_branches(condition, on)
        case Score():
            yield from wrong_scores(condition, lambda inner: wrong_conditions(inner, on))
        case RelatedHas():
            yield from _wrong_related(condition, on)
        case _:
            yield from wrong_tests(condition, on)


def put(parts: tuple[Part, ...], place: int, part: Part) -> tuple[Part, ...]:
    """Give the parts with one replaced."""
    return (*parts[:place], part, *parts[place + 1 :])


def left_out(parts: tuple[Part, ...], place: int) -> tuple[Part, ...]:
    """Give the parts without one."""
    return (*parts[:place], *parts[place + 1 :])


def _wrong_junctions(junction: AllOf | AnyOf | CountOf) -> Iterator[Mutant]:
    parts = junction.parts
    if len(parts) == 1:
        return
    for place, part in enumerate(parts):
        left = left_out(parts, place)
        if not isinstance(junction, CountOf) or junction.at_least <= len(left):
            yield _without(part), changed(junction, parts=left)
    if isinstance(junction, AllOf):
        yield _turned(junction, "“并且”改成“或者”"), AnyOf(parts=parts)
    elif isinstance(junction, AnyOf):
        yield _turned(junction, "“或者”改成“并且”"), AllOf(parts=parts)
    else:
        for count in (junction.at_least - 1, junction.at_least + 1):
            if 1 <= count <= len(parts):
                said = f"“至少{junction.at_least}项”改成“至少{count}项”"
                yield _turned(junction, said), changed(junction, at_least=count)


def _wrong_branches(branches: Branches, on: date | None) -> Iterator[Mutant]:
    cases = branches.cases
    for place, case in enumerate(cases):
        for tell, wrong in wrong_conditions(case.when, on):
            altered = put(cases, place, Case(when=wrong, then=case.then))
            yield tell, changed(branches, cases=altered)
        for tell, wrong in wrong_conditions(case.then, on):
            altered = put(cases, place, Case(when=case.when, then=wrong))
            yield tell, changed(branches, cases=altered)
        if len(cases) > 1:
            yield _of_case(place, "去掉"), changed(branches, cases=left_out(cases, place))
    for place, (one, two) in enumerate(pairwise(cases)):
        swapped = put(put(cases, place, two), place + 1, one)
        yield _of_case(place, "与下一种情形调换"), changed(branches, cases=swapped)
        crossed = put(
            put(cases, place, Case(when=one.when, then=two.then)),
            place + 1,
            Case(when=two.when, then=one.then),
        )
        yield _of_case(place, "与下一种情形互换要求"), changed(branches, cases=crossed)
    if branches.otherwise is not None:
        for tell, wrong in wrong_conditions(branches.otherwise, on):
            yield tell, changed(branches, otherwise=wrong)
        yield (lambda _: "去掉其余情形的要求，改为不符合"), changed(branches, otherwise=None)


def _wrong_related(related: RelatedHas, on: date | None) -> Iterator[Mutant]:
    role = "any" if related.role == "parent" else "parent"
    said = {"parent": "母公司", "any": "同一集团的企业"}
    tell = f"把“{said[related.role]}”改成“{said[role]}”"
    yield (lambda _: tell), changed(related, role=role)
    for inner, wrong in wrong_tests(related.condition, on):
        yield inner, changed(related, condition=wrong)


def _without(part: Condition) -> Telling:
    return lambda words: f"去掉“{words.condition(part)}”"


def _turned(junction: Condition, what: str) -> Telling:
    return lambda words: f"把{what}：{words.condition(junction)}"


def _of_case(place: int, what: str) -> Telling:
    return lambda _: f"第{place + 1}种情形{what}"
