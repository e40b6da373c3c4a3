"""Whole sheets: a refused cell costs its value, a refused key its row, and no more."""

from datetime import date

import pytest

from registry.imports.errors import SheetRefused
from tests.registry.imports.making import (
    MARKET,
    TAX,
    TITLE,
    code,
    column,
    csv_file,
    market,
    refused_at,
    taken,
    tax,
    workbook,
)

GOOD = (code(1), "甲有限公司", "存续", date(2020, 1, 2), 410105, "金水区", "C3489", 100, "a@b.cn")


def test_a_good_row_becomes_typed_values() -> None:
    sheet = taken(market(GOOD))

    assert sheet.refused == ()
    assert sheet.rows.row(0) == (4, code(1), "甲有限公司", "甲有限公司")
    assert sheet.observed_on == date(2026, 9, 30)
    assert sheet.contacts.rows() == [(4, "a@b.cn")]
    assert {name: column(sheet, name) for name in ("status", "registered_on", "place")} == {
        "status": ["active"],
        "registered_on": ["2020-01-02"],
        "place": ["410105"],
    }
    assert column(sheet, "industry") == ["C3489"]
    assert column(sheet, "registered_capital") == [100_000_000]


def test_a_refused_fact_cell_drops_only_its_value() -> None:
    sheet = taken(market((*GOOD[:2], "奇怪", "2020-13-01", "99", "", "3", "十万", "邮箱")))

    assert sheet.rows.height == 1
    assert set(refused_at(sheet)) == {"C4", "D4", "E4", "G4", "H4", "I4"}
    assert all(column(sheet, name) == [None] for name in ("status", "place", "registered_capital"))
    refusal = sheet.refused[0]
    assert (refusal.file_name, refusal.sheet, refusal.header) == ("表.xlsx", "数据", "登记状态")
    assert refusal.value == "奇怪"
    assert "存续" in refusal.way_out


def test_unknown_stays_unknown_and_zero_stays_zero() -> None:
    sheet = taken(tax((code(1), "甲厂", "—"), (code(2), "乙厂", 0), (code(3), "丙厂", None)))

    assert column(sheet, "annual_revenue@2025") == [None, 0, None]
    assert sheet.refused == ()


def test_figures_are_read_in_every_writing() -> None:
    rows = [
        (code(n), f"{name}厂", text)
        for n, (name, text) in enumerate(
            zip("甲乙丙", ("1,234.56", "１２３４．５６", " 1234.56 "), strict=True)
        )
    ]

    assert column(taken(tax(*rows)), "annual_revenue@2025") == [123_456] * 3


def test_totals_blanks_footnotes_and_repeated_headers_are_no_rows() -> None:
    sheet = taken(
        market(
            GOOD,
            [],
            ["小 计", None, None, None, None, None, None, 100],
            MARKET,
            (code(2), *GOOD[1:]),
            [None, "合计", None, None, None, None, None, 200],
            ["注：数据来自登记系统"],
        )
    )

    assert sheet.rows["row"].to_list() == [4, 8]
    assert (sheet.rows_read, sheet.refused) == (2, ())


def test_a_firm_whose_name_ends_like_a_total_is_a_row() -> None:
    assert taken(market((code(1), "小计", *GOOD[2:]))).rows_read == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (913_100_000_000_000_001, "已丢失末位"),
        (code(1)[:-1] + ("A" if code(1)[-1] != "A" else "B"), "校验码"),
        ("12345", "有5位"),
    ],
)
def test_a_wrong_code_leaves_the_row_to_its_name(written: object, said: str) -> None:
    sheet = taken(market((written, *GOOD[1:])))

    assert said in refused_at(sheet)["A4"]
    assert sheet.rows.row(0)[1:3] == (None, "甲有限公司")


def test_a_row_with_neither_code_nor_name_is_refused() -> None:
    sheet = taken(market(GOOD, ("123", "#REF!", *GOOD[2:])))

    assert sheet.rows["row"].to_list() == [4]
    assert "整行没有取用" in " ".join(cell.problem for cell in sheet.refused if cell.row == 5)
    assert sheet.rows_read == 2
    assert sheet.cells["row"].to_list() == [4, 5]


def test_equal_rows_are_one_and_contradicting_rows_are_none() -> None:
    other = (*GOOD[:7], 200, "")
    sheet = taken(market(GOOD, GOOD, (code(2), *GOOD[1:]), (code(2), *other[1:])))

    assert sheet.rows["row"].to_list() == [4]
    assert set(refused_at(sheet)) == {"A6", "A7"}
    assert "第6、7行" in refused_at(sheet)["A6"]


def test_columns_that_say_the_same_must_agree() -> None:
    def placed(number: int, county: object, name: object) -> tuple[object, ...]:
        return (code(number), *GOOD[1:4], county, name, *GOOD[6:])

    sheet = taken(
        market(
            placed(1, 410105, "金水区"),
            placed(2, 410100, "金水区"),
            placed(3, None, "金水区"),
            placed(4, 410102, "金水区"),
        )
    )

    assert column(sheet, "place") == ["410105", "410105", "410105", None]
    assert "E列“行政区划代码”矛盾" in refused_at(sheet)["F7"]


@pytest.mark.parametrize(
    ("written", "industry"),
    [
        (3489, "C3489"),
        ("c3489", "C3489"),
        ("C34", "C34"),
        ("0111", "A0111"),
        ("C3489 其他", "C3489"),
    ],
)
def test_an_industry_may_lack_its_letter(written: object, industry: str) -> None:
    sheet = taken(market((*GOOD[:6], written, *GOOD[7:])))

    assert column(sheet, "industry") == [industry]


@pytest.mark.parametrize("written", [348, "B3489", "制造", "X1234"])
def test_an_industry_that_may_be_two_is_refused(written: object) -> None:
    assert "行业代码" in refused_at(taken(market((*GOOD[:6], written, *GOOD[7:]))))["G4"]


def test_the_row_is_kept_as_it_came() -> None:
    sheet = taken(market(("12345", "甲有限公司", *GOOD[2:])))

    assert '"统一社会信用代码":"12345"' in sheet.cells["cells"].struct.json_encode()[0]


def test_flags_know_yes_no_and_unknown() -> None:
    headers = ["统一社会信用代码", "单位名称", "2025年平均参保人数（人）", "是否足额缴费"]
    answers = ["是", "无", "√", "", "大概"]
    rows = [[code(n), f"{n}号厂甲", "３０", answer] for n, answer in enumerate(answers)]
    sheet = taken(workbook([["参保" + TITLE], headers, *rows]))

    assert column(sheet, "insurance_paid_in_full") == [1, 0, 1, None, None]
    assert column(sheet, "insured@2025") == [30] * 5
    assert set(refused_at(sheet)) == {"D7"}


def test_a_percent_cell_is_read_as_it_shows() -> None:
    headers = ["统一社会信用代码", "单位名称", "2025年平均参保人数（人）", "2025年裁员率（%）"]
    rows = [
        [code(1), "甲厂", 30, 5.5],
        [code(2), "乙厂", 30, "5.5%"],
        [code(3), "丙厂", 30, "5.555"],
    ]
    sheet = taken(workbook([["参保" + TITLE], headers, *rows]))

    assert column(sheet, "layoff_rate@2025") == [550, 550, None]
    assert "最小单位" in refused_at(sheet)["D5"]


def test_a_sheet_of_the_future_is_refused() -> None:
    with pytest.raises(SheetRefused, match="晚于收到文件"):
        taken(csv_file([["截至2027年1月1日"], TAX, [code(1), "甲厂", 1]]))


def test_a_sheet_without_rows_is_refused() -> None:
    with pytest.raises(SheetRefused, match="没有一行数据"):
        taken(tax())


def test_the_day_may_be_given_where_the_title_names_none() -> None:
    data = csv_file([TAX, [code(1), "甲厂", 1]])

    assert taken(data, date(2026, 8, 31)).observed_on == date(2026, 8, 31)
    assert taken(tax([code(1), "甲厂", 1]), date(2026, 8, 31)).observed_on == date(2026, 9, 30)
