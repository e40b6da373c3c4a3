"""Writing sheets: workbooks with titles, merged headers and real dates, and files of comma-separated text."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from registry.demo.cells import Cell


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One worksheet: title rows, a header of one or two rows, columns of cells, and what stands below.

    titles   the first is merged over all columns; "" leaves a row blank.
    headers  name of each column; (group, name) puts the column under a group that is merged over its columns.
    below    whole rows under the table: totals, notes.
    """

    name: str
    titles: tuple[str, ...] = ()
    headers: tuple[str | tuple[str, str], ...]
    columns: tuple[Sequence[Cell], ...]
    below: tuple[tuple[Cell, ...], ...] = ()


def write_workbook(path: Path, tables: Sequence[Table], day: date) -> None:
    """Write the tables into one workbook; the same tables give the same bytes."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001 - no zone in Excel
        bold = book.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        daily = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.set_column(0, max(len(table.columns) - 1, 0), 16)
            row = _write_head(sheet, table, bold)
            for at, column in enumerate(table.columns):
                _write_column(sheet, (row, at), column, daily)
            height = max((len(column) for column in table.columns), default=0)
            for offset, cells in enumerate(table.below):
                for at, cell in enumerate(cells):
                    _write_cell(sheet, (row + height + offset, at), cell, daily)


def write_csv(path: Path, rows: Sequence[Sequence[Cell]], encoding: str) -> None:
    """Write rows with the line ends of Windows in the department's encoding."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _write_head(sheet: Worksheet, table: Table, bold: Format) -> int:
    """Give the first row below the head."""
    last = len(table.headers) - 1
    for row, title in enumerate(table.titles):
        if title and last > 0:
            sheet.merge_range(row, 0, row, last, title, bold)
        elif title:
            sheet.write_string(row, 0, title, bold)
    row = len(table.titles)
    if not table.headers:
        return row
    groups = ["" if isinstance(header, str) else header[0] for header in table.headers]
    if not any(groups):
        for at, header in enumerate(table.headers):
            sheet.write_string(row, at, str(header), bold)
        return row + 1
    for at, header in enumerate(table.headers):
        if isinstance(header, str):
            sheet.merge_range(row, at, row + 1, at, header, bold)
        else:
            sheet.write_string(row + 1, at, header[1], bold)
    for group in dict.fromkeys(filter(None, groups)):
        first = groups.index(group)
        sheet.merge_range(row, first, row, first + groups.count(group) - 1, group, bold)
    return row + 2


def _write_column(
    sheet: Worksheet, start: tuple[int, int], cells: Sequence[Cell], daily: Format
) -> None:
    row, at = start
    for offset, cell in enumerate(cells):
        _write_cell(sheet, (row + offset, at), cell, daily)


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, daily: Format) -> None:
    row, at = place
    match cell:
        case None | "":
            pass
        case str():
            sheet.write_string(row, at, cell)
        case date():
            sheet.write_datetime(row, at, cell, daily)
        case _:
            sheet.write_number(row, at, cell)
