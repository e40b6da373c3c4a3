"""Makers of the files departments send, and of codes that are valid."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

import openpyxl
from stdnum.cn.uscc import calc_check_digit

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.load_layouts import load_layouts
from registry.imports.take_in import GivenFile, sheet_in
from registry.imports.types import CleanSheet

Row = Sequence[object]

TITLE = "（截至2026年9月30日）"
MARKET = (
    "统一社会信用代码",
    "企业名称",
    "登记状态",
    "成立日期",
    "行政区划代码",
    "所在区县",
    "行业代码",
    "注册资本（万元）",
    "联系邮箱",
)
TAX = ("纳税人识别号", "纳税人名称", "2025年营业收入（元）")


def code(number: int) -> str:
    """A valid, invented credit code."""
    start = f"91410105MA{number:07d}"
    return start + calc_check_digit(start)


def workbook(rows: Sequence[Row], merged: Sequence[str] = (), **others: Sequence[Row]) -> bytes:
    """An .xlsx file: its first worksheet, and others by their names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for name, cells in others.items():
        beside = book.create_sheet(name)
        for row in cells:
            beside.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, **replaced: bytes | Callable[[bytes], bytes]) -> bytes:
    """The workbook with parts of it replaced; each by its last word, without .xml."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = replaced.get(name.rpartition("/")[2].removesuffix(".xml"))
            part = old.read(name)
            if change is not None:
                part = change if isinstance(change, bytes) else change(part)
            new.writestr(name, part)
    return file.getvalue()


def csv_file(rows: Sequence[Row], encoding: str = "utf-8") -> bytes:
    """A .csv file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


def market(*rows: Row, headers: Row = MARKET) -> bytes:
    """A registration sheet with a title and these rows below its header."""
    return workbook([["登记信息" + TITLE], [], headers, *rows])


def tax(*rows: Row, headers: Row = TAX) -> bytes:
    """A sheet of the tax office with these rows below its header."""
    return csv_file([["截至2026年9月30日"], headers, *rows])


def taken(data: bytes, observed_on: date | None = None) -> CleanSheet:
    """What the shipped layouts make of a file."""
    words = shipped_vocabulary()
    given = GivenFile(
        name="表.xlsx", data=data, observed_on=observed_on, received_on=date(2026, 10, 31)
    )
    return sheet_in(given, load_layouts(words), words)


def refused_at(sheet: CleanSheet) -> dict[str, str]:
    """The problem of each refused cell, by its place such as B4."""
    return {f"{cell.column}{cell.row}": cell.problem for cell in sheet.refused}


def column(sheet: CleanSheet, name: str) -> list[object]:
    """The values of one fact, row by row."""
    frame = sheet.numbers if name in sheet.numbers.columns else sheet.texts
    return frame[name].to_list()
