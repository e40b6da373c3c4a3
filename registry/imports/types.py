"""What passes through an import: sheets as they came, columns as understood, values, refusals."""

from datetime import date

import msgspec
import polars as pl

from matching.language.vocabulary import Fact
from registry.imports.layout import Column, Layout

ROW = "row"
"""The column of a frame that holds the row number as the spreadsheet shows it."""
INSTRUCTIONS, WORDS_SHEET = "填写说明", "可填的词"
"""Worksheets our own workbooks have beside the data; they hold nothing to take in."""
OUR_SHEETS = frozenset({INSTRUCTIONS, WORDS_SHEET})


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """One cell, row, column or sheet that was not taken, why, and the way out.

    row     as the spreadsheet numbers it; 0 where the whole sheet is meant.
    column  its letter; "" where the whole row or sheet is meant.
    value   as it stands there; None for an empty cell, or where no single cell is meant.
    """

    file_name: str
    sheet: str
    row: int
    column: str
    header: str
    value: str | None
    problem: str
    way_out: str

    def __str__(self) -> str:
        sheet = f"［{self.sheet}］" if self.sheet else ""
        cell = f"{self.column}{self.row}" if self.column and self.row else self.column
        place = cell or (f"第{self.row}行" if self.row else "")
        header = f"“{self.header}”" if self.header else ""
        value = f"“{self.value}”" if self.value is not None else ""
        where = " ".join(part for part in (f"{self.file_name}{sheet}", place, header) if part)
        return f"{where}：{value}{self.problem}。{self.way_out}。"


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """One worksheet as text: the first row of the frame is row 1, its columns are A, B, C.

    sheet      the worksheet's name; "" in a .csv file, which has only one.
    from_1904  whether a bare number that stands for a day counts from 1904 and not from 1900.
    """

    file_name: str
    sheet: str
    frame: pl.DataFrame
    from_1904: bool = False

    def refusal(
        self, column: str, row: int, problem: str, way_out: str, header: str = ""
    ) -> Refusal:
        """Refuse a place in this worksheet: a cell, or the whole of it where row is 0."""
        cells = self.frame[column] if column else None
        return Refusal(
            file_name=self.file_name,
            sheet=self.sheet,
            row=row,
            column=column,
            header=header,
            value=cells[row - 1] if cells is not None and row else None,
            problem=problem,
            way_out=way_out,
        )


class BoundColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a sheet, understood.

    header   as people wrote it, group and own header joined by " / ".
    unit     the unit word in the header; "" where there is none.
    field    what the cells are read as where the column is a field of a record: as a fact of that kind would be.
    decimals how many decimal places the header's unit has over the stored one: 万元 over 分 has 6.
    """

    letter: str
    header: str
    column: Column
    fact: Fact | None = None
    field: Fact | None = None
    period: str | None = None
    unit: str = ""
    decimals: int = 0


class BoundSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A worksheet whose layout is known.

    header_row  the last row of the header; values start below it.
    notes       columns that were left out, each with its reason.
    """

    grid: Grid
    layout: Layout
    header_row: int
    columns: tuple[BoundColumn, ...]
    observed_on: date
    notes: tuple[Refusal, ...]


class CleanSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet as typed values, row by row; who each row speaks of is not yet known.

    rows         row, uscc, name, name_key: null where not given or not usable.
    numbers      row and one Int64 column per fact[@period]; flags are 0 and 1.
    texts        row and one String column per fact[@period]; dates as 2026-01-31.
    memberships  row, list, level, batch, document, from_on, until_on, left_on.
    awards       row, family, amount_cents, paid_on.
    claims       row, fact, key, amount_cents: evidence items, under pseudonyms.
    uses         row, ledger, key, family, used_on.
    records      row, number and the fields of the layout's ledger of records; empty where it has none.
    contacts     row, address.
    beside       row, place, legal_representative, address, phone: what tells who is meant beside code and name.
    cells        row and the row's cells as they came, a struct from header to text.
    told_at      the column refusals of a whole row are reported at: the name, or else the code.
    columns      every column that was understood, with its letter.
    heading      the rows above the data, as they came: title lines and header.
    covered      lists this sheet gives whole ("awards" and ledgers among them).
    rows_read    without titles, blanks, totals and footnotes.
    """

    grid: Grid
    layout: Layout
    observed_on: date
    rows: pl.DataFrame
    numbers: pl.DataFrame
    texts: pl.DataFrame
    memberships: pl.DataFrame
    awards: pl.DataFrame
    claims: pl.DataFrame
    uses: pl.DataFrame
    records: pl.DataFrame
    contacts: pl.DataFrame
    beside: pl.DataFrame
    cells: pl.DataFrame
    told_at: BoundColumn
    covered: tuple[str, ...]
    refused: tuple[Refusal, ...]
    rows_read: int
    columns: tuple[BoundColumn, ...] = ()
    heading: tuple[tuple[str | None, ...], ...] = ()
