"""From a sheet nobody knows to a layout file that reads it, its samples included."""

from pathlib import Path

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.check_samples import lacks, sample_problems
from registry.imports.errors import SheetRefused
from registry.imports.load_layouts import load_layouts, read_layout
from registry.imports.propose_layout import ProposedLayout, propose_layout
from registry.imports.read_file import read_file
from registry.imports.understand import understand
from registry.imports.write_layout import INVENTED, LayoutHead, layout_text
from tests.registry.imports.making import Row, code, csv_file, workbook

WORDS = shipped_vocabulary()
LAYOUTS = load_layouts(WORDS)
TITLE: Row = ["高企收入情况（截至2026年9月30日）", "单位：万元"]
ROWS: list[Row] = [
    TITLE,
    ["统一信用代码", "单位", "2025年高新技术产品收入", "2025年研发人员（人）", "备注", "所属区县"],
    [code(3), "某某机械有限公司", "1,200.5", "20", "已核", "二七区"],
    [code(4), "另一软件有限公司", "800", "12", "", "金水区"],
]
HEAD = LayoutHead(name="science-income", department="science", label="高企收入：表 #1")


def proposed(data: bytes, department: str = "science") -> ProposedLayout:
    return propose_layout(read_file("表", data), department, LAYOUTS, WORDS)


def meanings(found: ProposedLayout) -> list[str]:
    return [one.meaning for one in found.columns]


def test_every_header_has_a_meaning_a_score_and_a_reason() -> None:
    found = proposed(csv_file(ROWS))

    assert meanings(found) == [
        "uscc",
        "name",
        "fact/high_tech_income",
        "fact/rd_staff",
        "ignore",
        "fact/place",
    ]
    assert found.unit == "万元"
    assert [one.letter for one in found.columns if one.required] == ["A", "C"]
    assert all(one.why for one in found.columns)
    assert found.columns[4].score == 0
    assert found.columns[1].cells == ("某某机械有限公司", "另一软件有限公司")


@pytest.mark.parametrize(
    "data",
    [
        csv_file(ROWS),
        csv_file([TITLE, ["单位", "2025年高新技术产品收入（元）"], ["某某机械有限公司", "5"]]),
        workbook(
            [
                TITLE,
                ["统一信用代码", "高新技术产品收入", None],
                [None, "2024年", "2025年"],
                [code(3), "3", "4"],
            ],
            ["A2:A3", "B2:C2"],
        ),
    ],
    ids=["one row", "by name only", "two header rows"],
)
def test_the_file_that_is_written_reads_the_sheet_and_its_samples_pass(data: bytes) -> None:
    text = layout_text(HEAD, proposed(data), WORDS)
    path = Path("science-income.yml")
    layout = read_layout(text, path, WORDS)

    assert (layout.label, layout.department) == (HEAD.label, "science")
    assert sample_problems(layout, path, WORDS) == []
    assert lacks(layout) is None
    bound = understand(read_file("表", data), (*LAYOUTS, layout), WORDS, None).bound
    assert bound.layout == layout
    assert bound.notes == ()


def test_no_enterprise_of_the_sheet_stands_in_the_file() -> None:
    text = layout_text(HEAD, proposed(csv_file(ROWS)), WORDS)

    assert "某某机械" not in text
    assert code(3) not in text
    assert INVENTED["name"] in text


def test_what_says_nothing_by_itself_is_left_out_and_goes_in_with_what_it_needs() -> None:
    alone: list[Row] = [TITLE, ["企业名称", "级别"], ["某某机械有限公司", "省级"]]
    listed: list[Row] = [
        TITLE,
        ["企业名称", "级别", "称号"],
        ["某某机械有限公司", "省级", "数字化车间"],
    ]

    assert meanings(proposed(csv_file(alone))) == ["name", "ignore"]
    assert meanings(proposed(csv_file(listed))) == ["name", "level", "list"]


def test_the_header_is_found_below_titles_by_the_names_we_know() -> None:
    rows: list[Row] = [["科技局", "内部", "资料", "注意保存", "甲", "乙", "丙"], *ROWS]

    assert proposed(csv_file(rows)).at.last == 3


def test_a_sheet_without_header_or_rows_is_refused_with_the_way_out() -> None:
    with pytest.raises(SheetRefused, match="至少要有两列"):
        proposed(csv_file([["一"], ["二"]]))
    with pytest.raises(SheetRefused, match="至少一行数据"):
        proposed(csv_file([["企业名称", "级别"]]))
