"""Payment orders as the sheet finance sends to the bank, and the bank's receipts as they come back. Pure."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import polars as pl

from registry.funds.errors import FundRefused

Outcome = Literal["paid", "rejected"]
OUTCOMES: dict[str, Outcome] = {"成功": "paid", "退回": "rejected"}
NUMBER, PAYEE, BANK, ACCOUNT, AMOUNT, CHECK = (
    "订单号",
    "收款人",
    "开户行",
    "账号",
    "金额（元）",
    "校验",
)
SERIAL, OUTCOME, REASON = "流水号", "结果", "原因"
TOTAL = "合计"


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One order; see the table."""

    order_no: str
    batch: str
    case_id: int
    attempt: int
    payee: str
    bank: str
    account_number: str
    amount_cents: int


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the bank says of one order. `reason`: why it came back."""

    serial: str
    order_no: str
    outcome: Outcome
    amount_cents: int
    reason: str | None


def order_number(case_id: int, attempt: int, year: int) -> str:
    """Give the number of an order: the same case and attempt always have the same."""
    return f"{year}-{case_id:09d}-{attempt:02d}"


def digest(orders: Sequence[Order]) -> str:
    """Give the checksum of a batch: SHA-256 over its orders as they stand, in the order of their numbers."""
    lines = ["\t".join(_cells(one)) for one in sorted(orders, key=lambda one: one.order_no)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def order_sheet(orders: Sequence[Order]) -> pl.DataFrame:
    """Give the sheet of a batch: a row an order with its own checksum, and last a row with count, sum and the batch's."""
    rows = [
        (*_cells(one), hashlib.sha256("\t".join(_cells(one)).encode()).hexdigest()[:16])
        for one in sorted(orders, key=lambda one: one.order_no)
    ]
    whole = _plain_yuan(sum(one.amount_cents for one in orders))
    rows.append((TOTAL, f"{len(orders)} 笔", "", "", whole, digest(orders)))
    names = (NUMBER, PAYEE, BANK, ACCOUNT, AMOUNT, CHECK)
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def receipts_of(sheet: pl.DataFrame, file_name: str) -> tuple[Receipt, ...]:
    """Read the bank's sheet; raises FundRefused with every cell that is wrong."""
    needed = (NUMBER, OUTCOME, AMOUNT, SERIAL)
    missing = [name for name in needed if name not in sheet.columns]
    if missing:
        raise FundRefused(
            [
                f"{file_name}：缺少列 {'、'.join(missing)}；回执要有 {'、'.join(needed)}，退回的另写 {REASON}"
            ]
        )
    said = sheet.filter(pl.any_horizontal(pl.col(needed).str.strip_chars().str.len_chars() > 0))
    found, problems = [], list[str]()
    for place, row in enumerate(said.iter_rows(named=True), start=2):
        wrong = list(_wrong_cells(row))
        problems += [f"{file_name} 第 {place} 行：{one}" for one in wrong]
        if not wrong:
            found.append(_receipt(row))
    for name in ("serial", "order_no"):
        values = pl.Series([getattr(one, name) for one in found], dtype=pl.String)
        problems += [
            f"{file_name}：“{value}”出现多次；核对银行回单，一笔只留一行"
            for value in values.filter(values.is_duplicated()).unique().sort()
        ]
    if problems:
        raise FundRefused(problems)
    return tuple(found)


def _wrong_cells(row: dict[str, str | None]) -> Iterator[str]:
    for name in (NUMBER, SERIAL):
        if not (row[name] or "").strip():
            yield f"没有{name}；按银行回单补上"
    if (row[OUTCOME] or "").strip() not in OUTCOMES:
        yield f"结果“{row[OUTCOME] or ''}”不认识；写成 {'或'.join(OUTCOMES)}"
    if _cents(row[AMOUNT]) is None:
        yield f"金额“{row[AMOUNT] or ''}”不是金额；写成元，如 5000.00"


def _receipt(row: dict[str, str | None]) -> Receipt:
    return Receipt(
        serial=(row[SERIAL] or "").strip(),
        order_no=(row[NUMBER] or "").strip(),
        outcome=OUTCOMES[(row[OUTCOME] or "").strip()],
        amount_cents=_cents(row[AMOUNT]) or 0,
        reason=(row.get(REASON) or "").strip() or None,
    )


def _cells(one: Order) -> tuple[str, ...]:
    return (one.order_no, one.payee, one.bank, one.account_number, _plain_yuan(one.amount_cents))


def _plain_yuan(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def _cents(said: str | None) -> int | None:
    found = re.fullmatch(
        r"(\d{1,12})(?:\.(\d{1,2}))?", (said or "").replace(",", "").strip(), re.ASCII
    )
    return None if found is None else int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
