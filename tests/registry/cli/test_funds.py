"""`registry funds`: a year of one programme at the command line."""

import json

import pytest

from tests.makers import at
from tests.processes import on_database
from tests.registry.actions.test_funds import owed
from tests.registry.cli.conftest import Command

ITEM = "p13-title-award"


@pytest.fixture
def city(on_its_database: Command, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr("registry.cli.case_words.now", lambda: at(11, 25))
    on_database(database_url, lambda: owed(5_000_00, 5_000_00, item=ITEM))
    return on_its_database


def test_a_fund_is_opened_shared_refilled_and_shown(city: Command) -> None:
    year, by = ("--year", "2026"), ("--by", "赵")
    opening = (
        "--label",
        "奖补资金",
        "--sharing",
        "full",
        "--amount",
        "8000",
        "--refill-below",
        "1000",
        *by,
    )
    assert "还没有资金" in city("funds", "list").output
    assert "没有事项“p0”" in city("funds", "open", "awards", *year, *opening, "--item", "p0").output
    assert "8,000.00 元" in city("funds", "open", "awards", *year, *opening, "--item", ITEM).output
    short = city("funds", "reserve", "awards", *year, *by)
    assert short.exit_code == 1
    assert "还差 2,000.00 元" in short.output
    assert "文号" in city("funds", "refill", "awards", *year, *by, "--amount", "2000").output
    refilled = city(
        "funds", "refill", "awards", *year, *by, "--amount", "2000", "--document", "预2号"
    )
    assert refilled.output == "可用 10,000.00 元\n"
    done = json.loads(city("funds", "reserve", "awards", *year, *by, "--json").output)
    assert (done["reserved"], done["cents"], done["waiting"]) == (2, 1_000_000, 0)
    listed = city("funds", "list").output
    for said in ("奖补资金", "全额兑付", "10,000.00", "应追加"):
        assert said in listed
    [fund] = json.loads(city("funds", "list", "--json").output)
    assert (fund["balance"]["reserved_cents"], fund["wrong_at"]) == (1_000_000, None)
    ledger = city("funds", "show", "awards", *year).output
    for said in ("年初安排", "追加", "预留", "预2号"):
        assert said in ledger
    assert len(json.loads(city("funds", "show", "awards", *year, "--json").output)) == 4
    assert "10,000.00" in city("funds", "ageing").output
    assert "还没有结束" in city("funds", "carry", "awards", *year, *by).output
    assert "没有资金“none”2026 年；已有：awards 2026" in city("funds", "show", "none", *year).output
