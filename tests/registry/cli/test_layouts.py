"""`registry layouts`: from a sheet nobody knows to one that is recognised, at the command line."""

import json
from pathlib import Path

import openpyxl
import pytest

from registry.imports.load_layouts import SHIPPED
from tests.registry.cli.conftest import Command
from tests.registry.imports.making import Row, code, csv_file

SHEET: list[Row] = [
    ["高企收入情况（截至2026年9月30日）", "单位：万元"],
    ["统一信用代码", "单位", "2025年高新技术产品收入", "2025年研发人员（人）", "备注"],
    [code(3), "某某机械有限公司", "1200.5", "20", "已核"],
    [code(4), "另一软件有限公司", "800", "12", ""],
]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "高企收入情况.csv"
    path.write_bytes(csv_file(SHEET))
    return path


def test_a_sheet_nobody_knows_is_proposed_checked_learned_and_then_taken_in(
    on_its_database: Command, sheet: Path, tmp_path: Path
) -> None:
    registry, proposal = on_its_database, tmp_path / "science-income.yml"
    assert "整个文件没有取用" in registry("import", sheet).output

    words = ("layouts", "suggest", sheet, "--department", "science", "--out", proposal)
    assert registry(*words).exit_code == 0
    text = proposal.read_text(encoding="utf-8")
    assert "fact: high_tech_income" in text
    assert "is: ignore, headers: [备注]" in text
    assert "某某机械" not in text  # no firm of the sheet stands in a sample
    assert code(3) not in text
    checked = registry("layouts", "check", proposal)
    assert (checked.exit_code, "没有问题，样例 2 行" in checked.output) == (0, True)

    learned = registry("layouts", "learn", proposal, "--by", "某科")
    assert "已启用版式 science-income" in learned.output
    assert "2行中取用2行" in registry("import", sheet).output
    listed = json.loads(registry("layouts", "list", "--json").output)["layouts"]
    assert [one["set_up_by"] for one in listed if one["name"] == "science-income"] == ["某科"]

    assert registry("layouts", "withdraw", "science-income", "--by", "某科").exit_code == 0
    again = tmp_path / "再来.csv"
    again.write_bytes(csv_file([["高企（截至2026年10月31日）", "单位：万元"], *SHEET[1:]]))
    assert "整个文件没有取用" in registry("import", again).output


def test_a_header_is_taught_and_forgotten(on_its_database: Command, tmp_path: Path) -> None:
    registry = on_its_database
    head: Row = ("纳税人识别号", "纳税人名称", "2025年营业总收入（元）")
    taught = registry(
        "layouts", "teach", "tax-returns", head[2], "fact/annual_revenue", "--by", "某科"
    )
    assert "“营业总收入”是营业收入" in taught.output
    assert "营业总收入" in registry("layouts", "headers").output

    path = tmp_path / "税务.csv"
    path.write_bytes(csv_file([["截至2026年9月30日"], head, [code(3), "某某有限公司", "5"]]))
    assert "指标值1个" in registry("import", path).output

    assert registry("layouts", "forget", "tax-returns", "营业总收入", "--by", "某科").exit_code == 0
    assert json.loads(registry("layouts", "headers", "--json").output) == []


def test_a_sheet_is_looked_at_and_its_guesses_confirmed(
    on_its_database: Command, tmp_path: Path
) -> None:
    registry, path = on_its_database, tmp_path / "税务.csv"
    head: Row = ("税号", "纳税人全称", "2025年营业总收入（元）", "专管员")
    path.write_bytes(
        csv_file([["截至2026年9月30日"], head, [code(3), "某某有限公司", "5", "某甲"]])
    )
    shown = registry("layouts", "look", path).output
    for said in ("税务局纳税与研发加计扣除", "待确认", "89分", "不认得", "全部确认后就认得"):
        assert said in shown
    told = json.loads(registry("layouts", "look", path, "--json").output)
    assert [(one["letter"], one["meaning"]) for one in told["guesses"]] == [
        ("A", "uscc"),
        ("B", "name"),
        ("C", "fact/annual_revenue"),
    ]
    assert (
        "没有待确认的提示"
        in registry("layouts", "look", path, "--confirm", "D", "--by", "甲").output
    )
    assert registry("layouts", "look", path, "--confirm", "all").exit_code == 2

    assert registry("layouts", "look", path, "--confirm", "all", "--by", "某科").exit_code == 0
    assert "1行中取用1行" in registry("import", path).output
    assert json.loads(registry("layouts", "look", path, "--json").output)["guesses"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("teach", "no-layout", "甲", "ignore", "--by", "某科"), "没有这个版式"),
        (("teach", "tax-returns", "甲", "fact/nothing", "--by", "某科"), "没有指标“nothing”"),
        (("teach", "tax-returns", "甲", "ignore", "--by", " "), "谁决定的"),
        (("forget", "tax-returns", "甲", "--by", "某科"), "没有学过这个表头"),
        (("withdraw", "tax-returns", "--by", "某科"), "随附的版式不能撤回"),
        (("template", "nothing", "--out", "x.xlsx"), "没有这个版式"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    registry: Command, words: tuple[str, ...], said: str
) -> None:
    told = registry("layouts", *words)

    assert told.exit_code == 1
    assert said in told.output


def test_a_shipped_layout_is_not_replaced_and_one_without_samples_not_learned(
    registry: Command, tmp_path: Path
) -> None:
    mine = tmp_path / "tax-returns.yml"
    text = (SHIPPED / "tax-returns.yml").read_text(encoding="utf-8")
    mine.write_text(text, encoding="utf-8")
    assert "是随附的版式" in registry("layouts", "learn", mine, "--by", "某科").output

    other = tmp_path / "tax-other.yml"
    bare = text.partition("samples:")[0].replace("tax-returns", "tax-other")
    other.write_text(bare, encoding="utf-8")
    told = registry("layouts", "learn", other, "--by", "某科").output
    assert "没有一行应当取用的样例" in told


def test_a_layout_that_fits_the_same_sheets_as_another_is_told(
    registry: Command, tmp_path: Path
) -> None:
    twin = tmp_path / "tax-twin.yml"
    text = (SHIPPED / "tax-returns.yml").read_text(encoding="utf-8")
    twin.write_text(text.replace("name: tax-returns", "name: tax-twin"), encoding="utf-8")
    told = registry("layouts", "check", twin)

    assert told.exit_code == 1
    assert "也符合“税务局纳税与研发加计扣除”" in told.output


def test_the_shipped_layouts_are_checked(registry: Command) -> None:
    told = registry("layouts", "check", "--json")

    assert told.exit_code == 0
    found = json.loads(told.output)
    assert len(found) == len(list(SHIPPED.glob("*.yml")))
    assert all(one == {"problems": [], "lacks": None} for one in found.values())


def test_a_template_is_written_with_the_periods_that_are_over(
    registry: Command, tmp_path: Path
) -> None:
    out = tmp_path / "空表.xlsx"
    told = registry("layouts", "template", "tax-returns", "--out", out, "--on", "2026-06-30")

    assert told.exit_code == 0
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    headers = [cell.value for cell in sheet[2]]
    assert sheet["A1"].value == "税务局纳税与研发加计扣除（截至2026年6月30日）"
    assert "2025年营业收入（万元）" in headers
    assert "2026年2季度营业收入（万元）" in headers


def test_an_unknown_department_names_those_there_are(registry: Command, sheet: Path) -> None:
    told = registry("layouts", "suggest", sheet, "--department", "nowhere")

    assert told.exit_code == 1
    assert "science（科技局）" in told.output
