"""`registry corrections`: asked, seen with its effect, answered, at the command line."""

import json
from pathlib import Path

from tests.makers import Sheet, at, money, take_in
from tests.processes import on_database
from tests.registry.cli.conftest import Command

REVENUE = "annual_revenue@2025"
ASK = ("corrections", "ask", "--enterprise", "1", "--by", "李会计", "--reason", "审计报告")


async def found_town() -> None:
    day = at(9, 30).date()
    await take_in(
        Sheet(number=1, department="market", observed_on=day, recorded_at=at(10, 1),
              newcomers=(1,), facts={1: {"place": "410102"}}),
        Sheet(number=2, department="tax", observed_on=day, recorded_at=at(10, 2),
              facts={1: {REVENUE: money(1900)}}),
    )  # fmt: skip


def test_a_correction_from_the_wish_to_the_answer(
    on_its_database: Command, database_url: str, tmp_path: Path
) -> None:
    registry = on_its_database
    on_database(database_url, found_town)
    paper = tmp_path / "报告.pdf"
    paper.write_bytes(b"%PDF-1.7")

    asked = registry(*ASK, "--column", REVENUE, "--wanted", "2,100 万元", "--file", paper)
    assert "第1号，由 tax 答复" in asked.output
    shown = registry("corrections", "show", "1").output
    assert "现为 1,900万元，应为 2,100万元" in shown
    [told] = json.loads(registry("corrections", "list", "--json").output)
    assert (told["state"], told["evidence"][0]["file_name"]) == ("open", "报告.pdf")

    accepted = registry("corrections", "accept", "1", "--by", "王科长", "--reason", "一致")
    assert "第1号：已采纳" in accepted.output
    again = registry("corrections", "reject", "1", "--by", "王科长", "--reason", "不")
    assert again.exit_code == 1
    assert "已由王科长答复" in again.output
    assert "已采纳" in registry("corrections", "list", "--department", "tax").output


def test_what_cannot_be_asked_is_said(on_its_database: Command, database_url: str) -> None:
    registry = on_its_database
    on_database(database_url, found_town)
    for more, said in (
        (("--column", REVENUE), "二者必居其一"),
        (("--column", REVENUE, "--wanted", "1900"), "单位"),
        (("--column", "little_giant", "--wanted", "1"), "应不应在名录上"),
        (("--column", "nothing", "--wanted", "1"), "没有“nothing”"),
    ):
        refused = registry(*ASK, *more)
        assert refused.exit_code == 1
        assert said in refused.output
    assert "没有第9号" in registry("corrections", "show", "9").output
    assert "没有更正申请" in registry("corrections", "list").output
