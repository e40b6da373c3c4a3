"""Refused rows as a workbook: as they came, the refused cells coloured, each with what is wrong and the way out. Pure.

Corrected and sent again it is taken in as a supplement (补报): it gives no list whole. Every cell is text, so that
none is run as a formula.
"""

import io
from collections.abc import Sequence
from datetime import date

import msgspec
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from registry.imports.letters import column_letter
from registry.imports.title_lines import SUPPLEMENT
from registry.imports.types import INSTRUCTIONS, OUR_SHEETS, Refusal

LONGEST_SHEET_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
WIDTH = 22
COMMENT = {"x_scale": 2.2, "y_scale": 1.6, "visible": False}

Cells = Sequence[str | None]


class RefusedRows(msgspec.Struct, frozen=True, kw_only=True):
    """What goes back to whoever sent a sheet.

    heading   the rows above the data, as they came.
    rows      row number of the sheet sent, and its cells.
    refusals  those of the rows, by row number.
    elsewhere refusals that no row of this workbook answers: columns, worksheets, rows taken in without a value.
    masked    whether numbers of persons, loans or contracts stand masked and must be filled in again.
    """

    file_name: str
    sheet: str
    label: str
    observed_on: date
    heading: Sequence[Cells]
    rows: Sequence[tuple[int, Cells]]
    refusals: dict[int, list[Refusal]]
    elsewhere: Sequence[Refusal]
    masked: bool


def refused_workbook(refused: RefusedRows) -> bytes:
    """Write the workbook: a sheet that explains, and the rows."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        _explain(book, refused)
        _write_rows(book, refused)
    return written.getvalue()


def _explain(book: xlsxwriter.Workbook, refused: RefusedRows) -> None:
    sheet = book.add_worksheet(INSTRUCTIONS)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 60)
    at = 0
    for label, said in _about(refused):
        sheet.write_string(at, 0, label, head)
        sheet.write_string(at, 1, said, plain)
        at += 1
    if refused.elsewhere:
        at += 1
        for column, title in enumerate(("位置", "没有取用的原因", "怎么办")):
            sheet.write_string(at, column, title, head)
        for one in refused.elsewhere:
            at += 1
            place = f"{one.column}{one.row or ''}" or one.sheet or "整表"
            said = f"{f'“{one.header}”' if one.header else ''}{one.problem}"
            for column, text in enumerate((place, said, one.way_out)):
                sheet.write_string(at, column, text, plain)


def _about(refused: RefusedRows) -> list[tuple[str, str]]:
    name = _sheet_name(refused)
    said = [
        ("原文件", refused.file_name),
        ("数据截至", refused.observed_on.isoformat()),
        (
            "要更正的行",
            f"{len(refused.rows)}行，在工作表“{name}”；有颜色的单元格没有取用，批注写明原因和办法",
        ),
        (
            "怎么办",
            "只改有颜色的单元格，存为 .xlsx 后照常导入；没有颜色的单元格已经入库，再导入一次不会重复",
        ),
        ("补报", "表格第一行写着“补报”：这些行只补充原表，不代表完整名录。请保留这一行"),
    ]
    if refused.masked:
        said.append(
            (
                "证件号和合同号",
                "系统不保存原号，表中只显示末四位；请照原表填回完整号码，否则这一行仍不能取用",
            )
        )
    return said


def _write_rows(book: xlsxwriter.Workbook, refused: RefusedRows) -> None:
    sheet = book.add_worksheet(_sheet_name(refused))
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "num_format": "@", "text_wrap": True, "bottom": 1})
    wrong = book.add_format({"num_format": "@", "bg_color": "#F8D7B0", "border": 1})
    width = max((len(cells) for _, cells in refused.rows), default=1)
    sheet.set_column(0, max(width - 1, 0), WIDTH, text)
    title = f"{SUPPLEMENT}：{refused.label}（截至{_day(refused.observed_on)}）"
    sheet.write_string(0, 0, title)
    for at, cells in enumerate(refused.heading, start=1):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write_string(at, column, cell, head)
    sheet.freeze_panes(1 + len(refused.heading), 0)
    for at, (row, cells) in enumerate(refused.rows, start=1 + len(refused.heading)):
        several: dict[str, list[Refusal]] = {}
        for one in refused.refusals.get(row, []):
            several.setdefault(one.column or "A", []).append(one)
        for column, cell in enumerate(cells):
            found = several.get(column_letter(column), [])
            if found:
                said = "\n".join(f"{one.problem}。{one.way_out}。" for one in found)
                sheet.write_comment(at, column, f"（原表第{row}行）{said}", COMMENT)
            if cell is not None:
                sheet.write_string(at, column, cell, wrong if found else text)
            elif found:
                sheet.write_blank(at, column, None, wrong)


def _sheet_name(refused: RefusedRows) -> str:
    name = refused.sheet.translate(FORBIDDEN).strip("'")[:LONGEST_SHEET_NAME] or "数据"
    return name if name not in OUR_SHEETS else "数据"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
