"""Payments are ordered once and their receipts taken in once, however often, and whoever is killed in between."""

from collections.abc import Callable

import polars as pl
import pytest

from matching.storage.database import Database
from registry.actions.order_payments import Taken, Word, order_payments, take_receipts
from registry.actions.reserve_fund import reserve_fund
from registry.cases.errors import CaseProblem
from registry.cases.store import cases, present
from registry.cases.types import Account
from registry.funds.errors import FundRefused
from registry.funds.order_store import orders_of_batch
from registry.funds.orders import digest, order_sheet
from registry.funds.store import balance
from registry.funds.tables import BankReceipt, PaymentOrder
from registry.funds.types import Balance
from tests.makers import at
from tests.processes import die, killed, on_database
from tests.registry.actions.test_funds import BOUND, WORD, confirmed, fund, go, owed
from tests.registry.cases.makers import GROUND

pytestmark = pytest.mark.anyio
ORDERING = Word(by="钱", now=at(10, 21))
TAKING = Word(by="银行", now=at(10, 22))
STEPS = ("stepped", "written", "committed")


@pytest.fixture
async def ready(db: Database) -> Database:
    await fund(1000)
    await owed(100, 200, 300)
    await reserve_fund("awards", 2026, WORD, BOUND)
    for case in (1, 2, 3):
        await confirmed(case)
    return db


def sheet(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    names = ("订单号", "结果", "金额（元）", "流水号")
    return pl.DataFrame(list(rows), schema=dict.fromkeys(names, pl.String), orient="row")


async def numbers() -> dict[int, str]:
    return {one.case_id: one.order_no for one in await orders_of_batch("B1")}


async def both_receipts() -> pl.DataFrame:
    no = await numbers()
    return sheet((no[1], "成功", "1.00", "S1"), (no[2], "退回", "2.00", "S2"))


async def states() -> list[str]:
    return (await present())["state"].to_list()


async def test_a_batch_is_ordered_once_and_its_sheet_is_always_the_same(ready: Database) -> None:  # noqa: ARG001
    first = await order_payments("B1", [1, 2], ORDERING, GROUND)
    again = await order_payments("B1", [1, 2], ORDERING, GROUND)

    assert (first.fresh, again.fresh) == (2, 0)
    assert again.orders == first.orders
    told = order_sheet(first.orders)
    assert told["订单号"].to_list() == ["2026-000000001-01", "2026-000000002-01", "合计"]
    assert told["金额（元）"].to_list() == ["1.00", "2.00", "3.00"]
    assert told["校验"][-1] == digest(first.orders) == digest(first.orders[::-1])
    with pytest.raises(FundRefused, match="不能增减"):
        await order_payments("B1", [1, 2, 3], ORDERING, GROUND)
    with pytest.raises(CaseProblem, match="已下支付令"):
        await order_payments("B2", [2, 3], ORDERING, GROUND)
    assert await PaymentOrder.count() == 2


async def test_receipts_pay_or_send_back_and_a_second_attempt_has_its_own_order(
    ready: Database,  # noqa: ARG001
) -> None:
    await order_payments("B1", [1, 2], ORDERING, GROUND)
    told = await both_receipts()

    assert await take_receipts(told, "回执.csv", TAKING, GROUND) == Taken(1, 1, 0)
    assert await take_receipts(told, "回执.csv", TAKING, GROUND) == Taken(0, 0, 2)
    assert await states() == ["paid", "account_bad", "confirmed"]
    await go(
        2, "change_account", "enterprise", "企业", at(10, 23), account=Account("企业2", "行", "9")
    )
    second = await order_payments("B2", [2], Word(by="钱", now=at(10, 26)), GROUND)
    assert [(one.order_no, one.account_number) for one in second.orders] == [
        ("2026-000000002-02", "9")
    ]
    late = sheet((second.orders[0].order_no, "成功", "2.00", "S3"))
    await take_receipts(late, "回执2.csv", Word(by="银行", now=at(10, 27)), GROUND)
    assert await balance(1) == Balance(400, 300, 300, 6)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("{1}", "成功", "1.01", "S1"), "与订单的 100 分不同"),
        (("2026-9", "成功", "1.00", "S1"), "没有这笔订单"),
        (("{1}", "好", "1.00", "S1"), "结果“好”不认识"),
        (("{1}", "成功", "一元", "S1"), "不是金额"),
        (("{1}", "成功", "1.00", ""), "没有流水号"),
    ],
)
async def test_a_receipt_that_does_not_fit_is_refused_with_the_whole_file(
    ready: Database,  # noqa: ARG001
    row: tuple[str, str, str, str],
    why: str,
) -> None:
    await order_payments("B1", [1, 2], ORDERING, GROUND)
    no = await numbers()
    wrong = (row[0].replace("{1}", no[1]), *row[1:])

    with pytest.raises(FundRefused, match=why):
        await take_receipts(sheet((no[2], "成功", "2.00", "S9"), wrong), "回执.csv", TAKING, GROUND)

    assert await BankReceipt.count() == 0
    assert await states() == ["pay_ordered", "pay_ordered", "confirmed"]


async def test_a_second_word_about_the_same_order_is_not_believed(ready: Database) -> None:  # noqa: ARG001
    await order_payments("B1", [1, 2], ORDERING, GROUND)
    await take_receipts(await both_receipts(), "回执.csv", TAKING, GROUND)
    no = await numbers()

    for row in ((no[1], "退回", "1.00", "S8"), (no[2], "成功", "2.00", "S2")):
        with pytest.raises(FundRefused, match="说法不同"):
            await take_receipts(sheet(row), "又一份.csv", TAKING, GROUND)
    twice = sheet((no[1], "成功", "1.00", "S1"), (no[1], "成功", "1.00", "S1"))
    with pytest.raises(FundRefused, match="出现多次"):
        await take_receipts(twice, "又一份.csv", TAKING, GROUND)


async def test_a_firm_renamed_since_is_not_paid_under_its_old_name(ready: Database) -> None:
    await ready.run_ddl("UPDATE enterprise SET name = '新名' WHERE id = 1")

    with pytest.raises(FundRefused, match="与企业名称“新名”不一致"):
        await order_payments("B1", [1, 2], ORDERING, GROUND)

    assert await PaymentOrder.count() == 0


def killed_ordering(step: str, url: str) -> None:
    on_database(url, lambda: order_payments("B1", [1, 2], ORDERING, GROUND, dying_at(step)))


def killed_taking(step: str, url: str) -> None:
    async def work() -> None:
        await take_receipts(await both_receipts(), "回执.csv", TAKING, GROUND, dying_at(step))

    on_database(url, work)


def dying_at(step: str) -> Callable[[str], object]:
    async def progress(name: str) -> None:
        if name == step:
            die()

    return progress


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_any_step_and_begun_again_everything_is_paid_once(
    step: str,
    ready: Database,  # noqa: ARG001
    database_url: str,
) -> None:
    killed(killed_ordering, step, database_url)
    whole = step == "committed"
    assert await PaymentOrder.count() == (2 if whole else 0)
    assert (await states())[:2] == (["pay_ordered"] * 2 if whole else ["confirmed"] * 2)
    again = await order_payments("B1", [1, 2], ORDERING, GROUND)
    assert again.fresh == (0 if whole else 2)

    killed(killed_taking, step, database_url)
    assert await BankReceipt.count() == (2 if whole else 0)
    told = await take_receipts(await both_receipts(), "回执.csv", TAKING, GROUND)
    assert told == (Taken(0, 0, 2) if whole else Taken(1, 1, 0))
    assert await states() == ["paid", "account_bad", "confirmed"]
    assert await balance(1) == Balance(400, 500, 100, 5)
    assert [one.event for case in await cases([1]) for one in case.steps].count("pay") == 1
