"""A workbook a department fills in: its layout's columns with units, words to choose from, and how to fill each."""

import io
from datetime import date, datetime

import msgspec
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from matching.language.vocabulary import Fact, Vocabulary
from registry.imports.harmless import WORKBOOK_OPTIONS
from registry.imports.headings import heading, last_period
from registry.imports.layout import Column, Layout
from registry.imports.meanings import meaning_in_words, meaning_of
from registry.imports.read_as import read_as
from registry.imports.types import INSTRUCTIONS, WORDS_SHEET
from registry.imports.words import LEDGERS

DATA_SHEET = "数据"
HEADER_ROW = 1
LAST_ROW = 100_000
"""Rows that offer the words to choose from; a sheet may have more."""
MOST_WORDS = 1_000
"""A longer list is no help to choose from; the note says what to write."""

_AS_TEXT = frozenset({"uscc", "item", "document", "batch"})
_DATES = frozenset({"from_on", "until_on", "left_on", "paid_on"})
_COLOURS = {"required": "#1F4E79", "other": "#5B7083"}


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a template.

    words  what may be chosen; () where anything may be written.
    """

    column: Column
    fact: Fact | None
    header: str
    note: str
    words: tuple[str, ...]


def template_fields(layout: Layout, vocabulary: Vocabulary, on: date) -> tuple[Field, ...]:
    """Give the columns of a layout's template as of a day, those it must have first."""
    columns = [column for column in layout.columns if column.role != "ignore"]
    columns.sort(key=lambda column: not column.required)
    return tuple(_field(layout, column, vocabulary, on) for column in columns)


def template_workbook(layout: Layout, vocabulary: Vocabulary, on: date) -> bytes:
    """Give the template of a layout as .xlsx; the same layout and day give the same bytes."""
    fields = template_fields(layout, vocabulary, on)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {**WORKBOOK_OPTIONS, "in_memory": True}) as book:
        book.set_properties({"created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001  no zone in Excel
        data, told = book.add_worksheet(DATA_SHEET), book.add_worksheet(INSTRUCTIONS)
        words = book.add_worksheet(WORDS_SHEET)
        _write_data(book, data, layout, fields, on)
        _write_instructions(book, told, layout, fields)
        _offer_words(data, words, fields)
        if layout.covers_listed:
            whole = book.add_worksheet(layout.covers_listed)
            whole.set_column(0, 0, 60)
            whole.write_string(0, 0, "名单完整、没有遗漏的，在下面每行写一个；不完整就留空")
    return written.getvalue()


def _field(layout: Layout, column: Column, vocabulary: Vocabulary, on: date) -> Field:
    fact = read_as(column, layout, vocabulary)
    period = last_period(fact.period, on) if fact else None
    words = _words(layout, column, fact, vocabulary)
    return Field(
        column=column,
        fact=fact,
        header=heading(column, fact, period),
        note=_note(column, fact, vocabulary, words),
        words=words if len(words) <= MOST_WORDS else (),
    )


def _words(
    layout: Layout, column: Column, fact: Fact | None, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Give what may be chosen in a column."""
    theirs = [one for one in vocabulary.lists.values() if one.department == layout.department]
    if column.role == "list":
        return tuple(one.label for one in theirs)
    if column.role == "level":
        return tuple(dict.fromkeys(level for one in theirs for level in one.levels))
    if column.role == "ledger":
        return tuple(LEDGERS)
    if fact is None:
        return ()
    if fact.kind == "flag":
        return ("是", "否")
    tree = vocabulary.tree_of(fact)
    if tree is not None:
        return tuple(node.name for node in tree.nodes.values() if tree.find(node.name) == node.code)
    return tuple(fact.values.values())


def _note(column: Column, fact: Fact | None, vocabulary: Vocabulary, words: tuple[str, ...]) -> str:
    """Say how a column is filled in."""
    said = [_what(column, fact, vocabulary)]
    if column.role == "uscc":
        said.append("18位，按文本填写")
    elif column.role in _DATES or (fact and fact.kind == "date"):
        said.append("写成 2026-09-30 的样子")
    elif fact and fact.period != "none":
        said.append("表头写明年份、季度或月份；多个期间就加列")
    if len(words) > MOST_WORDS:
        said.append("填写代码或全称")
    elif words:
        said.append("从下拉中选")
    said.append("必填" if column.required else "不知道就留空，不要填0")
    return "；".join(said)


def _what(column: Column, fact: Fact | None, vocabulary: Vocabulary) -> str:
    if fact is None:
        return meaning_in_words(meaning_of(column), vocabulary)
    return fact.ask if column.fact else fact.label


def _write_data(
    book: xlsxwriter.Workbook, sheet: Worksheet, layout: Layout, fields: tuple[Field, ...], on: date
) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    formats = {
        name: book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
            | {"bg_color": colour, "font_color": "#FFFFFF"}
        )
        for name, colour in _COLOURS.items()
    }
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, f"{layout.label}（截至{on.year}年{on.month}月{on.day}日）", title)
    sheet.set_row(HEADER_ROW, 36)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    for place, field in enumerate(fields):
        is_day = field.column.role in _DATES or (field.fact and field.fact.kind == "date")
        cell = text if field.column.role in _AS_TEXT else day if is_day else None
        sheet.set_column(place, place, 22 if field.column.role in {"uscc", "name"} else 16, cell)
        form = formats["required" if field.column.required else "other"]
        sheet.write_string(HEADER_ROW, place, field.header, form)
        sheet.write_comment(HEADER_ROW, place, field.note, {"x_scale": 1.6})


def _write_instructions(
    book: xlsxwriter.Workbook, sheet: Worksheet, layout: Layout, fields: tuple[Field, ...]
) -> None:
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34, wrap)
    sheet.set_column(1, 1, 90, wrap)
    told = (
        f"{layout.label}：在“{DATA_SHEET}”表的表头下逐行填写，一行一条。",
        "第一行标题里的“截至”日期改成数据的日期：系统按它判断新旧。",
        "表头里的单位可以改成别的单位（元、万元……），填的数要与表头一致。",
        "不用的列可以删去；深色表头的列不能删。数据不知道就留空：空着是“未知”，不会当作0或“否”。",
    )
    for row, line in enumerate(told):
        sheet.write_string(row, 0, line)
    first = len(told) + 1
    for place, name in enumerate(("列", "怎么填")):
        sheet.write_string(first, place, name, bold)
    for row, field in enumerate(fields, start=first + 1):
        sheet.write_string(row, 0, field.header)
        sheet.write_string(row, 1, field.note)


def _offer_words(data: Worksheet, words: Worksheet, fields: tuple[Field, ...]) -> None:
    """Put the words on their sheet, a column a list, and let cells below each header choose from it."""
    offered = [(place, field) for place, field in enumerate(fields) if field.words]
    for at, (place, field) in enumerate(offered):
        words.set_column(at, at, 24)
        words.write_string(0, at, field.header)
        for row, word in enumerate(field.words, start=1):
            words.write_string(row, at, word)
        letter = xlsxwriter.utility.xl_col_to_name(at, col_abs=True)
        data.data_validation(
            HEADER_ROW + 1,
            place,
            LAST_ROW,
            place,
            {
                "validate": "list",
                "source": f"='{WORDS_SHEET}'!{letter}$2:{letter}${len(field.words) + 1}",
                "error_type": "warning",
                "error_title": "不在可选的词里",
                "error_message": f"见“{WORDS_SHEET}”表；仍要填写时，系统读不懂会在导入时指出。",
            },
        )
    if not offered:
        words.write_string(0, 0, "这张表没有要从中选择的列")
