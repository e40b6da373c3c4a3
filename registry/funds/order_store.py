"""The only queries on payment orders and receipts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_texts
from registry.funds import tables
from registry.funds.orders import Order, Receipt

ORDERS: dict[str, pl.DataType | type[pl.DataType]] = {
    name: pl.Int64 if name in {"case_id", "attempt", "amount_cents"} else pl.String
    for name in Order.__struct_fields__
}
RECEIPTS: dict[str, pl.DataType | type[pl.DataType]] = {
    name: pl.Int64 if name == "amount_cents" else pl.String for name in Receipt.__struct_fields__
}


async def orders_of_batch(batch: str) -> tuple[Order, ...]:
    """Give the orders of a batch, by number."""
    found = await read_frame(
        f"SELECT {', '.join(ORDERS)} FROM payment_order WHERE batch = $1",  # noqa: S608  our own names
        ORDERS,
        (batch,),
    )
    return tuple(
        msgspec.convert(row, Order) for row in found.sort("order_no").iter_rows(named=True)
    )


async def orders(numbers: Iterable[str]) -> dict[str, Order]:
    """Give these orders by number; unknown ones are left out."""
    found = await read_frame(
        f"SELECT {', '.join(ORDERS)} FROM payment_order WHERE order_no IN ({unfolded_texts()})",  # noqa: S608
        ORDERS,
        [listed(pl.Series(list(numbers), dtype=pl.String))],
    )
    return {row["order_no"]: msgspec.convert(row, Order) for row in found.iter_rows(named=True)}


async def add_orders(made: Sequence[Order], by: str, now: datetime) -> None:
    """Add orders; raises UniqueViolation where one is there already."""
    names = Order.__struct_fields__
    await insert_rows(
        tables.PaymentOrder,
        (*names, "made_at", "by_whom"),
        ((*msgspec.structs.astuple(one), now, by) for one in made),
    )


async def receipts(order_numbers: Iterable[str], serials: Iterable[str]) -> tuple[Receipt, ...]:
    """Give the receipts kept for these orders or under these serials."""
    wanted = listed(pl.Series([*order_numbers, *serials], dtype=pl.String))
    found = await read_frame(
        f"SELECT {', '.join(RECEIPTS)} FROM bank_receipt"  # noqa: S608  our own names
        f" WHERE order_no IN ({unfolded_texts()}) OR serial IN ({unfolded_texts()})",
        RECEIPTS,
        [wanted],
    )
    return tuple(msgspec.convert(row, Receipt) for row in found.iter_rows(named=True))


async def add_receipts(taken: Sequence[Receipt], file_name: str, now: datetime) -> None:
    """Add receipts; raises UniqueViolation where an order has one, or a serial is used."""
    names = Receipt.__struct_fields__
    await insert_rows(
        tables.BankReceipt,
        (*names, "received_at", "file_name"),
        ((*msgspec.structs.astuple(one), now, file_name[:200]) for one in taken),
    )
