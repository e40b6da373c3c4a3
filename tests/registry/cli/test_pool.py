"""`registry pool`: from a candidate to counts, clocks, targets and lists, at the command line."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.processes import on_database
from tests.registry.actions.test_pool_targets import FILE
from tests.registry.cli.conftest import Command
from tests.registry.pool.jinchang import found_jinchang

PROFILES = """\
enterprise,status,above_scale,industry,main_revenue@2025 [万元],main_revenue@2024 [万元]
近公司,active,none,C3489,1500,1400
过公司,active,none,C3489,2000,2100
远公司,active,none,C3489,1499,1400
谜公司,active,none,C3489,1500,
"""
ONE, TWO = "91410100MAXX000001", "91410100MAXX000002"


def test_candidates_out_of_a_file_need_no_database(registry: Command, tmp_path: Path) -> None:
    profiles, out = tmp_path / "profiles.csv", tmp_path / "candidates.xlsx"
    profiles.write_text(PROFILES, encoding="utf-8")
    words = ("pool", "propose", "--profiles", profiles, "--on", "2026-10-31")

    shown = registry(*words, "--out", out)
    assert shown.exit_code == 0
    for said in ("提出 2 家", "无法判断 1 家", "75%", "近公司", "还差500万元"):
        assert said in shown.output
    told = json.loads(registry(*words, "--json").output)
    assert [one["enterprise"] for one in told["candidates"]] == ["过公司", "近公司"]
    assert load_workbook(out).active.max_row == 3
    assert not (tmp_path / "data").exists()


def test_a_tier_nobody_can_propose_for_yet_and_a_note_without_database_are_said(
    registry: Command, tmp_path: Path
) -> None:
    profiles = tmp_path / "profiles.csv"
    profiles.write_text(PROFILES, encoding="utf-8")
    words = ("pool", "propose", "--profiles", profiles, "--on", "2026-10-31")

    other = registry(*words, "--tier", "champion_firm")
    assert other.exit_code == 1
    assert "可用：small_to_scale" in other.output
    assert "--note 要配 --database" in registry(*words, "--note").output


@pytest.fixture
def jinchang(on_its_database: Command, database_url: str) -> Command:
    on_database(database_url, found_jinchang)
    return on_its_database


def test_counts_clocks_targets_and_lists(jinchang: Command, tmp_path: Path) -> None:
    whole = jinchang("pool", "counts", "--on", "2026-10-31", "--by", "town")
    for said in ("共 122 家", "每家企业只计一次", "中原区", "所在区县未知"):
        assert said in whole.output
    counts = json.loads(jinchang("pool", "counts", "--on", "2026-10-31", "--json").output)
    assert [one["highest"] for one in counts["ladder"]["stages"]] == [60, 31, 18, 13]
    assert [one["nested"] for one in counts["ladder"]["stages"]] == [122, 62, 31, 13]
    before = jinchang("pool", "counts", "--on", "2026-10-31", "--known-on", "2026-05-01", "--json")
    assert [one["highest"] for one in json.loads(before.output)["ladder"]["stages"]] == [
        60,
        20,
        18,
        13,
    ]

    due = json.loads(
        jinchang("pool", "expiring", "--on", "2026-06-01", "--days", "0", "--json").output
    )
    assert {row["due"]["what"] for row in due["rows"]} == {"annual_update"}
    assert sum(group["late"] for group in due["late"]) == len(due["rows"])
    assert "未见记录，逾期1天" in jinchang("pool", "expiring", "--on", "2026-06-01").output

    (tmp_path / "目标.yml").write_text(FILE, encoding="utf-8")
    assert (
        "新记 8 行"
        in jinchang("pool", "take-targets", tmp_path / "目标.yml", "--by", "张三").output
    )
    assert "不一致" in jinchang("pool", "targets", "--year", "2026", "--on", "2026-10-31").output

    out = tmp_path / "名单.xlsx"
    assert (
        jinchang(
            "pool", "export", "--pool", "innovative", "--on", "2026-10-31", "--out", out
        ).exit_code
        == 0
    )
    again = jinchang("pool", "import", out, "--pool", "innovative", "--by", "张三")
    assert "变动 0 家，原已如此 11 家" in again.output


def test_a_change_is_made_refused_filed_and_planned_by_code(jinchang: Command) -> None:
    paper = ("--by", "张三", "--on", "2026-10-30")
    made = jinchang(
        "pool",
        "change",
        "leave",
        ONE,
        TWO,
        "--pool",
        "small_to_scale",
        "--reason",
        "fell_back",
        *paper,
    )
    assert "出库 2 家" in made.output
    again = jinchang(
        "pool",
        "change",
        "recommend",
        ONE,
        "--pool",
        "small_to_scale",
        "--reason",
        "meets_criteria",
        *paper,
    )
    assert again.exit_code == 1
    assert "“已出库”不能推荐" in again.output
    nobody = jinchang("pool", "promote", "91999999", "--pool", "small_to_scale", *paper)
    assert "没有这个代码" in nobody.output
    filed = jinchang("pool", "file", "annual_update", ONE, "--year", "2026", *paper)
    assert "登记 1 家" in filed.output
    planned = jinchang(
        "pool",
        "plan",
        ONE,
        "--pool",
        "doubling",
        "--by",
        "张三",
        "--filed-on",
        "2026-01-05",
        "--figure",
        "2026=5000万元",
    )
    assert "备案 1 个年度的计划" in planned.output
    shown = jinchang("pool", "plans", "--on", "2026-10-31").output
    assert "5,000万元" in shown
    assert "尚不知道" in shown
    assert "转为待复核 0 家" in jinchang("pool", "reviews", "--on", "2026-10-31").output
    assert "小升规储备库" in jinchang("pool", "list").output
