"""Checking standards: criteria that can never hold, versions that overlap, examples that come out otherwise."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeVar

import msgspec

from matching.catalogue.check_conditions import condition_problems
from matching.catalogue.check_dates import date_problems
from matching.catalogue.check_examples import example_problems
from matching.catalogue.check_words import word_findings
from matching.catalogue.lines import Lines
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.standard_items import as_item
from matching.engine.match import EXPECTED_CODES, VERDICT_WORDS
from matching.engine.profile_text import population_of_texts
from matching.engine.single.single import Single
from matching.engine.try_example import example_day
from matching.language.problems import Finding, Problem
from matching.language.standards import Kind, Standard, StandardExample

_PART = re.compile(r"condition\.all_of\[([0-9]+)\]")
WORDS = {
    **{word: VERDICT_WORDS[code] for word, code in EXPECTED_CODES.items()},
    "not_applicable": "不适用",
}


def standard_problems(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give everything wrong with the standards of a catalogue that can be read."""
    problems = list(_overlaps(catalogue.standards))
    for standard in catalogue.standards:
        for kind in standard.kinds:
            problems += _as_items(standard, kind, catalogue)
            problems += _examples(standard, kind, catalogue)
    return tuple(sorted(set(problems)))


def _overlaps(standards: tuple[Standard, ...]) -> Iterator[Problem]:
    """Name standards of one title and area that would judge the same application."""
    for one, other in combinations(standards, 2):
        if (one.tier, one.area) != (other.tier, other.area):
            continue
        for kind in one.kinds:
            earlier, later = sorted((one, other), key=lambda each: each.file)
            if kind in other.valid and _meet(one, other, kind):
                what = f"与“{earlier.id}”同时判定{kind}，选不出一个版本"
                yield Problem(
                    file=later.file,
                    line=1,
                    where="valid",
                    what=what,
                    way_out="让前一版的截止日早于后一版的起始日",
                )


def _meet(one: Standard, other: Standard, kind: Kind) -> bool:
    since = max(one.valid[kind].since, other.valid[kind].since)
    return one.judges(kind, since) and other.judges(kind, since)


def _as_items(standard: Standard, kind: Kind, catalogue: Catalogue) -> list[Problem]:
    """Ask what is asked of every item, each problem put to its criterion; inherited ones are not told again."""
    item = as_item(standard, kind, catalogue.vocabulary.places.root)
    found = [*condition_problems(item, catalogue), *date_problems(item, "")]
    return _placed(found, standard, kind, catalogue)


def standard_findings(catalogue: Catalogue) -> tuple[Finding, ...]:
    """Give what people should look at in the standards of titles: words only a person can apply, ties to a place."""
    found: dict[Finding, None] = {}
    for standard in catalogue.standards:
        for kind in standard.kinds:
            item = as_item(standard, kind, catalogue.vocabulary.places.root)
            told = [one for one in word_findings(item, "") if one.where != "title"]
            found |= dict.fromkeys(_placed(told, standard, kind, catalogue))
    return tuple(sorted(found, key=lambda one: (one.file, one.line, one.where)))


Told = TypeVar("Told", Problem, Finding)


def _placed(
    found: Sequence[Told], standard: Standard, kind: Kind, catalogue: Catalogue
) -> list[Told]:
    """Put what was found of a standard seen as an item to its criteria; what is inherited is left out."""
    written = [one.id for one in standard.criteria if one.id in standard.own]
    lines = Lines(catalogue.files.get(standard.file, ""))
    asked = [one.id for one in standard.asked(kind)]
    placed: list[Told] = []
    for problem in found:
        part = _PART.match(problem.where)
        name = asked[int(part[1])] if part else None
        if name is not None and name not in written:
            continue
        if part and name is not None:
            rest = problem.where[part.end() :]
            where = f"criteria[{standard.own.index(name)}].condition{rest}"
        else:
            where = problem.where.replace("condition", "criteria", 1)
        placed.append(msgspec.structs.replace(problem, where=where, line=lines.at(where)))
    return placed


def _examples(standard: Standard, kind: Kind, catalogue: Catalogue) -> Iterator[Problem]:
    item = as_item(standard, kind, catalogue.vocabulary.places.root)
    told = [one for one in standard.examples if one.kind == kind]
    for one, problem in zip(told, example_problems(item, catalogue), strict=True):
        if problem is not None:
            yield problem
        elif one.criteria:
            yield from _single_criteria(standard, one, catalogue)


def _single_criteria(
    standard: Standard, told: StandardExample, catalogue: Catalogue
) -> Iterator[Problem]:
    """Hold the criteria an example names against what they come to."""
    item = as_item(standard, told.kind, catalogue.vocabulary.places.root)
    day = example_day(item, told.example)
    population = population_of_texts(
        [{**standard.background, **told.example.given}], catalogue.vocabulary
    )
    single = Single(population, catalogue.vocabulary, catalogue.definitions, day)
    found = {
        one.id: VERDICT_WORDS[single.node(one.condition, day).trace.verdict]
        for one in standard.asked(told.kind)
    }
    for name, expected in told.criteria.items():
        came = found.get(name, WORDS["not_applicable"])
        if came != WORDS[expected]:
            yield Problem(
                file=standard.file,
                line=told.example.line,
                where=f"examples “{told.example.name}”",
                what=f"{name}应为{WORDS[expected]}，实为{came}",
                way_out="核对条件与例子哪个写错了",
            )
