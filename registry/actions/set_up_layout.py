"""Set up a layout from a sheet, in steps: what it may mean, what people chose, the layout file with its samples.

Between the steps nothing is kept here: the head of the sheet goes to the person's page and comes back with the choices.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from registry.imports.errors import whole_file
from registry.imports.layout import Layout
from registry.imports.learned import known_layouts
from registry.imports.letters import column_letter
from registry.imports.meanings import fact_of
from registry.imports.propose_layout import (
    ProposedColumn,
    ProposedLayout,
    propose_columns,
    propose_layout,
)
from registry.imports.read_file import read_file
from registry.imports.recognise import best_fits, candidates
from registry.imports.see_headers import HeadersSeen, see_headers
from registry.imports.types import Grid
from registry.imports.write_layout import ROWS_TRIED

LONGEST_CELL = 200
WIDEST = 200
_PERIODS = {"year": "年份", "quarter": "年份和季度", "month": "年份和月份", "none": ""}


class SheetHead(msgspec.Struct, frozen=True, kw_only=True):
    """The titles, the header and the first rows of a worksheet.

    first, last  the rows of the header, 1-based.
    rows         cells as they stand there, shortened to LONGEST_CELL.
    """

    file_name: str
    sheet: str
    first: int
    last: int
    rows: tuple[tuple[str | None, ...], ...]


class SetUp(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet on the way to a layout.

    fitting  layouts that take this sheet already: then nothing need be set up.
    near     a layout that would take it, were its guesses confirmed; None where there is none, or one fits.
    """

    head: SheetHead
    proposed: ProposedLayout
    fitting: tuple[Layout, ...]
    near: HeadersSeen | None = None


async def set_up_layout(
    file_name: str, data: bytes, department: str, now: datetime, vocabulary: Vocabulary
) -> SetUp:
    """Read a sheet and propose what its columns are; raises SheetRefused where it has no header."""
    known = await known_layouts(vocabulary, now)
    grids = read_file(file_name, data)
    found = propose_layout(grids, department, known.layouts, vocabulary).at
    frame = found.grid.frame
    if frame.width > WIDEST:
        way_out = f"删去用不着的列，或用 registry layouts suggest 在命令行设立；这里最多{WIDEST}列"
        raise whole_file(file_name, f"有{frame.width}列", way_out, found.grid.sheet)
    head = SheetHead(
        file_name=file_name,
        sheet=found.grid.sheet,
        first=found.first,
        last=found.last,
        rows=tuple(
            tuple(None if cell is None else cell[:LONGEST_CELL] for cell in row)
            for row in frame.head(found.last + ROWS_TRIED).rows()
        ),
    )
    return await set_up_again(head, department, now, vocabulary)


async def set_up_again(
    head: SheetHead, department: str, now: datetime, vocabulary: Vocabulary
) -> SetUp:
    """Propose for the same header rows of the same sheet; raises SheetRefused where the head is none."""
    width = max((len(row) for row in head.rows), default=0)
    columns = [
        pl.Series(
            column_letter(at),
            [row[at] if at < len(row) else None for row in head.rows],
            dtype=pl.String,
        )
        for at in range(width)
    ]
    grid = Grid(file_name=head.file_name, sheet=head.sheet, frame=pl.DataFrame(columns))
    rows = (head.first, head.last)
    at = next((one for one in candidates(grid) if (one.first, one.last) == rows), None)
    if at is None:
        raise whole_file(head.file_name, "表头不在原来的位置", "重新上传这张表", head.sheet)
    layouts = (await known_layouts(vocabulary, now)).layouts
    fitting = tuple(fit.layout for fit in best_fits(grid, layouts, vocabulary) if not fit.missing)
    seen = see_headers((grid,), layouts, vocabulary)
    return SetUp(
        head=head,
        proposed=propose_columns(at, department, layouts, vocabulary),
        fitting=fitting,
        near=seen if seen and not fitting and not seen.would_miss else None,
    )


def with_choices(
    proposed: ProposedLayout, meanings: Mapping[str, str], required: Collection[str]
) -> ProposedLayout:
    """Put what people chose, by letter, in place of what was proposed."""
    return msgspec.structs.replace(
        proposed,
        columns=tuple(
            _chosen(one, meanings, required=one.letter in required) for one in proposed.columns
        ),
    )


def period_warnings(proposed: ProposedLayout, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Say which headers do not name the period their fact has, or name one it has not: such a column is not taken."""
    found: list[str] = []
    for one in proposed.columns:
        fact = fact_of(one.meaning, vocabulary)
        if fact is None or fact.period == one.header.period_kind:
            continue
        need = _PERIODS.get(fact.period, "")
        found.append(
            f"“{one.header.text}”要写明{need}，才能作为{fact.label}取用"
            if need
            else f"“{one.header.text}”写了期间，而{fact.label}不分期，不会取用"
        )
    return tuple(found)


def _chosen(one: ProposedColumn, meanings: Mapping[str, str], *, required: bool) -> ProposedColumn:
    meaning = meanings.get(one.letter, one.meaning)
    if meaning == one.meaning:
        return msgspec.structs.replace(one, required=required)
    return msgspec.structs.replace(one, meaning=meaning, required=required, score=0, why="由人选定")
