"""`registry cases` and `registry calendar`: from a month to a published list, at the command line."""

import json
import shutil
from pathlib import Path

import pytest

from tests.makers import at
from tests.processes import on_database
from tests.registry.actions.town import SEPTEMBER, october, play, september
from tests.registry.cli.conftest import Command


@pytest.fixture
def town(
    on_its_database: Command, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """The town after September, at a moment whose year's working days are known for ever."""
    monkeypatch.setattr("registry.cli.case_words.now", lambda: at(11, 25))

    async def played() -> None:
        await september()
        await play(SEPTEMBER, tmp_path)

    on_database(database_url, played)
    return on_its_database


def test_cases_are_opened_listed_shown_and_taken_on(town: Command) -> None:
    opened = json.loads(town("cases", "open", "--period", SEPTEMBER, "--json").output)
    assert opened["opened"] > 3
    assert f"原已有 {opened['opened']} 件" in town("cases", "open", "--period", SEPTEMBER).output
    assert "还没有判定完" in town("cases", "open", "--period", "2026-10").output

    shown = json.loads(town("cases", "list", "--state", "matched", "--json").output)
    assert len(shown) == opened["opened"]
    number = str(shown[0]["id"])
    person = ("--role", "department", "--by", "王")
    assert town("cases", "step", "take", number, *person).output == "受理 1 件\n"
    refused = town("cases", "step", "approve", number, *person)
    assert refused.exit_code == 1
    assert "不能由本人审定" in refused.output
    town("cases", "step", "return", number, *person, "--reason", "amount_wrong")
    settle = ("--amount", "5000.5", "--reason", "amount_fixed", "--evidence", "核定表")
    assert town("cases", "step", "settle", number, *person, *settle).exit_code == 0
    case = json.loads(town("cases", "show", number, "--json").output)
    assert (case["state"], case["amount_cents"], case["reserved_cents"]) == (
        "matched",
        500_050,
        500_050,
    )
    assert {"event": "take", "role": "department"} in case["may"]
    told = town("cases", "show", number).output
    for said in ("已匹配", "5,000.50", "金额有误", "核定表", "王（业务部门）"):
        assert said in told
    assert "5,000.50" in town("cases", "list").output
    assert "没有到期的" in town("cases", "clocks").output
    assert "没有" in town("cases", "year-end", "--year", "2026").output
    assert "没有 999 号案件" in town("cases", "show", "999").output
    assert "不是金额" in town("cases", "step", "settle", number, *person, "--amount", "五千").output


def test_what_a_correction_means_is_listed_and_done_by_a_person(
    town: Command, database_url: str, tmp_path: Path
) -> None:
    shutil.copytree(tmp_path / "frozen", tmp_path / "data" / "frozen")
    town("cases", "open", "--period", SEPTEMBER)
    assert "没有差异" in town("cases", "recalculate", "--period", SEPTEMBER).output
    on_database(database_url, october)

    told = town("cases", "recalculate", "--period", SEPTEMBER).output
    for said in ("补立案", "审核前改正金额", "更正后缺数据", "210,000.00", "差异 4 处"):
        assert said in told
    words = ("--period", SEPTEMBER, "--by", "王", "--evidence", "更正单 7")
    assert "没有“999”" in town("cases", "settle", "999", *words).output
    assert town("cases", "settle", "10/revenue", *words).output == "办理 1 处\n"
    assert "差异 3 处" in town("cases", "recalculate", "--period", SEPTEMBER).output
    stop = ("cases", "stop-for-title", "--by", "王", "--evidence", "文号")
    assert "没有称号" in town(*stop, "--title", "none", "91410100MAXX000014").output
    assert "没有这个代码" in town(*stop, "--title", "little_giant", "9141").output
    assert "取消 0 件" in town(*stop, "--title", "little_giant", "91410100MAXX000014").output


def test_the_calendar_says_ahead_that_a_year_is_missing(registry: Command) -> None:
    assert registry("calendar", "check", "--on", "2026-10-31").exit_code == 0
    near = registry("calendar", "check", "--on", "2999-01-01", "--json")
    assert near.exit_code == 1
    assert "chinesecalendar" in near.output
    assert registry("calendar", "add", "2026-09-30", "3").output == "2026-10-10\n"
    assert "还没有录入" in registry("calendar", "add", "2998-09-30", "3").output


def test_the_diagram_needs_no_database(registry: Command) -> None:
    assert registry("cases", "diagram").output.startswith("stateDiagram-v2\n")
