"""Which layout a worksheet has, and where its header stands under the title lines."""

from typing import get_args

import msgspec

from matching.language.vocabulary import PeriodKind, Vocabulary
from registry.imports.headers import Header, plain_header, read_header
from registry.imports.layout import Column, Layout
from registry.imports.types import Grid

SEARCHED_ROWS = 30

_KINDS: tuple[PeriodKind, ...] = get_args(PeriodKind)

Name = tuple[str, PeriodKind]
Index = dict[Name, int]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a worksheet that may be its header; 1-based, the same where it is one row."""

    grid: Grid
    first: int
    last: int
    headers: dict[str, Header]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A header and the place of the column it means in the layout.

    header  its `strange` bracket is kept only where the column is meant without it.
    """

    place: int
    header: Header


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """A layout laid over rows that may be a header.

    matched  by letter; columns that are not here mean nothing to the layout.
    missing  required columns that do not stand there.
    """

    layout: Layout
    at: Candidate
    matched: dict[str, Match]
    missing: tuple[Column, ...]


def best_fits(grid: Grid, layouts: tuple[Layout, ...], vocabulary: Vocabulary) -> list[Fit]:
    """Lay every layout where it matches most columns; those that fit come first, then the nearest."""
    found = candidates(grid)
    fits: list[Fit] = []
    for layout in layouts:
        index = header_index(layout, vocabulary)
        laid = [_lay(layout, index, candidate) for candidate in found]
        if laid:
            fits.append(max(laid, key=_closeness))
    return sorted(fits, key=lambda fit: (bool(fit.missing), -len(fit.matched)))


def _closeness(fit: Fit) -> tuple[int, int, bool]:
    """Order fits: most matched; a title line above is no group where one row says as much."""
    return -len(fit.missing), len(fit.matched), fit.at.first == fit.at.last


def header_index(layout: Layout, vocabulary: Vocabulary) -> Index:
    """Give every name a column of the layout may stand under."""
    index: Index = {}
    for place, column in enumerate(layout.columns):
        for name in header_names(column, vocabulary):
            index.setdefault(name, place)
    for place, column in enumerate(layout.columns):
        if column.role == "ignore":  # whatever the period: there is none it would have to say
            for said, _ in header_names(column, vocabulary):
                for kind in _KINDS:
                    index.setdefault((said, kind), place)
    return index


def header_names(column: Column, vocabulary: Vocabulary) -> tuple[Name, ...]:
    """Give the names of one column: its own, and label and headers of its fact."""
    kind: PeriodKind = "none"
    names = list(column.headers)
    if column.fact is not None:
        fact = vocabulary.facts[column.fact]
        kind = fact.period
        names += [fact.label, *fact.headers]
        # 2025年一季度营业收入 is as common as 季度营业收入 over 2025年一季度.
        names += [name.removeprefix("季度") for name in names if kind == "quarter"]
    return tuple((plain_header(name), kind) for name in names)


def find_column(header: Header, index: Index) -> Match | None:
    """Give the column a header means, with or without its last bracket and its group."""
    below = header.text.rpartition(" / ")[2]
    for said in (header, read_header((below,))):  # a group may only decorate
        place = index.get((said.name, said.period_kind))
        if place is not None:
            return Match(place=place, header=msgspec.structs.replace(said, strange=""))
        place = index.get((said.bare_name, said.period_kind))
        if place is not None:
            return Match(place=place, header=said)
    return None


def _lay(layout: Layout, index: Index, at: Candidate) -> Fit:
    found = {letter: find_column(header, index) for letter, header in at.headers.items()}
    matched = {letter: match for letter, match in found.items() if match is not None}
    there = {match.place for match in matched.values()}
    missing = tuple(
        column
        for place, column in enumerate(layout.columns)
        if column.required and place not in there
    )
    return Fit(layout=layout, at=at, matched=matched, missing=missing)


def candidates(grid: Grid) -> list[Candidate]:
    """Give each row that may be a header, alone and as the group row of the one below it."""
    rows = grid.frame.head(SEARCHED_ROWS + 1).rows()
    found: list[Candidate] = []
    for at, row in enumerate(rows[:SEARCHED_ROWS], start=1):
        if sum(cell is not None for cell in row) < 2:
            continue
        own: list[tuple[str, ...]] = [() if cell is None else (cell,) for cell in row]
        found.append(_candidate(grid, at, at, own))
        if at < len(rows):
            found.append(_candidate(grid, at, at + 1, _joined(row, rows[at])))
    return found


def _candidate(grid: Grid, first: int, last: int, parts: list[tuple[str, ...]]) -> Candidate:
    letters = grid.frame.columns
    headers = {
        letter: read_header(part) for letter, part in zip(letters, parts, strict=True) if part
    }
    return Candidate(grid=grid, first=first, last=last, headers=headers)


def _joined(groups: tuple[str | None, ...], below: tuple[str | None, ...]) -> list[tuple[str, ...]]:
    """Join a group row with the row below; a merged group cell is empty but for its first."""
    joined: list[tuple[str, ...]] = []
    group: str | None = None
    for own_group, own in zip(groups, below, strict=True):
        if own is None:  # merged downwards: it stands for itself, and ends the group before it
            group = None
            joined.append(() if own_group is None else (own_group,))
            continue
        group = own_group or group
        joined.append((own,) if group is None else (group, own))
    return joined
