"""The pages that set a layout up: a sheet is handed in, and each of its headers gets a meaning."""

from typing import ClassVar

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.actions.set_up_layout import SetUp
from registry.imports.guess import HeaderGuess
from registry.imports.meanings import IGNORE, can_be_a_column, meaning_in_words
from registry.imports.propose_layout import ROLES, ProposedColumn
from registry.imports.see_headers import HeadersSeen
from registry.imports.write_layout import LayoutHead
from registry.portal.layout_page import Choice, choice
from registry.portal.page import Page


class SetUpColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One header of the sheet, with the meanings it may be given.

    near  the meaning proposed and others that are near, the nearest first.
    """

    letter: str
    header: str
    cells: tuple[str, ...]
    meaning: str
    required: bool
    score: int
    why: str
    near: tuple[Choice, ...]


class NearLayout(msgspec.Struct, frozen=True, kw_only=True):
    """A layout that takes the sheet once these guesses are confirmed."""

    name: str
    label: str
    known: int
    guesses: tuple[HeaderGuess, ...]


class LayoutNewPage(Page, frozen=True, kw_only=True):
    """All that layout_new.html may use; `chosen` is the department offered first, `largest` how large a sheet may be."""

    template: ClassVar[str] = "layout_new.html"

    departments: tuple[Choice, ...]
    chosen: str
    largest: str
    problems: tuple[str, ...] = ()


class LayoutSetUpPage(Page, frozen=True, kw_only=True):
    """All that layout_set_up.html may use.

    head   the head of the sheet as JSON, to come back with the choices.
    facts  of this department; others are chosen in the layout file.
    """

    template: ClassVar[str] = "layout_set_up.html"

    head: str
    file_name: str
    department: str
    department_label: str
    name: str
    label: str
    one_row_each: bool
    columns: tuple[SetUpColumn, ...]
    roles: tuple[Choice, ...]
    facts: tuple[Choice, ...]
    recognised: tuple[str, ...]
    near: NearLayout | None


def tell_new(
    vocabulary: Vocabulary, largest: str, chosen: str = "", problems: tuple[str, ...] = ()
) -> LayoutNewPage:
    """Tell the form a sheet is handed in by."""
    departments = tuple(
        (key, label) for key, label in vocabulary.departments.items() if key != "enterprise"
    )
    return LayoutNewPage(departments=departments, chosen=chosen, largest=largest, problems=problems)


def tell_set_up(found: SetUp, said: LayoutHead, vocabulary: Vocabulary) -> LayoutSetUpPage:
    """Tell the headers of a sheet with what each may mean."""
    theirs = [
        fact
        for fact in vocabulary.facts.values()
        if said.department in (fact.department, *fact.sources) and can_be_a_column(fact)
    ]
    return LayoutSetUpPage(
        head=msgspec.json.encode(found.head).decode(),
        file_name=found.head.file_name,
        department=said.department,
        department_label=vocabulary.departments[said.department],
        name=said.name,
        label=said.label,
        one_row_each=said.one_row_each,
        columns=tuple(_column(one, vocabulary) for one in found.proposed.columns),
        roles=tuple((role, meaning_in_words(role, vocabulary)) for role in (*ROLES, IGNORE)),
        facts=tuple(choice(f"fact/{fact.key}", vocabulary) for fact in theirs),
        recognised=tuple(layout.label for layout in found.fitting),
        near=_near(found.near) if found.near else None,
    )


def _near(seen: HeadersSeen) -> NearLayout:
    return NearLayout(
        name=seen.layout.name,
        label=seen.layout.label,
        known=len(seen.known),
        guesses=seen.guesses,
    )


def _column(one: ProposedColumn, vocabulary: Vocabulary) -> SetUpColumn:
    near = [one.meaning, *one.others] if one.meaning != IGNORE else [*one.others]
    return SetUpColumn(
        letter=one.letter,
        header=one.header.text,
        cells=one.cells,
        meaning=one.meaning,
        required=one.required,
        score=one.score,
        why=one.why,
        near=tuple(choice(meaning, vocabulary) for meaning in near),
    )
