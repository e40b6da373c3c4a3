"""What a preview shows of a sheet before it is taken in."""

from datetime import date
from typing import Literal

import msgspec

from registry.actions.ask_headers import HeadersAsked
from registry.actions.import_outcome import ImportOutcome
from registry.imports.drift import Drift
from registry.profiles.compare_values import Kind

SHOWN = 300
"""Samples kept of each sort: cells of one fact and kind, names, entries of one list."""


class ColumnShown(msgspec.Struct, frozen=True, kw_only=True):
    """A column that was understood: `means` a role or the column of a fact, such as annual_revenue@2025."""

    letter: str
    header: str
    means: str
    unit: str


class NameShown(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise that would be created, or renamed: then `before` is the name it has."""

    name: str
    uscc: str | None
    before: str | None = None


class FactCounted(msgspec.Struct, frozen=True, kw_only=True):
    """How the values of one column stand to what is known; `refused`: cells that would not go in."""

    column: str
    new: int = 0
    changed: int = 0
    conflict: int = 0
    same: int = 0
    refused: int = 0


class CellShown(msgspec.Struct, frozen=True, kw_only=True):
    """One value beside what is known.

    row     as the spreadsheet numbers it; `letter` is its column's.
    new     stored form; `old` is what counts without it, from `department` as of `observed_on`.
    why     of a conflict: why the old value goes on counting.
    """

    row: int
    letter: str
    enterprise: str
    column: str
    kind: Kind
    new: int | str
    old: int | str | None = None
    department: str | None = None
    file_name: str | None = None
    observed_on: date | None = None
    why: Literal["trusted", "newer"] | None = None


class ListCounted(msgspec.Struct, frozen=True, kw_only=True):
    """How the entries of a list, or the awards, would change; `gone`: no longer there, the list being whole."""

    list: str
    new: int = 0
    same: int = 0
    gone: int = 0


class EntryShown(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that would come or go; `on` is its first day, or the day of a payment."""

    list: str
    kind: Literal["new", "gone"]
    enterprise: str
    on: date | None
    amount_cents: int | None = None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What taking in a sheet would do; counts are of all, samples are the first SHOWN of their sort.

    token    names the file and the state of knowledge it was held against; a commit asks for it.
    outcome  what the import will report, without a number; where the file was taken in before, that.
    drift    what moved too far and must be confirmed before the commit.
    headers  what is to be decided of headers no layout knows; None: nothing.
    """

    token: str
    outcome: ImportOutcome
    by_code: int = 0
    by_name: int = 0
    columns: tuple[ColumnShown, ...] = ()
    created: tuple[NameShown, ...] = ()
    renamed: tuple[NameShown, ...] = ()
    facts: tuple[FactCounted, ...] = ()
    cells: tuple[CellShown, ...] = ()
    lists: tuple[ListCounted, ...] = ()
    entries: tuple[EntryShown, ...] = ()
    drift: tuple[Drift, ...] = ()
    headers: HeadersAsked | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the sheet only repeats what is known."""
        facts = any(one.new or one.changed for one in self.facts)
        lists = any(one.new or one.gone for one in self.lists)
        said = self.outcome.written
        # What is kept item by item is not held against what was kept before.
        items = said.claims or said.uses or said.records or said.relations
        return not (facts or lists or items or said.created or said.renamed)
