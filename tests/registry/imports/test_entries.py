"""Entries of lists and awards, and which lists a sheet gives whole."""

from collections.abc import Sequence
from datetime import date

from registry.imports.entries import MEMBERSHIP_SCHEMA
from tests.registry.imports.making import TITLE, Row, code, csv_file, refused_at, taken, workbook

TITLES = [
    "企业名称",
    "统一社会信用代码",
    "称号",
    "级别",
    "批次",
    "文号",
    "认定日期",
    "有效期至",
    "撤销日期",
]
NEGATIVE = ["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]
AWARDS = ["企业名称", "政策", "金额（万元）", "拨付日期"]
WHOLE = "本表覆盖的名录"


def titles(*rows: Row, **others: Sequence[Row]) -> bytes:
    return workbook([["称号" + TITLE], TITLES, *rows], (), **others)


def test_a_title_is_an_entry_with_its_days() -> None:
    row = [
        "甲厂",
        code(1),
        "小巨人",
        None,
        "第四批",
        "豫工信〔2024〕1号",
        "2024-05",
        "2027年4月",
        "—",
    ]
    sheet = taken(titles(row, **{WHOLE: [["名录"], ["专精特新小巨人"]]}))

    assert sheet.memberships.rows(named=True) == [
        dict(
            zip(
                MEMBERSHIP_SCHEMA,
                (3, "little_giant", None, "第四批", "豫工信〔2024〕1号"),
                strict=False,
            ),
            from_on=date(2024, 5, 1),
            until_on=date(2027, 4, 30),
            left_on=None,
        )
    ]


def test_the_second_worksheet_names_the_lists_given_whole() -> None:
    row = ["甲厂", code(1), "小巨人", *[None] * 6]
    names = [["完整的名录"], ["专精特新“小巨人”企业"], ["绿色工厂"], ["不存在的称号"]]
    sheet = taken(titles(row, **{WHOLE: names}))

    assert sheet.covered == ("little_giant", "green_factory")
    assert "名录" in refused_at(sheet)["A4"]


def test_without_that_worksheet_no_list_is_whole() -> None:
    sheet = taken(titles(["甲厂", code(1), "小巨人", *[None] * 6]))

    assert sheet.covered == ()
    assert "按不完整处理" in refused_at(sheet)["0"]


def test_a_title_whose_revocation_cannot_be_read_is_not_taken() -> None:
    row = ["甲厂", code(1), "小巨人", *[None] * 5, "已撤销"]
    sheet = taken(titles(row, **{WHOLE: [["绿色工厂"]]}))

    assert sheet.memberships.is_empty()
    assert sheet.rows.is_empty()
    assert "不是日期" in refused_at(sheet)["I3"]


def test_a_negative_entry_whose_removal_cannot_be_read_stands() -> None:
    row = [code(1), "甲厂", "经营异常名录", "2025-01-02", "已移出"]
    sheet = taken(csv_file([["截至2026年9月30日"], NEGATIVE, row]))

    assert sheet.memberships.select("list", "left_on").rows() == [("abnormal_operation", None)]
    assert set(refused_at(sheet)) == {"E3"}


def test_the_negative_sheet_gives_its_five_lists_whole() -> None:
    row = [code(1), "甲厂", "经营异常名录", "2025-01-02", ""]

    assert len(taken(csv_file([["截至2026年9月30日"], NEGATIVE, row])).covered) == 5


def test_a_level_the_list_does_not_have_is_unknown() -> None:
    rows: list[Row] = [
        ["甲厂", code(1), "绿色工厂", "国家级", *[None] * 5],
        ["乙厂", code(2), "绿色工厂", "市级", *[None] * 5],
    ]
    sheet = taken(titles(*rows, **{WHOLE: [["绿色工厂"]]}))

    assert sheet.memberships["level"].to_list() == ["国家级", None]
    assert "没有这个级别" in refused_at(sheet)["D4"]


def test_a_row_that_names_no_list_is_refused() -> None:
    rows: list[Row] = [
        ["甲厂", code(1), None, *[None] * 6],
        ["乙厂", code(2), "最佳企业", *[None] * 6],
    ]
    sheet = taken(titles(*rows, **{WHOLE: [["绿色工厂"]]}))

    assert sheet.rows.is_empty()
    assert set(refused_at(sheet)) == {"C3", "C4"}


def test_awards_are_read_by_number_or_title_of_the_policy() -> None:
    rows: list[Row] = [
        ["甲厂", "P12", 30, "2024-06-01"],
        ["甲厂", "智能制造称号奖励", "50", "2025年6月"],
        ["乙厂", "p06a", "", None],
        ["丙厂", "不知道", 1, None],
    ]
    sheet = taken(workbook([["台账" + TITLE], AWARDS, *rows]))

    assert sheet.awards.rows() == [
        (3, "P12", 30_000_000, date(2024, 6, 1)),
        (4, "P12", 50_000_000, date(2025, 6, 1)),
        (5, "P06A", None, None),
    ]
    assert sheet.covered == ("awards",)
    assert "政策" in refused_at(sheet)["B6"]


def test_every_row_of_a_register_is_an_entry() -> None:
    headers = ["统一社会信用代码", "单位详细名称", "入库时间", "退库时间", "2025年从业人员（人）"]
    rows: list[Row] = [
        [code(1), "甲厂", "2023年5月", None, 30],
        [code(2), "乙厂", None, "2026-03-31", 40],
        [code(3), "丙厂", "2023-05", "早已退库", 50],
    ]
    sheet = taken(workbook([["规上" + TITLE], headers, *rows]))

    assert sheet.memberships.select("list", "from_on", "left_on").rows() == [
        ("above_scale", date(2023, 5, 1), None),
        ("above_scale", None, date(2026, 3, 31)),
    ]
    assert sheet.numbers["employees@2025"].to_list() == [30, 40, 50]
    assert sheet.covered == ("above_scale",)
