"""Checking a whole catalogue: everything that is wrong with any of its files, in one go; and what it holds."""

from collections import Counter
from datetime import date
from pathlib import Path

import msgspec

from matching.catalogue.check_conditions import condition_problems
from matching.catalogue.check_dates import date_problems
from matching.catalogue.check_definitions import definition_problems
from matching.catalogue.check_examples import example_problems
from matching.catalogue.check_exclusive import exclusive_problems
from matching.catalogue.check_item import item_problems
from matching.catalogue.check_publishing import publishing_findings
from matching.catalogue.check_standards import standard_findings, standard_problems
from matching.catalogue.check_twins import twin_problems
from matching.catalogue.check_words import word_findings
from matching.catalogue.load_catalogue import (
    BESIDES,
    Catalogue,
    build_catalogue,
    catalogue_texts,
    catalogue_words,
    load_catalogue,
)
from matching.catalogue.versions import version_problems
from matching.engine.match import payable
from matching.language.items import Item, Mark, Standing
from matching.language.problems import Finding, LanguageError, Problem


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a catalogue holds, seen from one day.

    by_mark, by_standing  number of items.
    paying                ids of the items whose being met is an entitlement on that day.
    """

    items: int
    definitions: int
    examples: int
    by_mark: dict[Mark, int]
    by_standing: dict[Standing, int]
    paying: tuple[str, ...]


class Checked(msgspec.Struct, frozen=True):
    """What a check found.

    problems  each keeps the catalogue from being used.
    findings  shown with their reason; none keeps it from being used.
    """

    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...] = ()


def check_catalogue(folder: Path) -> Checked:
    """Check every file: unreadable ones, failing examples, items that say too little or can never hold.

    A broken file does not hide the problems of the others; broken words or definitions do, as everything
    is said in them.
    """
    try:
        catalogue = load_catalogue(folder)
    except LanguageError as broken:
        problems = broken.problems
    else:
        found = checked(catalogue)
        problems = (*found.problems, *definition_problems(folder, catalogue))
        return Checked(tuple(sorted(problems)), found.findings)
    beside = _checked_beside(folder, {problem.file for problem in problems})
    return Checked(tuple(sorted((*problems, *beside.problems))), beside.findings)


def _checked_beside(folder: Path, broken_files: set[str]) -> Checked:
    """Check the files that can be read, when some cannot."""
    try:
        files, _ = catalogue_texts(folder)
        vocabulary = catalogue_words(folder)
    except LanguageError:
        return Checked(())
    if broken_files & {*BESIDES}:
        return Checked(())
    readable = {name: text for name, text in files.items() if name not in broken_files}
    while readable:
        try:
            return checked(build_catalogue(readable, vocabulary))
        except LanguageError as followed:
            # What refers to a broken file (an overlay, a standard of a broken title) cannot be read without it.
            lost = {problem.file for problem in followed.problems}
            if not lost & readable.keys():
                break
            readable = {name: text for name, text in readable.items() if name not in lost}
    return Checked(())


def checked(catalogue: Catalogue) -> Checked:
    """Check a catalogue that can be read."""
    problems = [
        *version_problems(catalogue.items),
        *twin_problems(catalogue),
        *exclusive_problems(catalogue),
        *standard_problems(catalogue),
    ]
    for item in catalogue.items:
        problems += item_problems(item, catalogue.vocabulary)
        problems += condition_problems(item, catalogue)
        problems += date_problems(item, catalogue.files.get(item.file, ""))
        problems += [found for found in example_problems(item, catalogue) if found is not None]
    findings = [found for item in catalogue.items for found in findings_of(item, catalogue)]
    findings += standard_findings(catalogue)
    return Checked(tuple(sorted(problems)), tuple(sorted(findings)))


def findings_of(item: Item, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Give what a person should know of an item besides its problems."""
    text = catalogue.files.get(item.file, "")
    return (*word_findings(item, text), *publishing_findings(item, catalogue))


def summarise(catalogue: Catalogue, on: date) -> Summary:
    """Count what a catalogue holds on a day."""
    items = catalogue.items
    return Summary(
        items=len(items),
        definitions=len(catalogue.definitions),
        examples=sum(len(item.examples) for item in items),
        by_mark=dict(Counter(item.mark for item in items)),
        by_standing=dict(Counter(item.standing(on) for item in items)),
        paying=tuple(item.id for item in items if payable(item, on).allowed),
    )
