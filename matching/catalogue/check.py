"""Checking a whole catalogue: everything that is wrong with any of its files, in one go; and what it holds."""

from collections import Counter
from datetime import date
from pathlib import Path

import msgspec

from matching.catalogue.check_examples import example_problems
from matching.catalogue.check_item import item_problems
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
from matching.language.items import Mark, Standing
from matching.language.problems import LanguageError, Problem


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


def check_catalogue(folder: Path) -> tuple[Problem, ...]:
    """Give every problem of every file: unreadable ones, failing examples, items that say too little.

    A broken file does not hide the problems of the others; broken words or definitions do, as everything
    is said in them.
    """
    try:
        return problems_in(load_catalogue(folder))
    except LanguageError as broken:
        problems = broken.problems
    broken_files = {problem.file for problem in problems}
    return tuple(sorted((*problems, *_problems_beside(folder, broken_files))))


def _problems_beside(folder: Path, broken_files: set[str]) -> tuple[Problem, ...]:
    """Give the problems of the files that can be read, when some cannot."""
    try:
        files, _ = catalogue_texts(folder)
        vocabulary = catalogue_words(folder)
    except LanguageError:
        return ()
    if broken_files & {*BESIDES}:
        return ()
    readable = {name: text for name, text in files.items() if name not in broken_files}
    return problems_in(build_catalogue(readable, vocabulary))


def problems_in(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give the problems of a catalogue that can be read."""
    problems: list[Problem] = []
    for item in catalogue.items:
        problems += item_problems(item, catalogue.vocabulary)
        problems += [found for found in example_problems(item, catalogue) if found is not None]
    problems += version_problems(catalogue.items)
    return tuple(sorted(problems))


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
