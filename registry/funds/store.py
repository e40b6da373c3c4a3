"""The only queries on funds."""

from collections.abc import Iterable, Sequence

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows, next_ids
from matching.storage.database import engine, engine_kind
from matching.storage.errors import UniqueViolation
from matching.storage.read import read_frame
from registry.enterprises.store import listed, unfolded_numbers
from registry.funds import tables
from registry.funds.errors import FundRefused
from registry.funds.ledger import balances
from registry.funds.types import Balance, Fund, Kind, Wanted, Word

FUNDS = {
    "id": pl.Int64,
    "programme": pl.String,
    "year": pl.Int64,
    "label": pl.String,
    "sharing": pl.String,
    "refill_below_cents": pl.Int64,
}
ENTRIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "fund_id": pl.Int64,
    "place": pl.Int64,
    "kind": pl.String,
    "amount_cents": pl.Int64,
    "free_cents": pl.Int64,
    "reserved_cents": pl.Int64,
    "paid_cents": pl.Int64,
    "case_id": pl.Int64,
    "case_step": pl.Int64,
    "happened_at": pl.Datetime("us", "UTC"),
    "by_whom": pl.String,
    "document": pl.String,
    "note": pl.String,
}
HELD = {
    "case_id": pl.Int64,
    "fund_id": pl.Int64,
    "reserved_cents": pl.Int64,
    "paid_cents": pl.Int64,
}


async def funds() -> tuple[Fund, ...]:
    """Give all funds, by year and programme."""
    heads = await read_frame(f"SELECT {', '.join(FUNDS)} FROM fund", FUNDS)  # noqa: S608  our own names
    drawn = await read_frame(
        "SELECT fund_id, item_id FROM fund_item", {"fund_id": pl.Int64, "item_id": pl.String}
    )
    items = drawn.sort("item_id").group_by("fund_id").agg("item_id")
    named: dict[int, list[str]] = dict(items.iter_rows())
    return tuple(
        msgspec.convert(row | {"items": named.get(row["id"], [])}, Fund)
        for row in heads.sort("year", "programme").iter_rows(named=True)
    )


async def the_fund(programme: str, year: int) -> Fund:
    """Give one fund; raises FundRefused where there is none."""
    found = await funds()
    for one in found:
        if (one.programme, one.year) == (programme, year):
            return one
    known = "、".join(f"{one.programme} {one.year}" for one in found) or "还没有"
    raise FundRefused(
        [f"没有资金“{programme}”{year} 年；已有：{known}。用 registry funds open 建立"]
    )


async def add_fund(fund: Fund, word: Word) -> Fund:
    """Add a fund and its items in the current transaction; gives it with its number.

    Raises FundRefused where there is such a fund, or an item draws on another one that year.
    """
    [number] = await next_ids(tables.Fund, 1)
    try:
        head = (
            number,
            fund.programme,
            fund.year,
            fund.label,
            fund.sharing,
            fund.refill_below_cents,
        )
        await insert_rows(
            tables.Fund, (*FUNDS, "opened_at", "by_whom"), [(*head, word.now, word.by)]
        )
        await insert_rows(
            tables.FundItem,
            ("fund_id", "year", "item_id"),
            [(number, fund.year, item) for item in fund.items],
        )
    except UniqueViolation as there:
        said = (
            f"有事项在 {fund.year} 年已由另一笔资金安排；一个事项一年只用一笔资金"
            if there.table == "fund_item"
            else f"资金“{fund.programme}”{fund.year} 年已经建立"
        )
        raise FundRefused([f"{said}；用 registry funds show 查看"]) from None
    return msgspec.structs.replace(fund, id=number)


async def locked(fund_id: int) -> Balance:
    """Take a fund for the current transaction and give how it stands: nobody else enters anything before it ends."""
    if not engine().transaction_exists():
        raise RuntimeError("locked holds a fund for the current transaction, and there is none")
    if engine_kind(engine()) == "postgres":
        await tables.Fund.raw("SELECT id FROM fund WHERE id = {} FOR UPDATE", fund_id)
    return await balance(fund_id)


async def balance(fund_id: int) -> Balance:
    """Give how a fund stands after its last entry."""
    found = await read_frame(
        "SELECT free_cents, reserved_cents, paid_cents, place AS entries FROM fund_entry"
        " WHERE fund_id = $1 ORDER BY place DESC LIMIT 1",
        dict.fromkeys(Balance.__struct_fields__, pl.Int64),
        (fund_id,),
    )
    return Balance(**found.row(0, named=True)) if found.height else Balance()


async def enter(fund: Fund, wanted: Sequence[Wanted], word: Word) -> Balance:
    """Make entries in the current transaction; gives how the fund stands then.

    Raises FundShort where free money does not suffice, FundRefused where a sum would fall below zero.
    """
    now = await locked(fund.id)
    rows = list(balances(now, wanted, fund.label))
    await insert_rows(
        tables.FundEntry,
        tuple(ENTRIES),
        (
            (fund.id, after.entries, one.kind, one.cents, after.free_cents, after.reserved_cents,
             after.paid_cents, one.case_id, one.case_step, word.now, word.by, word.document, word.note)
            for one, after in rows
        ),
    )  # fmt: skip
    return rows[-1][1] if rows else now


async def entries(fund_id: int) -> pl.DataFrame:
    """Give a fund's ledger: the columns of ENTRIES, the first entry first."""
    columns = ", ".join(ENTRIES)
    return await read_frame(
        f"SELECT {columns} FROM fund_entry WHERE fund_id = $1 ORDER BY place",  # noqa: S608  our own names
        ENTRIES,
        (fund_id,),
    )


async def held_for(case_ids: Iterable[int]) -> pl.DataFrame:
    """Give case_id, fund_id, reserved_cents and paid_cents of these cases that ever had a reserve."""
    return await read_frame(
        "SELECT case_id, fund_id,"  # noqa: S608  our own words
        " CAST(sum(CASE kind WHEN 'reserve' THEN amount_cents WHEN 'repay' THEN 0"
        " ELSE -amount_cents END) AS bigint) AS reserved_cents,"
        " CAST(sum(CASE kind WHEN 'pay' THEN amount_cents WHEN 'repay' THEN -amount_cents"
        " ELSE 0 END) AS bigint) AS paid_cents"
        f" FROM fund_entry WHERE case_id IN ({unfolded_numbers()}) GROUP BY case_id, fund_id",
        HELD,
        [listed(pl.Series(list(case_ids), dtype=pl.Int64))],
    )


def wanted_of(moves: Iterable[tuple[str, int]], case_id: int, step: int) -> list[Wanted]:
    """Give the entries a step of a case leads to."""
    return [
        Wanted(kind=msgspec.convert(kind, Kind), cents=cents, case_id=case_id, case_step=step)
        for kind, cents in moves
    ]
