"""The mutation gate of standards: every slightly wrong criterion must break one of the standard's own examples.

An example notices by its verdict, or by the verdict of a criterion it names.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from matching.catalogue.equivalence import Equivalence
from matching.catalogue.impossible import Reach
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.mutants import wrong_conditions
from matching.catalogue.mutation_gate import MutationScore, Survivor
from matching.catalogue.standard_items import as_item
from matching.engine.ground import Ground
from matching.engine.match import EXPECTED_CODES
from matching.engine.profile_text import population_of_texts
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.engine.try_example import example_day
from matching.language.conditions import Condition
from matching.language.standards import Criterion, Kind, Standard, StandardExample
from matching.language.wording import Words

HARDEST = (UNMET, OPEN, PERSON, MET)
"""The verdict of all criteria is the first of these that one of them has."""


class _Group(msgspec.Struct, frozen=True):
    """The examples of one kind and day, made ready; `codes`: what each criterion asked comes to."""

    ground: Ground
    told: list[StandardExample]
    on: date
    codes: dict[str, list[int]]


def standard_score(standard: Standard, catalogue: Catalogue) -> MutationScore:
    """Hold every wrong version of every criterion of its own file against the examples."""
    same = Equivalence(Reach(catalogue.vocabulary, catalogue.definitions, None))
    words = Words(catalogue.vocabulary, catalogue.definitions, _first_day(standard))
    groups = list(_groups(standard, catalogue))
    left: list[Survivor] = []
    made = 0
    for criterion in standard.criteria:
        if criterion.id not in standard.own:
            continue
        wrong = list(wrong_conditions(criterion.condition, None))
        standing = _standing(criterion, [version for _, version in wrong], groups)
        differing = [
            place for place in standing if not same.holds(criterion.condition, wrong[place][1])
        ]
        made += len(wrong) - len(standing) + len(differing) + 1
        said = [wrong[place][0](words) for place in differing]
        if not _noticed_without(criterion, groups):
            said.append("去掉整条")
        left += [
            Survivor(item=standard.id, part="condition", words=f"{criterion.id}：{one}")
            for one in said
        ]
    return MutationScore(item=standard.id, all=made, survivors=tuple(left))


def _first_day(standard: Standard) -> date:
    return min(days.since for days in standard.valid.values())


def _groups(standard: Standard, catalogue: Catalogue) -> Iterator[_Group]:
    for kind in standard.kinds:
        item = as_item(standard, kind, catalogue.vocabulary.places.root)
        told = [one for one in standard.examples if one.kind == kind]
        days = [example_day(item, one.example) for one in told]
        for day in sorted(set(days)):
            chosen = [one for one, on in zip(told, days, strict=True) if on == day]
            yield _group(standard, kind, chosen, day, catalogue)


def _group(
    standard: Standard, kind: Kind, told: list[StandardExample], day: date, catalogue: Catalogue
) -> _Group:
    rows = [{**standard.background, **one.example.given} for one in told]
    population = population_of_texts(rows, catalogue.vocabulary)
    ground = Ground(population, catalogue.vocabulary, catalogue.definitions, day)
    asked = standard.asked(kind)
    found = _codes(ground, [one.condition for one in asked], day)
    codes = {one.id: column for one, column in zip(asked, found, strict=True)}
    return _Group(ground, told, day, codes)


def _codes(ground: Ground, conditions: Sequence[Condition], day: date) -> list[list[int]]:
    verdicts = [
        ground.verdict(condition, day).alias(str(place))
        for place, condition in enumerate(conditions)
    ]
    found = ground.collect(*verdicts)
    return [found[str(place)].to_list() for place in range(len(conditions))]


def _standing(criterion: Criterion, wrong: Sequence[Condition], groups: list[_Group]) -> list[int]:
    """Give the places of the wrong versions under which every example still comes out as it says."""
    standing = list(range(len(wrong)))
    for group in groups:
        if criterion.id not in group.codes or not standing:
            continue
        found = _codes(group.ground, [wrong[place] for place in standing], group.on)
        standing = [
            place
            for place, codes in zip(standing, found, strict=True)
            if _unnoticed(criterion.id, codes, group)
        ]
    return standing


def _unnoticed(name: str, codes: Sequence[int], group: _Group) -> bool:
    for row, (told, code) in enumerate(zip(group.told, codes, strict=True)):
        expected = told.criteria.get(name)
        if expected is not None and EXPECTED_CODES[expected] != code:
            return False
        whole = _whole([code, *_others(name, row, group)])
        if whole != EXPECTED_CODES[told.example.expect]:
            return False
    return True


def _noticed_without(criterion: Criterion, groups: list[_Group]) -> bool:
    """Say whether some example comes out otherwise once the whole criterion is gone.

    Where several criteria ask a person, the verdict of all stays the same without one of them: an example
    that names it as a question to a person notices.
    """
    return any(
        told.criteria.get(criterion.id) == "person"
        or _whole(_others(criterion.id, row, group)) != EXPECTED_CODES[told.example.expect]
        for group in groups
        if criterion.id in group.codes
        for row, told in enumerate(group.told)
    )


def _others(name: str, row: int, group: _Group) -> list[int]:
    return [codes[row] for other, codes in group.codes.items() if other != name]


def _whole(codes: Sequence[int]) -> int:
    return next((hardest for hardest in HARDEST if hardest in codes), MET)
