"""Order the payments of a batch once, and take in what the bank says of them once, whoever is killed in between."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import msgspec
import polars as pl

from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.step_cases import make_steps
from registry.cases.guards import Ground, account_is_its_own
from registry.cases.store import cases
from registry.cases.types import Account, Asked, Case
from registry.funds.errors import FundRefused
from registry.funds.order_store import add_orders, add_receipts, orders, orders_of_batch, receipts
from registry.funds.orders import Order, Receipt, order_number, receipts_of

LOCK = "payments"
Progress = Callable[[str], Awaitable[None]]
"""Called at every step with its name; tests are killed there."""


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """Who orders or takes in, and when."""

    by: str
    now: datetime


class Ordered(msgspec.Struct, frozen=True):
    """The orders of a batch. `fresh`: how many were made now; the same batch again makes none."""

    orders: tuple[Order, ...]
    fresh: int


async def silent(step: str) -> None:
    """Say nothing of a step."""
    del step


async def order_payments(
    batch: str, case_ids: Sequence[int], word: Word, ground: Ground, progress: Progress = silent
) -> Ordered:
    """Order the payment of confirmed cases as one batch; the same batch again gives the orders there are.

    Raises CaseRefused or FundRefused with every case that cannot be paid; then none is ordered.
    """
    async with database_lock(LOCK):
        async with engine().transaction():
            there = await orders_of_batch(batch)
            if there:
                if set(case_ids) != {one.case_id for one in there}:
                    raise FundRefused(
                        [f"批次“{batch}”已下达 {len(there)} 笔，不能增减；其余案件另用一个批次号"]
                    )
                return Ordered(there, 0)
            made = _orders(batch, await cases(case_ids), word, ground)
            numbers = {one.case_id: one.order_no for one in made}
            await make_steps(
                [(one, _asked_order(numbers.get(one, "?"), batch, word)) for one in case_ids],
                ground,
            )
            await progress("stepped")
            await add_orders(made, word.by, word.now)
            await progress("written")
        await progress("committed")
    return Ordered(tuple(sorted(made, key=lambda one: one.order_no)), len(made))


def _asked_order(number: str, batch: str, word: Word) -> Asked:
    return Asked(
        event="order", role="finance", by=word.by, now=word.now, evidence=number, document=batch
    )


def _orders(batch: str, found: Sequence[Case], word: Word, ground: Ground) -> list[Order]:
    """Give the orders; raises FundRefused where a name does not fit its account."""
    made, problems = [], []
    for case in found:
        account = _account(case)
        said = Asked(event="confirm", role="finance", by=word.by, now=word.now, account=account)
        wrong = account_is_its_own(case, said, ground)
        if wrong is not None or account is None or case.amount_cents is None:
            problems.append(
                f"案件 {case.id}（{case.name or case.holder}）：{wrong or '金额未核定'}"
            )
            continue
        attempt = 1 + sum(one.event == "order" for one in case.steps)
        made.append(
            Order(
                order_no=order_number(case.id, attempt, word.now.year),
                batch=batch,
                case_id=case.id,
                attempt=attempt,
                payee=account.holder,
                bank=account.bank,
                account_number=account.number,
                amount_cents=case.amount_cents,
            )
        )
    if problems:
        raise FundRefused(problems)
    return made


def _account(case: Case) -> Account | None:
    told = [one.account for one in case.steps if one.account is not None]
    return msgspec.json.decode(told[-1], type=Account) if told else None


class Taken(msgspec.Struct, frozen=True):
    """What a bank's file said: payments made, payments that came back, and rows taken in before."""

    paid: int
    rejected: int
    known: int


async def take_receipts(
    sheet: pl.DataFrame, file_name: str, word: Word, ground: Ground, progress: Progress = silent
) -> Taken:
    """Take in the bank's receipts; the same file again changes nothing.

    Raises FundRefused with every row that fits no order, or says otherwise than one taken in before; then none is.
    """
    told = receipts_of(sheet, file_name)
    async with database_lock(LOCK):
        async with engine().transaction():
            known = await receipts((r.order_no for r in told), (r.serial for r in told))
            fresh = [one for one in told if one not in known]
            there = await orders(one.order_no for one in fresh)
            problems = [
                f"{file_name}：流水号 {one.serial}，订单 {one.order_no}：{why}"
                for one in fresh
                if (why := _misfit(one, there.get(one.order_no), known)) is not None
            ]
            if problems:
                raise FundRefused(problems)
            await make_steps(
                [(there[one.order_no].case_id, _asked(one, word)) for one in fresh], ground
            )
            await progress("stepped")
            await add_receipts(fresh, file_name, word.now)
            await progress("written")
        await progress("committed")
    paid = sum(one.outcome == "paid" for one in fresh)
    return Taken(paid, len(fresh) - paid, len(told) - len(fresh))


def _misfit(told: Receipt, order: Order | None, known: Sequence[Receipt]) -> str | None:
    if order is None:
        return "没有这笔订单；核对订单号，不是本系统下达的不要放进来"
    if told.amount_cents != order.amount_cents:
        return f"金额 {told.amount_cents} 分与订单的 {order.amount_cents} 分不同；与银行核对"
    if any(told.order_no == one.order_no or told.serial == one.serial for one in known):
        return "与先前收下的回执说法不同；与银行核对，以先前的为准"
    return None


def _asked(told: Receipt, word: Word) -> Asked:
    back = told.outcome == "rejected"
    return Asked(
        event="reject_payment" if back else "pay",
        role="bank",
        by=word.by,
        now=word.now,
        reason="bank_rejected" if back else None,
        note=told.reason,
        evidence=f"{told.order_no} 流水号 {told.serial}",
    )
