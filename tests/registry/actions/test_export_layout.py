"""What is exported in a department's form says nothing new when it is taken in again."""

from datetime import date, timedelta

import pytest

from matching.storage.database import Database
from registry.actions.export_layout import ExportRefused, export_layout
from registry.actions.import_sheets import import_sheets
from registry.actions.preview_types import Preview
from registry.cli.served import SENT, SHIPPED_SHEETS
from registry.imports.load_layouts import load_layouts
from tests.registry.actions.desk import (
    RECORDED,
    WORDS,
    committed,
    previewed,
    registered,
    registration,
    returns,
    told,
)
from tests.registry.imports.making import TAX, code, csv_file, workbook

pytestmark = pytest.mark.anyio

ON = date(2026, 10, 31)
NOW = RECORDED + timedelta(hours=1)
AWARDS = ["企业名称", "政策", "金额（万元）", "拨付日期"]


@pytest.fixture(autouse=True)
def _database(db: Database) -> None:
    """Every test has an empty database, of either kind."""


async def out_and_in(layout: str) -> Preview:
    return await previewed((await export_layout(layout, ON, NOW, WORDS)).data)


async def test_facts_of_every_kind_and_period_come_back_the_same() -> None:
    await committed(
        registration(
            registered(1, "甲厂"),
            registered(2, "乙厂", **{"注册资本（万元）": "0.01"}),
            registered(3, "丙厂", 登记状态=None),
        )
    )
    headers = [*TAX, "2024年营业收入（元）", "2026年一季度营业收入（元）", "净利润（2025年，万元）"]
    await committed(
        returns(
            [code(1), "甲厂", "1234.56", "", "0.07", "-3"],
            [code(2), "乙厂", "12345678901234567", "5", "", ""],
            headers=headers,
        )
    )
    for layout, values in (("market-registration", 14), ("tax-returns", 5)):
        preview = await out_and_in(layout)
        assert preview.changes_nothing
        assert preview.outcome.refused == ()
        assert sum(one.same for one in preview.facts) == values


async def test_a_whole_ledger_comes_back_as_a_whole_and_a_part_of_one_is_refused() -> None:
    await committed(registration(registered(1, "甲厂")))
    rows = [["甲厂", "P12", 30, "2024-06-01"], ["甲厂", "P12", 30, "2024-06-01"]]
    with pytest.raises(ExportRefused, match="整本台账"):
        await export_layout("industry-awards", ON, NOW, WORDS)
    await committed(workbook([["台账（截至2026年9月30日）"], AWARDS, *rows]))
    preview = await out_and_in("industry-awards")

    (counts,) = preview.lists
    assert (counts.list, counts.new, counts.same, counts.gone) == ("awards", 0, 2, 0)


async def test_an_exported_list_claims_to_be_no_whole_one() -> None:
    await committed(registration(registered(1, "甲厂"), registered(2, "乙厂")))
    negative = ["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]
    listed = [code(1), "甲厂", "经营异常名录", "2025-01-02", ""]
    await committed(csv_file([["截至2026年9月30日"], negative, listed]))
    preview = await out_and_in("credit-negative")

    (counts,) = preview.lists
    assert (counts.new, counts.same, counts.gone) == (0, 1, 0)
    assert preview.changes_nothing


async def test_what_cannot_be_exported_is_said() -> None:
    for layout, why in (
        ("没有", "没有版式"),
        ("bank-sme-loans", "只存假名"),
        ("finance-equity", "逐条的台账"),
        ("tax-returns", "没有版式“税务局纳税与研发加计扣除”的数据"),
    ):
        with pytest.raises(ExportRefused, match=why):
            await export_layout(layout, ON, NOW, WORDS)


async def test_the_sheets_of_the_shipped_city_go_out_and_in() -> None:
    folder = SHIPPED_SHEETS / "2026-09"
    files = [folder / name for name in SENT if (folder / name).exists()]
    outcomes = await import_sheets(files, told())
    in_rows = {layout.name for layout in load_layouts(WORDS) if layout.records}
    for layout in sorted({str(one.layout) for one in outcomes} - in_rows):
        preview = await out_and_in(layout)
        assert preview.changes_nothing, layout
        assert preview.outcome.refused == (), layout
        assert preview.drift == (), layout
