"""Ledgers of records, from the sheets of departments to the figures counted over them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.columns import Columns
from matching.storage.database import Database
from registry.actions.import_outcome import Told
from registry.actions.import_sheets import import_sheet
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population
from tests.registry.imports.making import MARKET, TITLE, Row, code, workbook

pytestmark = pytest.mark.anyio

WORDS = shipped_vocabulary()
RECORDED = datetime(2026, 10, 31, 1, 2, 3, tzinfo=UTC)
IP = (
    "企业名称",
    "专利号",
    "知识产权类别",
    "取得方式",
    "权利人位次",
    "是否与主导产品相关",
    "实际应用并产生经济效益",
)
ROUND = (
    "被投企业",
    "投资备案号",
    "实缴额（万元）",
    "到账日期",
    "合格机构投资者",
    "出让股份比例（%）",
)
PRIZE = ("完成单位", "证书编号", "奖项类别", "获奖级别", "完成单位名次", "落款日期")


async def hand_in(folder: Path, headers: Row, *rows: Row, whole: str | None = None) -> str:
    path = folder / "表.xlsx"
    beside = {"本表覆盖的台账": [[whole]]} if whole else {}
    path.write_bytes(workbook([["台账" + TITLE], headers, *rows], (), **beside))
    told = Told(
        recorded_at=RECORDED,
        observed_on=None,
        vocabulary=WORDS,
        progress=lambda *_: None,
    )
    return (await import_sheet(path, told)).sentence()


async def test_the_three_ledgers_are_counted_firm_by_firm(db: Database, tmp_path: Path) -> None:  # noqa: ARG001
    firms = [
        [code(one), name, "存续", "2020-01-02", 410105, None, "C3489", 100, None]
        for one, name in ((1, "甲机械有限公司"), (2, "乙机械有限公司"))
    ]
    await hand_in(tmp_path, MARKET, *firms)

    said = await hand_in(
        tmp_path,
        IP,
        ["甲机械有限公司", "ZL0001", "发明专利", "自主研发", 1, "是", "是"],
        ["甲机械有限公司", "ZL0002", "发明专利", "自主研发", 3, "是", "是"],
        ["甲机械有限公司", "ZL0003", "发明专利", "自主研发", 4, "是", "是"],
        ["丙不知名有限公司", "ZL0004", "发明专利", "自主研发", 1, "是", "是"],
        whole="知识产权台账",
    )
    await hand_in(
        tmp_path,
        ROUND,
        ["乙机械有限公司", "SX0001", 1999.99, "2025-03-01", "是", 30],
        whole="股权融资台账",
    )
    await hand_in(
        tmp_path, PRIZE, ["乙机械有限公司", "2025-J-1", "科技进步奖", "省级", 3, "2025-12-30"]
    )

    assert "台账记录4条，按名称认定3行，待人工认定1行" in said
    known = await load_population(Knowledge(date(2026, 10, 31), RECORDED), WORDS)
    columns = Columns(known, WORDS)
    facts = ("class_one_ip_2026", "equity_two_years", "science_prizes_top_three")
    counted = {fact: columns.number_on(fact, date(2026, 10, 31)).expr for fact in facts}
    figures = columns.frame.select(**counted).to_dict(as_series=False)
    assert figures == {
        "class_one_ip_2026": [2, 0],
        "equity_two_years": [0, 1_999_990_000],
        "science_prizes_top_three": [None, None],  # the list of prizes is not whole
    }
