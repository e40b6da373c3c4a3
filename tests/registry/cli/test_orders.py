"""`registry orders`: a batch out to finance and the bank's receipts back, as files."""

from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from registry.actions.reserve_fund import reserve_fund
from tests.makers import at
from tests.processes import on_database
from tests.registry.actions.test_funds import BOUND, WORD, confirmed, fund, owed
from tests.registry.cli.conftest import Command


@pytest.fixture
def ready(on_its_database: Command, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr("registry.cli.case_words.now", lambda: at(10, 23))

    async def world() -> None:
        await fund(1_000_000)
        await owed(500_050, 200_000)
        await reserve_fund("awards", 2026, WORD, BOUND)
        for case in (1, 2):
            await confirmed(case)

    on_database(database_url, world)
    return on_its_database


def test_a_batch_goes_out_and_comes_back(ready: Command, tmp_path: Path) -> None:
    out, listed, back = tmp_path / "orders.xlsx", tmp_path / "list.xlsx", tmp_path / "receipts.csv"

    assert ready("orders", "public-list", "1号", "--out", listed).output == "2 件，7,000.50 元\n"
    names = [row[1].value for row in load_workbook(listed).active.iter_rows(min_row=2)]
    assert names == ["企业1", "企业2"]
    assert "核对文号" in ready("orders", "public-list", "9号", "--out", listed).output
    refused = ready("orders", "make", "B1", "1", "2", "--by", "李")
    assert refused.exit_code == 1
    assert "参与过审核" in refused.output
    assert "共 2 笔，新下达 2 笔" in ready("orders", "make", "B1", "1", "2", "--by", "钱").output
    assert "共 2 笔，新下达 0 笔" in ready("orders", "make", "B1", "1", "2", "--by", "钱").output
    told = ready("orders", "export", "B1", "--out", out).output
    assert told.startswith("2 笔，7,000.50 元，校验 ")
    last = [cell.value for cell in list(load_workbook(out).active.iter_rows())[-1]]
    assert (last[0], last[4], last[5]) == ("合计", "7000.50", told.split()[-1])
    assert "没有批次“B9”" in ready("orders", "export", "B9", "--out", out).output

    pl.DataFrame(
        {
            "订单号": ["2026-000000001-01", "2026-000000002-01"],
            "结果": ["成功", "退回"],
            "金额（元）": ["5000.50", "2,000.00"],
            "流水号": ["S1", "S2"],
            "原因": ["", "户名不符"],
        }
    ).write_csv(back)
    assert (
        "到账 1 笔，退回 1 笔，原已收下 0 笔"
        in ready("orders", "receipts", back, "--by", "银行").output
    )
    assert (
        "到账 0 笔，退回 0 笔，原已收下 2 笔"
        in ready("orders", "receipts", back, "--by", "银行").output
    )
    shown = ready("cases", "show", "2").output
    assert "户名不符" in shown
    assert "银行退回" in shown
