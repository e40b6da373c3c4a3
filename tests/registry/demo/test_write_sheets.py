"""The sheets look as departments send them, and the shipped ones are what the generator writes."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from stdnum.cn import uscc

from registry.demo.city import make_city
from registry.demo.list_sheets import COVERED_WORKSHEET, UNKNOWN_NAME
from registry.demo.write_sheets import (
    AWARDS,
    INSURANCE,
    MARKET,
    NEGATIVE,
    RECORDS,
    RELATIONS,
    SHIPPED_SHEETS,
    STATISTICS,
    TAX,
    TITLES,
    write_sheets,
)

FIRST = SHIPPED_SHEETS / "2026-09"
SECOND = SHIPPED_SHEETS / "2026-10"

Rows = list[tuple[object, ...]]


@cache
def sheets(path: Path) -> dict[str, Rows]:
    """Give every worksheet of a workbook, or the only one of a text file, cell for cell."""
    if path.suffix == ".csv":
        encoding = "gb18030" if path.name == TAX else "utf-8-sig"
        lines = path.read_text(encoding).splitlines()
        return {"": [tuple(line) for line in csv.reader(lines)]}
    book = openpyxl.load_workbook(path, read_only=True)
    read = {
        sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book
    }
    book.close()
    return read


def only(path: Path) -> Rows:
    """Give the first worksheet."""
    return next(iter(sheets(path).values()))


def column(rows: Rows, header: str) -> list[object]:
    """Give the cells below a header, whichever row it stands in."""
    row, at = next(
        (row, at)
        for row, cells in enumerate(rows)
        for at, cell in enumerate(cells)
        if cell == header
    )
    return [cells[at] for cells in rows[row + 1 :]]


def texts(cells: list[object]) -> Iterator[str]:
    """Give the cells that are text."""
    return (cell for cell in cells if isinstance(cell, str))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets of the shipped city, written now."""
    folder = tmp_path_factory.mktemp("sheets")
    write_sheets(make_city(), folder)
    return folder


def test_shipped_sheets_are_the_ones_the_generator_writes(written: Path) -> None:
    def files(folder: Path) -> list[str]:
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))

    assert files(SHIPPED_SHEETS) == files(written)
    for name in files(written):
        assert sheets(SHIPPED_SHEETS / name) == sheets(written / name), name


def test_the_same_city_is_written_in_the_same_bytes(tmp_path: Path) -> None:
    once, twice = (write_sheets(make_city(300), tmp_path / folder) for folder in ("once", "twice"))

    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in twice]


def test_shipped_sheets_are_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED_SHEETS.rglob("*.*")) < 2_500_000


def test_each_month_has_its_sheets() -> None:
    first = {
        MARKET,
        STATISTICS,
        TAX,
        TITLES,
        AWARDS,
        INSURANCE,
        NEGATIVE,
        RELATIONS,
        *RECORDS.values(),
    }

    assert {path.name for path in FIRST.iterdir()} == first
    assert {path.name for path in SECOND.iterdir()} == {MARKET, TAX, TITLES, NEGATIVE}


@pytest.mark.parametrize(
    "name",
    [MARKET, STATISTICS, TAX, TITLES, AWARDS, INSURANCE, NEGATIVE, RELATIONS, *RECORDS.values()],
)
def test_a_sheet_says_above_its_header_what_day_it_is_of(name: str) -> None:
    head = " ".join(str(cell) for row in only(FIRST / name)[:2] for cell in row)

    assert "截至2026年9月30日" in head


def test_places_are_numbers_and_days_are_written_in_several_ways() -> None:
    rows = only(FIRST / MARKET)

    assert any(isinstance(cell, int) for cell in column(rows, "行政区划代码"))
    days = column(rows, "成立日期")
    assert any(isinstance(day, datetime) for day in days)
    forms = {re.sub(r"\d+", "0", day) for day in texts(days)}
    assert {"0-0-0", "0年0月0日", "0/0/0", "0.0.0", "0"} <= forms


def test_industry_codes_lose_their_letter_here_and_there() -> None:
    industries = column(only(FIRST / MARKET), "行业代码")

    assert any(isinstance(code, int) for code in industries)
    assert any(re.match(r"^[A-T]\d{4}$", code) for code in texts(industries))


@pytest.mark.parametrize(
    ("name", "header", "spoilt"),
    [
        (MARKET, "统一社会信用代码", 3),
        (STATISTICS, "统一社会信用代码", 1),
        (TAX, "纳税人识别号", 3),
        (TITLES, "统一社会信用代码", 1),
        (INSURANCE, "统一社会信用代码", 2),
        (NEGATIVE, "统一社会信用代码", 1),
    ],
)
def test_a_few_codes_are_wrong_and_all_others_can_be_read(
    name: str, header: str, spoilt: int
) -> None:
    codes = [code for code in texts(column(only(FIRST / name), header)) if code[0] not in "合注"]

    compact = [
        "".join(chr(ord(c) - 0xFEE0) if ord(c) > 0xFEE0 else c for c in code)
        .replace(" ", "")
        .upper()
        for code in codes
    ]

    assert sum(not uscc.is_valid(code) for code in compact) == spoilt


def test_codes_are_carelessly_written_here_and_there() -> None:
    codes = list(texts(column(only(FIRST / MARKET), "统一社会信用代码")))

    assert any(" " in code for code in codes)
    assert any(code != code.upper() for code in codes)
    assert any("９" in code for code in codes)


def test_figures_are_numbers_texts_with_commas_full_width_and_nothing_in_several_ways() -> None:
    rows = only(FIRST / INSURANCE)
    cells = column(rows, "2025年失业保险费（元）")

    assert any(isinstance(cell, (int, float)) for cell in cells)
    assert any("," in cell for cell in texts(cells))
    assert any(re.search("[０-９]", cell) for cell in texts(cells))
    assert {"—", "-", "/"} <= set(texts(cells))
    assert None in cells


def test_numbers_of_workbooks_keep_every_digit() -> None:
    for name in (STATISTICS, INSURANCE, AWARDS):
        numbers = [c for row in only(FIRST / name) for c in row if isinstance(c, float)]

        assert all(len(repr(number).split(".")[1]) <= 6 for number in numbers), name


def test_the_above_scale_list_has_a_header_of_two_rows_with_groups() -> None:
    book = openpyxl.load_workbook(FIRST / STATISTICS)
    merged = {str(area) for area in book.worksheets[0].merged_cells.ranges}
    rows = only(FIRST / STATISTICS)

    assert "A2:A3" in merged
    groups = [cell for cell in rows[1] if cell is not None]
    assert groups[-2:] == ["季度营业收入（千元）", "用电量（万千瓦时）"]
    assert rows[2][-1] == "2026年3月"
    assert {re.sub(r"\d+", "0", month) for month in texts(column(rows, "入库时间")[1:])} == {
        "0年0月",
        "0-0",
    }


@pytest.mark.parametrize("name", [MARKET, STATISTICS, TAX])
def test_a_total_stands_below(name: str) -> None:
    last = only(FIRST / name)[-1]

    assert last[0] == "合计"
    assert any(cell not in {None, "", "合计"} for cell in last)


def test_titles_say_on_a_second_worksheet_which_lists_are_complete() -> None:
    read = sheets(FIRST / TITLES)
    names = [row[0] for row in read[COVERED_WORKSHEET]]

    assert "国家级标杆称号" in names
    assert "国家级标杆称号" not in column(next(iter(read.values())), "称号")
    assert "小巨人" in column(next(iter(read.values())), "称号")


def test_the_ledger_has_names_only_and_not_all_can_be_found() -> None:
    rows = only(FIRST / AWARDS)
    names = column(rows, "企业名称")

    assert not any("信用代码" in str(cell) for row in rows for cell in row)
    assert UNKNOWN_NAME in names
    assert any("(" in name for name in texts(names))
    assert any("（" in name for name in texts(names))
    assert "智能制造称号奖励" in column(rows, "政策")
