"""Cells as spreadsheet programs really keep them: formulas, errors, calendars, merged and hidden ones."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.registry.imports.making import (
    MARKET,
    TITLE,
    Row,
    code,
    column,
    market,
    refused_at,
    taken,
    tax,
    workbook,
)

NAME = "云海轴承{}有限公司"


def firm(number: int, **others: object) -> list[object]:
    """A row of the registration sheet."""
    said = dict(zip(MARKET, [code(number), NAME.format("甲乙丙丁戊"[number % 5])], strict=False))
    return [(said | others).get(header) for header in MARKET]


def written(rows: list[Row], **options: Any) -> bytes:
    """A registration sheet written by xlsxwriter, which keeps results beside formulas."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("数据")
        sheet.write("A1", "登记信息" + TITLE)
        sheet.write_row("A3", MARKET)
        for at, row in enumerate(rows, start=3):
            for place, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_formula(at, place, *cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, place, cell, book.add_format({"num_format": "d.m.yy"}))
                elif cell is not None:
                    sheet.write(at, place, cell)
    return file.getvalue()


def test_a_formula_counts_by_the_result_kept_beside_it() -> None:
    sheet = taken(written([firm(1, **{"注册资本（万元）": ("=100*2", None, 200)})]))

    assert column(sheet, "registered_capital") == [200_000_000]
    assert refused_at(sheet) == {}


@pytest.mark.parametrize(
    ("header", "letter"),
    [("注册资本（万元）", "H"), ("成立日期", "D"), ("联系邮箱", "I"), ("行政区划代码", "E")],
)
def test_a_formula_nobody_worked_out_is_refused_and_not_taken_for_blank(
    header: str, letter: str
) -> None:
    sheet = taken(market(firm(1, **{header: "=1+1"}), firm(2)))

    assert "没有保存它的结果" in refused_at(sheet)[f"{letter}4"]


def test_a_name_by_a_formula_nobody_worked_out_is_no_name() -> None:
    sheet = taken(market(firm(1, 企业名称='="云"&"海"'), firm(2)))

    assert "B4" in refused_at(sheet)
    assert sheet.rows["name"].to_list() == [None, NAME.format("丙")]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!"])
@pytest.mark.parametrize(
    ("header", "letter"), [("注册资本（万元）", "H"), ("成立日期", "D"), ("联系邮箱", "I")]
)
def test_an_error_cell_is_refused_in_every_kind_of_column(
    error: str, header: str, letter: str
) -> None:
    sheet = taken(written([firm(1, **{header: ("=1/0", None, error)}), firm(2)]))

    assert "公式错误" in refused_at(sheet)[f"{letter}4"]
    assert sheet.rows.height == 2


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_day_is_the_day_shown_whichever_year_the_book_counts_from(*, from_1904: bool) -> None:
    data = written([firm(1, 成立日期=date(2019, 2, 28))], date_1904=from_1904)

    assert column(taken(data), "registered_on") == ["2019-02-28"]


def test_a_bare_number_in_a_book_that_counts_from_1904_is_counted_so() -> None:
    book = openpyxl.load_workbook(io.BytesIO(market(firm(1, 成立日期=43832 - 1462))))
    book.epoch = CALENDAR_MAC_1904
    file = io.BytesIO()
    book.save(file)

    assert column(taken(file.getvalue()), "registered_on") == ["2020-01-02"]
    assert column(taken(market(firm(1, 成立日期=43832))), "registered_on") == ["2020-01-02"]


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-02",
        "2020/1/2",
        "2020.1.2",
        "2020年1月2日",
        "20200102",
        "43832",
        "２０２０－０１－０２",
        "2020-01-02 00:00:00",
        " 2020年01月02日 ",
    ],
)
def test_a_day_written_as_text_is_read_in_every_style(text: str) -> None:
    assert column(taken(market(firm(1, 成立日期=text))), "registered_on") == ["2020-01-02"]


@pytest.mark.parametrize("text", ["500", " 500 ", "'500", "500.00", "５００", "500万元", "5,00.0"])
def test_a_number_written_as_text_is_that_number_or_refused(text: str) -> None:
    sheet = taken(market(firm(1, **{"注册资本（万元）": text}), firm(2)))

    if text == "5,00.0":
        assert "千分位" in refused_at(sheet)["H4"]
    else:
        assert column(sheet, "registered_capital")[0] == 500_000_000


def test_a_code_that_lost_its_last_digits_is_refused_and_never_completed() -> None:
    rows = [
        firm(1, 统一社会信用代码=914_101_050_000_000_017),
        firm(2, 统一社会信用代码=9.1410105e17),
    ]
    for data in (market(*rows), written(rows)):
        sheet = taken(data)

        assert set(refused_at(sheet)) == {"A4", "A5"}
        assert sheet.rows["uscc"].to_list() == [None, None]
        assert all("E+17" in str(one.value) for one in sheet.refused)


def test_a_code_kept_by_its_csv_as_a_formula_keeps_its_zeros() -> None:
    data = f'截至2026年9月30日\r\n纳税人识别号,纳税人名称,2025年营业收入（元）\r\n="{code(1)}",甲乙公司,"1,000"\r\n'

    sheet = taken(data.encode("gb18030"))

    assert sheet.rows["uscc"].to_list() == [code(1)]
    assert column(sheet, "annual_revenue@2025") == [100_000]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_encodings_of_departments_give_the_same_sheet(encoding: str) -> None:
    text = tax([code(1), "㐂䶮轴承有限公司", "1"], [code(2), "云𠮷有限公司", "2"]).decode()

    sheet = taken(text.encode(encoding))

    assert sheet.rows["name"].to_list() == ["㐂䶮轴承有限公司", "云𠮷有限公司"]


def test_rows_under_a_merged_name_speak_of_nobody_and_say_so() -> None:
    rows = [["登记信息" + TITLE], [], MARKET, firm(1), [None] * 7 + [5], firm(2)]

    sheet = taken(workbook(rows, merged=["A4:A5", "B4:B5"]))

    assert "认不出是哪家企业" in refused_at(sheet)["A5"]
    assert sheet.rows["row"].to_list() == [4, 6]


def test_a_total_in_the_middle_is_no_firm() -> None:
    sheet = taken(market(firm(1), ["小计", None, None, None, None, None, None, 99], firm(2)))

    assert sheet.rows["row"].to_list() == [4, 6]
    assert refused_at(sheet) == {}


def test_a_hidden_column_is_data_and_a_hidden_worksheet_is_not() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook([["登记信息" + TITLE], [], MARKET, firm(1)], 旧表=[MARKET, firm(2)]))
    )
    book["数据"].column_dimensions["A"].hidden = True
    book["旧表"].sheet_state = "veryHidden"
    file = io.BytesIO()
    book.save(file)

    sheet = taken(file.getvalue())

    assert sheet.rows["uscc"].to_list() == [code(1)]
    assert sheet.refused == ()


def test_three_hundred_columns_are_read_and_those_unknown_are_named() -> None:
    headers = (*MARKET, *(f"指标{at}" for at in range(291)))

    sheet = taken(market([*firm(1), *range(291)], headers=headers))

    assert sheet.rows.height == 1
    assert sum("没有这一列" in one.problem for one in sheet.refused) == 291


def test_an_endless_text_is_refused_with_its_cell() -> None:
    sheet = taken(tax([code(1), "甲乙公司", "1" * 40_000], [code(2), "丙丁公司", "3"]))

    assert "32,767" in refused_at(sheet)["C3"]
    assert column(sheet, "annual_revenue@2025") == [None, 300]
