"""A preview says what the import then does, and writes nothing."""

import msgspec
import pytest
from piccolo.table import Table

from matching.storage.database import Database
from registry.actions.import_sheets import PreviewOutdated
from registry.enterprises.tables import Enterprise, EnterpriseContact, EnterpriseName
from registry.imports.errors import SheetRefused
from registry.imports.tables import Import, RefusedCell, SourceRecord
from registry.profiles.tables import Award, FactValue, ListCoverage, Membership
from tests.registry.actions.desk import (
    bare,
    committed,
    previewed,
    registered,
    registration,
    returns,
)
from tests.registry.imports.making import TAX, code, csv_file, workbook

pytestmark = pytest.mark.anyio

TABLES: tuple[type[Table], ...] = (
    Enterprise, EnterpriseContact, EnterpriseName, Import, RefusedCell, SourceRecord, Award, FactValue,
    ListCoverage, Membership,
)  # fmt: skip
STATISTICS = ["统一社会信用代码", "单位详细名称", "入库时间", "2025年营业收入（千元）"]
NEGATIVE = ["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]


@pytest.fixture(autouse=True)
def _database(db: Database) -> None:
    """Every test has an empty database, of either kind."""


async def everything() -> list[list[dict[str, object]]]:
    return [await table.select().order_by(table._meta.primary_key) for table in TABLES]


async def test_a_preview_equals_what_the_commit_reports_and_writes_nothing() -> None:
    await committed(registration(registered(1, "旧名厂"), registered(2, "乙厂")))
    sheet = registration(
        registered(1, "新名厂", **{"注册资本（万元）": 200}),
        registered(3, "丙厂"),
        registered(4, "丁厂", 登记状态="奇怪"),
        ["123", None, *registered(5, "戊厂")[2:]],
        on="2026年10月31日",
    )
    before = await everything()
    preview = await previewed(sheet)

    assert await everything() == before
    outcome = await committed(sheet, token=preview.token)
    assert preview.outcome == bare(outcome)
    assert preview.outcome.written.created == len(preview.created) == 2
    assert [(one.before, one.name) for one in preview.renamed] == [("旧名厂", "新名厂")]
    counted = {one.column: one for one in preview.facts}
    assert (counted["status"].new, counted["status"].same, counted["status"].refused) == (1, 1, 1)
    assert (counted["registered_capital"].changed, counted["registered_capital"].new) == (1, 2)
    told = sum(one.new + one.changed + one.conflict + one.same for one in preview.facts)
    assert told == outcome.written.values
    changed = next(one for one in preview.cells if one.kind == "changed")
    assert (changed.letter, changed.row, changed.old, changed.new) == (
        "H",
        3,
        100_000_000,
        200_000_000,
    )
    assert (changed.enterprise, changed.department) == ("新名厂", "market")


async def test_a_value_another_department_is_believed_on_goes_on_counting() -> None:
    await committed(registration(registered(1, "甲厂")))
    await committed(returns([code(1), "甲厂", "1000"]))
    statistics = workbook([["截至2026年10月31日"], STATISTICS, [code(1), "甲厂", "2020-01-01", 9]])
    preview = await previewed(statistics)
    newer = await previewed(returns([code(1), "甲厂", "2000"], on="2026年10月31日"))
    older = await previewed(returns([code(1), "甲厂", "2000"], on="2026年8月31日"))

    revenue = next(one for one in preview.facts if one.column == "annual_revenue@2025")
    (cell,) = (one for one in preview.cells if one.column == "annual_revenue@2025")
    assert (revenue.conflict, cell.kind, cell.why, cell.department) == (
        1,
        "conflict",
        "trusted",
        "tax",
    )
    assert [one.kind for one in newer.cells] == ["changed"]
    assert [(one.kind, one.why) for one in older.cells] == [("conflict", "newer")]


async def test_the_same_sheet_of_a_later_day_changes_nothing() -> None:
    await committed(registration(registered(1, "甲厂"), registered(2, "乙厂")))
    again = await previewed(
        registration(registered(1, "甲厂"), registered(2, "乙厂"), on="2026年10月31日")
    )

    assert again.changes_nothing
    assert sum(one.same for one in again.facts) == 10
    assert again.cells == ()


async def test_a_whole_list_says_who_comes_and_who_goes() -> None:
    await committed(
        registration(registered(1, "甲厂"), registered(2, "乙厂"), registered(3, "丙厂"))
    )
    listed = [
        [code(number), name, "经营异常名录", "2025-01-02", ""]
        for number, name in ((1, "甲厂"), (2, "乙厂"), (3, "丙厂"))
    ]
    await committed(csv_file([["截至2026年9月30日"], NEGATIVE, *listed[:2]]))
    preview = await previewed(csv_file([["截至2026年10月31日"], NEGATIVE, *listed[1:]]))

    (counts,) = preview.lists
    assert (counts.list, counts.new, counts.same, counts.gone) == ("abnormal_operation", 1, 1, 1)
    assert {(one.kind, one.enterprise) for one in preview.entries} == {
        ("new", "丙厂"),
        ("gone", "甲厂"),
    }


async def test_a_sheet_taken_in_already_is_previewed_as_that() -> None:
    sheet = registration(registered(1, "甲厂"))
    outcome = await committed(sheet)
    preview = await previewed(sheet)

    assert preview.outcome.import_id == outcome.import_id
    assert preview.outcome.already_since is not None


async def test_what_has_changed_since_the_preview_is_not_committed_over() -> None:
    sheet = returns([code(1), "甲厂", "1000"])
    preview = await previewed(sheet)
    await committed(registration(registered(1, "甲厂")))

    with pytest.raises(PreviewOutdated, match="重新预览"):
        await committed(sheet, token=preview.token)
    assert await Import.count() == 1
    anew = await previewed(sheet)
    assert (await committed(sheet, token=anew.token)).written.values == 1


def figures(times: int, firms: int = 30) -> list[list[object]]:
    return [[code(one), f"第{one}厂", 1_000_000 * one * times] for one in range(1, firms + 1)]


async def test_a_unit_taken_for_another_must_be_confirmed() -> None:
    await committed(returns(*figures(1)))
    wrong = returns(*figures(10_000), on="2026年10月31日")
    preview = await previewed(wrong)

    (drift,) = preview.drift
    assert (drift.what, drift.fact, drift.enterprises) == ("median", "annual_revenue", 30)
    assert drift.after == 10_000 * drift.before
    with pytest.raises(SheetRefused, match="中位数"):
        await committed(wrong)
    assert await Import.count() == 1
    assert (await committed(wrong, confirmed=True, token=preview.token)).import_id is not None


async def test_a_few_corrections_in_between_do_not_hide_a_wrong_unit() -> None:
    await committed(returns(*figures(1)))
    await committed(returns(*figures(1, firms=2), on="2026年10月15日"))
    preview = await previewed(returns(*figures(10_000), on="2026年10月31日"))

    assert [one.enterprises for one in preview.drift] == [30]


async def test_next_year_is_held_against_this_one() -> None:
    await committed(returns(*figures(1)))
    headers = [TAX[0], TAX[1], "2026年营业收入（元）"]
    preview = await previewed(returns(*figures(5), on="2026年10月31日", headers=headers))

    (drift,) = preview.drift
    assert (drift.period, drift.period_before) == ("2026", "2025")


def register(firms: int, on: str) -> bytes:
    rows = [[code(one), f"第{one}厂", "2020-01-01", 9] for one in range(1, firms + 1)]
    return workbook([[f"截至{on}"], STATISTICS, *rows])


async def test_a_register_that_lost_a_third_of_its_rows_must_be_confirmed() -> None:
    await committed(register(30, "2026年9月30日"))
    few = await previewed(register(19, "2026年10月31日"))
    most = await previewed(register(21, "2026年10月31日"))

    assert [(one.what, one.before, one.after) for one in few.drift] == [("rows", 30, 19)]
    assert most.drift == ()


async def test_a_sheet_of_changes_may_be_short() -> None:
    firms = [registered(one, f"第{one}厂") for one in range(1, 31)]
    await committed(registration(*firms))
    preview = await previewed(registration(*firms[:2], on="2026年10月31日"))

    assert preview.drift == ()


async def test_a_preview_can_be_written_down_and_read_again() -> None:
    await committed(registration(registered(1, "甲厂")))
    preview = await previewed(
        registration(registered(1, "乙厂"), registered(2, "丙厂", 登记状态="x"))
    )

    assert msgspec.json.decode(msgspec.json.encode(preview), type=type(preview)) == preview
