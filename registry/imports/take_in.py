"""A file's bytes in, typed values out: everything about a sheet that needs no database."""

import hashlib
from datetime import date

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.imports.clean import clean_sheet
from registry.imports.errors import whole_file
from registry.imports.layout import Layout
from registry.imports.progress import Progress, unheard
from registry.imports.pseudonyms import Pseudonyms
from registry.imports.read_file import read_file
from registry.imports.title_lines import is_supplement
from registry.imports.types import CleanSheet, Grid
from registry.imports.understand import understand


class GivenFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as somebody handed it in.

    observed_on  the day it speaks of, for sheets whose title does not say.
    received_on  the day we were given it; no sheet speaks of a later one.
    """

    name: str
    data: bytes
    observed_on: date | None
    received_on: date

    @property
    def sha256(self) -> str:
        """What tells the same bytes again."""
        return hashlib.sha256(self.data).hexdigest()


class Cleaning(msgspec.Struct, frozen=True):
    """What cells are read with; `pseudonyms` and `progress` as in sheet_in."""

    vocabulary: Vocabulary
    pseudonyms: Pseudonyms | None
    progress: Progress


def sheet_in(
    given: GivenFile,
    layouts: tuple[Layout, ...],
    vocabulary: Vocabulary,
    pseudonyms: Pseudonyms | None = None,
    progress: Progress = unheard,
) -> CleanSheet:
    """Read, understand and clean a file; raises SheetRefused where it cannot be taken in.

    pseudonyms  None: a sheet that names persons, loans or contracts is refused.
    """
    grids = read_file(given.name, given.data)
    return sheet_of(grids, given, layouts, Cleaning(vocabulary, pseudonyms, progress))


def sheet_of(
    grids: tuple[Grid, ...], given: GivenFile, layouts: tuple[Layout, ...], cleaning: Cleaning
) -> CleanSheet:
    """Understand and clean the worksheets of a file that was read; raises SheetRefused as sheet_in does."""
    vocabulary, pseudonyms, progress = cleaning.vocabulary, cleaning.pseudonyms, cleaning.progress
    understood = understand(grids, layouts, vocabulary, given.observed_on)
    bound = understood.bound
    heading = tuple(bound.grid.frame.head(bound.header_row).rows())
    sheet = msgspec.structs.replace(
        clean_sheet(understood, vocabulary, pseudonyms, progress),
        columns=bound.columns,
        heading=heading,
    )
    if is_supplement(heading):
        # That it names no list it gives whole is what it is.
        of_cells = tuple(one for one in sheet.refused if one.row or one.column)
        sheet = msgspec.structs.replace(sheet, covered=(), refused=of_cells)
    if sheet.observed_on > given.received_on:
        problem = f"数据截至{sheet.observed_on}，晚于收到文件的{given.received_on}"
        raise whole_file(given.name, problem, "更正标题中的截至日期", sheet.grid.sheet)
    if not sheet.rows_read:
        raise whole_file(given.name, "表头之下没有一行数据", "确认选对了文件", sheet.grid.sheet)
    return sheet
