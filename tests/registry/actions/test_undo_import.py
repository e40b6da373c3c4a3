"""An undo takes back exactly what the import said: its values, names, addresses, and whom it named first."""

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.population import Population
from matching.runs.run_month import MONTHLY
from matching.runs.store import find_run
from matching.storage.database import Database
from registry.actions.run_month import run_one_month
from registry.actions.undo_effect import NOBODY, undo_effect
from registry.actions.undo_import import TakenBack, Undoing, UndoRefused, undo_import
from registry.enterprises.store import enterprises_by_name
from registry.enterprises.tables import Enterprise, EnterpriseContact, EnterpriseName
from registry.imports.tables import Import, ImportUndone
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_population import load_population, renew_population
from tests.makers import Clause, catalogue_of
from tests.registry.actions.desk import (
    RECORDED,
    WORDS,
    committed,
    registered,
    registration,
    returns,
)
from tests.registry.imports.making import code, csv_file, workbook

pytestmark = pytest.mark.anyio

LATER = RECORDED + timedelta(days=1)
OCTOBER = date(2026, 10, 31)
AWARDS = ["企业名称", "政策", "金额（万元）", "拨付日期"]
NEGATIVE = ["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]


@pytest.fixture(autouse=True)
def _database(db: Database) -> None:
    """Every test has an empty database, of either kind."""


def undoing(import_id: int | None, now: datetime = LATER) -> Undoing:
    assert import_id is not None
    return Undoing(import_id=import_id, by="王工", reason="发错了表", now=now)


async def undone(import_id: int | None) -> TakenBack:
    return await undo_import(undoing(import_id), WORDS)


async def population(moment: datetime) -> Population:
    return await load_population(Knowledge(OCTOBER, moment), WORDS)


async def by_code(number: int) -> Enterprise:
    firm = await Enterprise.objects().get(Enterprise.uscc == code(number))
    assert firm is not None
    return firm


async def test_only_its_values_go_and_what_counted_before_counts_again() -> None:
    await committed(registration(registered(1, "甲厂")))
    first = await committed(returns([code(1), "甲厂", "1000"]))
    second = await committed(returns([code(1), "甲厂", "2000"], on="2026年10月31日"))
    done = await undone(second.import_id)

    before, after = await population(LATER - timedelta(seconds=1)), await population(LATER)
    assert before.frame["annual_revenue@2025"].to_list() == [200_000]
    assert after.frame["annual_revenue@2025"].to_list() == [100_000]
    assert (done.renamed, done.unknown, done.contacts) == (0, 0, 0)
    (kept,) = await ImportUndone.select()
    assert (kept["import_id"], kept["undone_by"], kept["reason"]) == (
        second.import_id,
        "王工",
        "发错了表",
    )
    assert kept["undone_at"] == LATER
    await undone(first.import_id)
    assert "annual_revenue@2025" not in (await population(LATER)).frame.columns


async def test_an_undo_in_the_middle_leaves_later_values_alone() -> None:
    await committed(registration(registered(1, "甲厂")))
    middle = await committed(returns([code(1), "甲厂", "1000"]))
    await committed(returns([code(1), "甲厂", "2000"], on="2026年10月31日"))
    await undone(middle.import_id)

    assert (await population(LATER)).frame["annual_revenue@2025"].to_list() == [200_000]


async def test_an_import_is_undone_once_and_the_same_bytes_may_come_again() -> None:
    sheet = registration(registered(1, "甲厂"))
    first = await committed(sheet)
    await undone(first.import_id)
    with pytest.raises(UndoRefused, match=r"已由王工于.*撤销（发错了表）"):
        await undone(first.import_id)
    with pytest.raises(UndoRefused, match="没有第99号导入"):
        await undone(99)
    with pytest.raises(UndoRefused, match="由谁"):
        await undo_import(
            Undoing(import_id=first.import_id or 0, by="王工", reason=" ", now=LATER), WORDS
        )

    again = await committed(sheet, later_seconds=90_000)
    assert again.import_id != first.import_id
    assert again.written.created == 1
    assert sorted(row["turn"] for row in await Import.select(Import.turn)) == [1, 2]
    after = await population(LATER + timedelta(days=1))
    assert after.frame["status"].to_list() == ["active"]
    assert (await committed(sheet)).already_since is not None


async def test_a_rename_is_taken_back_and_a_later_one_stays() -> None:
    await committed(registration(registered(1, "旧名厂"), registered(2, "丙厂")))
    second = await committed(
        registration(registered(1, "中名厂"), registered(2, "丁厂"), on="2026年10月15日")
    )
    await committed(registration(registered(1, "中名厂"), on="2026年10月31日"), confirmed=True)
    done = await undone(second.import_id)

    assert done.renamed == 1
    assert (await by_code(2)).name == "丙厂"
    firm = await by_code(1)
    assert firm.name == "中名厂"  # the third sheet says so as well, and nothing had noted that
    noted = await EnterpriseName.select().where(EnterpriseName.enterprise_id == firm.id)
    assert {(row["name"], row["observed_on"]) for row in noted} >= {("中名厂", OCTOBER)}


async def test_who_was_named_first_stays_where_another_counting_sheet_speaks_of_it() -> None:
    first = await committed(registration(registered(1, "甲厂"), registered(2, "乙厂")))
    await committed(returns([code(1), "甲(郑州)厂", "1000"]))
    done = await undone(first.import_id)

    assert done.unknown == 1
    after = await population(LATER)
    assert after.frame["enterprise_id"].to_list() == [(await by_code(1)).id]
    assert (await by_code(1)).name == "甲(郑州)厂"
    keys = pl.Series(["乙厂", "甲(郑州)厂"])
    assert (await enterprises_by_name(keys))["name_key"].to_list() == ["甲(郑州)厂"]


async def test_addresses_go_unless_another_sheet_gave_them_as_well() -> None:
    both = [registered(1, "甲厂", 联系邮箱="one@b.cn"), registered(2, "乙厂", 联系邮箱="two@b.cn")]
    first = await committed(registration(*both))
    other = await committed(registration(both[0], on="2026年10月31日"), confirmed=True)
    done = await undone(first.import_id)

    assert done.contacts == 1
    kept = await EnterpriseContact.select()
    assert [(row["address"], row["import_id"]) for row in kept] == [("one@b.cn", other.import_id)]


async def test_renewed_is_loaded_anew_after_an_undo_and_a_second_turn() -> None:
    sheet = returns([code(1), "甲厂", "1000"], [code(2), "乙厂", "5"])
    await committed(registration(registered(1, "甲厂")))
    first = await committed(sheet)
    before = Knowledge(OCTOBER, RECORDED + timedelta(seconds=60))
    base = await load_population(before, WORDS)
    await undone(first.import_id)
    await committed(sheet, later_seconds=90_000)
    now = Knowledge(OCTOBER, LATER + timedelta(days=1))

    renewed, anew = (
        await renew_population(base, before, now, WORDS),
        await load_population(now, WORDS),
    )
    assert renewed.frame.equals(anew.frame)
    assert anew.frame.height == 2
    assert (await load_population(before, WORDS)).frame.equals(base.frame)


RULES: dict[str, Clause] = {
    "rich": Clause(
        condition="{fact: annual_revenue, year: 2025, at_least: 15 元}", title="大户奖励"
    ),
    "clean": Clause(condition="{negate: {listed: abnormal_operation}}", title="守信奖励"),
}


def rules() -> Catalogue:
    return catalogue_of(RULES)


async def test_the_effect_is_what_the_undo_then_does() -> None:
    await committed(registration(registered(1, "甲厂"), registered(2, "乙厂")))
    sheet = await committed(
        returns([code(1), "甲厂", "20"], [code(2), "乙厂", "10"], [code(3), "丙厂", "30"])
    )
    asked = undoing(sheet.import_id)
    effect = await undo_effect(asked, rules())

    assert effect.judged == 3
    found = {(one.title, one.before, one.after): one.enterprises for one in effect.moved}
    assert found["大户奖励", "符合", "待补充"] == 1
    assert found["大户奖励", "不符合", "待补充"] == 1
    assert found["大户奖励", "待补充", NOBODY] == 1
    assert {after for (_, _, after) in found} == {"待补充", NOBODY}
    assert {one.enterprise for one in effect.first if one.after == NOBODY} == {"丙厂"}
    assert await ImportUndone.count() == 0
    assert await undo_import(asked, WORDS) == effect.done


async def test_a_whole_list_taken_back_bears_on_everybody() -> None:
    await committed(registration(registered(1, "甲厂"), registered(2, "乙厂")))
    listed = [[code(1), "甲厂", "经营异常名录", "2025-01-02", ""]]
    sheet = await committed(csv_file([["截至2026年10月31日"], NEGATIVE, *listed]))
    effect = await undo_effect(undoing(sheet.import_id), rules())

    moved = {(one.title, one.before, one.after) for one in effect.moved}
    assert effect.judged == 2
    assert moved == {("守信奖励", "不符合", "待补充"), ("守信奖励", "符合", "待补充")}


async def test_a_run_in_between_keeps_its_receipt(tmp_path: Path) -> None:
    await committed(registration(registered(1, "甲厂")))
    sheet = await committed(returns([code(1), "甲厂", "20"]))

    async def run(period: str, now: datetime) -> str | None:
        async def silent(_: str) -> None:
            return None

        await run_one_month(
            period, catalogue=rules(), data_dir=tmp_path, mail=False, now=now, progress=silent
        )
        found = await find_run(MONTHLY, period)
        assert found is not None
        return found.receipt

    receipt = await run("2026-10", RECORDED + timedelta(hours=1))
    await undo_import(undoing(sheet.import_id, RECORDED), WORDS)
    (kept,) = await ImportUndone.select()
    assert kept["undone_at"] > RECORDED + timedelta(hours=1)
    await run("2026-11", LATER + timedelta(days=30))
    again = await find_run(MONTHLY, "2026-10")
    assert again is not None
    assert again.receipt == receipt


async def test_awards_of_an_import_go_with_it() -> None:
    await committed(registration(registered(1, "甲厂")))
    ledger = workbook([["台账（截至2026年9月30日）"], AWARDS, ["甲厂", "P12", 30, "2024-06-01"]])
    sheet = await committed(ledger)
    assert (await population(LATER)).awards.height == 1
    await undone(sheet.import_id)

    after = await population(LATER)
    assert after.awards.is_empty()
    assert "awards" not in after.coverage
