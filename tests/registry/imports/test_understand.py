"""A sheet is recognised by its header, wherever that stands; what cannot be told is refused."""

import msgspec
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.errors import SheetRefused
from registry.imports.load_layouts import load_layouts
from registry.imports.read_file import read_file
from registry.imports.understand import Understood, understand
from tests.registry.imports.making import MARKET, TAX, TITLE, Row, csv_file, workbook

WORDS = shipped_vocabulary()
LAYOUTS = load_layouts(WORDS)
STATISTICS: list[Row] = [
    ["规上企业" + TITLE],
    [
        "统一社会信用代码",
        "单位详细名称",
        "入库时间",
        "从业人员（人）",
        None,
        "用电量（万千瓦时）",
        None,
    ],
    [None, None, None, "2024年", "2025年", "2025年12月", "2026年1月"],
]


def understood(data: bytes) -> Understood:
    return understand(read_file("表", data), LAYOUTS, WORDS, None)


def refusals(data: bytes) -> dict[str, str]:
    with pytest.raises(SheetRefused) as refused:
        understood(data)
    return {
        f"{cell.column}{cell.row or ''}": f"{cell.problem}；{cell.way_out}"
        for cell in refused.value.refusals
    }


def periods(found: Understood) -> dict[str, str | None]:
    return {column.letter: column.period for column in found.bound.columns}


def test_a_header_may_stand_under_title_lines() -> None:
    found = understood(workbook([["一览表" + TITLE], [], ["制表：某局"], MARKET]))

    assert found.bound.layout.name == "market-registration"
    assert found.bound.header_row == 4


def test_merged_groups_over_a_second_header_row_give_the_period() -> None:
    found = understood(workbook(STATISTICS, ["A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"]))

    assert found.bound.header_row == 3
    assert periods(found) == {
        "A": None,
        "B": None,
        "C": None,
        "D": "2024",
        "E": "2025",
        "F": "2025-12",
        "G": "2026-01",
    }
    assert {column.decimals for column in found.bound.columns[-2:]} == {4}


def test_a_group_that_only_decorates_does_not_hide_the_column() -> None:
    rows: list[Row] = [["截至2026年9月30日"], ["基本情况", None, "收入情况"], list(TAX)]

    assert understood(csv_file(rows)).bound.layout.name == "tax-returns"


def test_full_width_blanks_and_brackets_do_not_matter() -> None:
    rows = [["截至2026年9月30日"], ["纳税人 识别号", "纳税人名称*", "２０２５年度营业收入[万元]"]]
    (_, _, revenue) = understood(csv_file(rows)).bound.columns

    assert (revenue.period, revenue.unit, revenue.decimals) == ("2025", "万元", 6)


def test_a_unit_line_counts_for_columns_without_a_unit() -> None:
    rows = [
        ["截至2026年9月30日", "单位：万元"],
        [*TAX[:2], "2025年营业收入", "2024年营业收入（元）"],
    ]
    found = understood(csv_file(rows))

    assert [column.unit for column in found.bound.columns[2:]] == ["万元", "元"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("2025年营业收入", "没有写单位"),
        ("2025年营业收入（万美元）", "万美元"),
        ("2025年营业收入（人）", "单位“人”不能用于"),
    ],
)
def test_a_sheet_whose_unit_cannot_be_told_is_refused_with_the_cell(header: str, said: str) -> None:
    found = refusals(csv_file([["截至2026年9月30日"], [*TAX[:2], header]]))

    assert said in found["C2"]
    assert "万元" in found["C2"]


def test_a_unit_only_one_fact_has_is_read_in_its_header() -> None:
    headers = ("企业名称", "知识产权编号", "知识产权类别", "权利人位次（位）", "高价值（备注）")
    rows: list[Row] = [["截至2026年9月30日"], headers]
    units = {column.header: column.unit for column in understood(csv_file(rows)).bound.columns}

    assert units["权利人位次（位）"] == "位"
    wrong: list[Row] = [["截至2026年9月30日"], (*headers[:3], "权利人位次（人）")]
    assert "单位“人”不能用于" in refusals(csv_file(wrong))["D2"]


def test_a_sheet_without_its_day_is_refused() -> None:
    assert "截至哪一天" in refusals(csv_file([TAX]))[""]
    assert "日历" in refusals(csv_file([["截至2026年9月31日"], TAX]))[""]


def test_a_column_twice_is_refused_with_the_cell() -> None:
    found = refusals(csv_file([["截至2026年9月30日"], [*TAX, TAX[2], "纳税人名称"]]))

    assert "与C列" in found["D2"]
    assert "与B列" in found["E2"]


def test_every_wrong_header_is_told_at_once() -> None:
    rows = [[*TAX[:2], "2025年营业收入", "2024年营业收入（吨）"]]

    assert set(refusals(csv_file(rows))) == {"C1", "D1", ""}


def test_an_unknown_layout_names_the_nearest_and_what_it_lacks() -> None:
    found = refusals(csv_file([["截至2026年9月30日"], ["统一社会信用代码", "企业名称", "备注"]]))

    assert "最接近" in found[""]
    assert "缺少必备列" in found[""]


def test_a_file_without_a_known_header_names_the_layouts() -> None:
    assert "税务局" in refusals(csv_file([["甲", "乙"], ["1", "2"]]))[""]


def test_a_sheet_that_fits_several_layouts_is_refused() -> None:
    twin = msgspec.structs.replace(LAYOUTS[-1], name="twin", label="另一种")
    with pytest.raises(SheetRefused, match="同时符合几种版式"):
        understand(
            read_file("表", csv_file([["截至2026年9月30日"], TAX])), (*LAYOUTS, twin), WORDS, None
        )


def test_two_data_worksheets_are_refused() -> None:
    rows = [["登记" + TITLE], list(MARKET)]

    assert "2张数据工作表" in refusals(workbook(rows, 更多=rows))[""]


def test_columns_and_worksheets_that_were_left_out_are_noted() -> None:
    headers = [*MARKET, "法定代表人", "2025年注册资本（元）"]
    found = understood(workbook([["登记" + TITLE], headers], 填表说明=[["请如实填写"]]))
    notes = {cell.column or cell.sheet: cell.problem for cell in found.bound.notes}

    assert "没有这一列" in notes["J"]
    assert "不分期" in notes["K"]
    assert "不是认得的版式" in notes["填表说明"]


def test_a_yearly_fact_without_its_year_is_left_out_with_the_reason() -> None:
    rows = [["截至2026年9月30日"], [*TAX, "净利润（元）"]]
    (note,) = understood(csv_file(rows)).bound.notes

    assert "没有写明年份" in note.problem
