"""What is known, in the form of a layout: a sheet that, taken in again, says nothing new. Pure.

Its first line calls it 补报: it holds what we know, which may be less than a whole list. Only payments, of which two
equal ones are two, are exported as the whole ledger they must be.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date

import msgspec
import polars as pl
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from matching.language.units import factors
from matching.language.vocabulary import Fact, Vocabulary, fact_of_column
from registry.imports.headers import read_header
from registry.imports.layout import Column, Layout
from registry.imports.recognise import find_column, header_index
from registry.imports.title_lines import SUPPLEMENT

LARGEST_NUMBER = 10**15
"""A spreadsheet keeps fifteen digits; larger numbers are written as text."""
ENTRY_ROLES = ("level", "batch", "document", "from_on", "until_on", "left_on")
PLAIN = re.compile(r"^(\d{4})(?:-Q([1-4])|-(\d{2}))?$")
WIDTH = 20


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook, how many rows it has, and the columns a header cannot say."""

    data: bytes
    rows: int
    left_out: tuple[str, ...]


class _Written(msgspec.Struct, frozen=True):
    """A column of the sheet: its header, the column of the frame, and how a value is written."""

    header: str
    column: str
    written: Callable[[object], float | str]


def export_sheet(layout: Layout, known: pl.DataFrame, on: date, vocabulary: Vocabulary) -> Exported:
    """Write a sheet of a layout as of a day.

    known  uscc, name, columns of facts such as annual_revenue@2025, and those of list entries or awards under
           their roles (list, level, from_on, family, amount, paid_on), in stored form.
    """
    columns: list[_Written] = []
    for place, column in enumerate(layout.columns):
        if column.fact is not None:
            columns += _of_fact(layout, place, known, vocabulary)
        elif column.role in known.columns:
            columns.append(_of_role(column, vocabulary))
    said = {one.column for one in columns}
    facts = {column.fact for column in layout.columns if column.fact}
    left_out = tuple(
        name for name in known.columns if fact_of_column(name)[0] in facts and name not in said
    )
    rows = known.select(one.column for one in columns).iter_rows()
    return Exported(data=_workbook(layout, on, columns, rows), rows=known.height, left_out=left_out)


def _of_fact(
    layout: Layout, place: int, known: pl.DataFrame, vocabulary: Vocabulary
) -> Iterator[_Written]:
    column = layout.columns[place]
    fact = vocabulary.facts[str(column.fact)]
    for name in known.columns:
        key, period = fact_of_column(name)
        if key != fact.key:
            continue
        header = _header(layout, place, period, vocabulary)
        if header is not None:
            yield _Written(header, name, _value(fact))


def _header(layout: Layout, place: int, period: str | None, vocabulary: Vocabulary) -> str | None:
    """Give a header that means this column and period to the layout; None where none does."""
    column = layout.columns[place]
    fact = vocabulary.facts[str(column.fact)]
    index = header_index(layout, vocabulary)
    when = "" if period is None else _period(period)
    if when is None:
        return None
    unit = _unit(fact)
    for name in (*column.headers, fact.label, *fact.headers):
        plain = name.removeprefix("季度") if fact.period == "quarter" else name
        text = f"{when}{plain}{f'（{unit}）' if unit else ''}"
        found = find_column(read_header((text,)), index)
        if found is not None and found.place == place and found.header.period == period:
            return text
    return None


def _period(period: str) -> str | None:
    found = PLAIN.match(period)
    if found is None:
        return None
    year, quarter, month = found.groups()
    if quarter:
        return f"{year}年{'一二三四'[int(quarter) - 1]}季度"
    return f"{year}年{int(month)}月" if month else f"{year}年"


def _unit(fact: Fact) -> str:
    if fact.kind == "money":
        return "元"
    if fact.kind == "share":
        return "%"
    return next(iter(factors("number", fact.unit))) if fact.kind == "number" else ""


def _value(fact: Fact) -> Callable[[object], float | str]:
    match fact.kind:
        case "money" | "share":
            return _hundredths
        case "number":
            return _number
        case "flag":
            return lambda stored: "是" if stored else "否"
        case "code":
            return lambda stored: fact.values.get(str(stored), str(stored))
        case "date":
            return str


def _of_role(column: Column, vocabulary: Vocabulary) -> _Written:
    header = column.headers[0]
    if column.role == "amount":
        return _Written(f"{header}（元）", "amount", _hundredths)
    if column.role == "list":
        return _Written(header, "list", lambda key: vocabulary.lists[str(key)].label)
    return _Written(header, column.role, str)


def _hundredths(stored: object) -> float | str:
    assert isinstance(stored, int)  # noqa: S101  # money and shares are whole numbers
    if abs(stored) < LARGEST_NUMBER:
        return stored / 100
    sign, size = ("-", -stored) if stored < 0 else ("", stored)
    return f"{sign}{size // 100}.{size % 100:02d}"


def _number(stored: object) -> float | str:
    assert isinstance(stored, int)  # noqa: S101  # figures are whole numbers
    return stored if abs(stored) < LARGEST_NUMBER else str(stored)


def _workbook(
    layout: Layout, on: date, columns: list[_Written], rows: Iterator[tuple[object, ...]]
) -> bytes:
    written = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet("数据")
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        sheet.set_column(0, max(len(columns) - 1, 0), WIDTH)
        sheet.freeze_panes(2, 0)
        day = f"{on.year}年{on.month}月{on.day}日"
        title = f"{layout.label}（截至{day}，由系统导出）"
        sheet.write_string(0, 0, title if layout.has("family") else f"{SUPPLEMENT}：{title}")
        for at, one in enumerate(columns):
            sheet.write_string(1, at, one.header, head)
        for row, cells in enumerate(rows, start=2):
            for at, (one, stored) in enumerate(zip(columns, cells, strict=True)):
                if stored is None:
                    continue
                said = one.written(stored)
                if isinstance(said, str):
                    sheet.write_string(row, at, said)
                else:
                    sheet.write_number(row, at, said)
    return written.getvalue()
