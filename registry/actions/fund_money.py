"""Open a fund, add to it, carry what is left into the next year, and show how all of them stand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from matching.storage.database import engine
from registry.cases.store import present
from registry.cases.types import State
from registry.funds.errors import FundRefused
from registry.funds.ledger import first_wrong
from registry.funds.store import add_fund, balance, enter, entries, funds, locked, the_fund
from registry.funds.types import Balance, Fund, Sharing, Wanted, Word

OWING: tuple[State, ...] = (
    "matched", "dept_review", "credit_check", "publicised", "objection", "second_objection", "notified",
    "confirmed", "account_bad", "pay_ordered",
)  # fmt: skip
"""Where a case stands that is owed money and has not had it."""

AGES: tuple[tuple[int, str], ...] = ((30, "30 天内"), (90, "31–90 天"), (180, "91–180 天"))
OLDER = "180 天以上"


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A fund to be opened. `cents`: what the budget gives it."""

    programme: str
    year: int
    label: str
    sharing: Sharing
    items: tuple[str, ...]
    cents: int
    refill_below_cents: int | None = None


async def open_fund(opening: Opening, known_items: Sequence[str], word: Word) -> Fund:
    """Open the fund of a programme and year with its first sum.

    known_items  of the catalogue. Raises FundRefused where it is there, or an item is unknown or has another fund.
    """
    strange = [one for one in opening.items if one not in known_items]
    problems = [f"没有事项“{one}”；用政策库里的编号" for one in strange]
    if not opening.items:
        problems.append("没有写哪些事项用这笔资金；至少一个")
    if problems:
        raise FundRefused(problems)
    said = {
        name: value for name, value in msgspec.structs.asdict(opening).items() if name != "cents"
    }
    async with engine().transaction():
        fund = await add_fund(Fund(id=0, **said), word)
        await enter(fund, [Wanted(kind="opening", cents=opening.cents)], word)
    return fund


async def refill_fund(programme: str, year: int, cents: int, word: Word) -> Balance:
    """Add to a fund; raises FundRefused where there is none, or no document says so."""
    if not word.document:
        raise FundRefused(["追加资金要有文号；写 --document"])
    fund = await the_fund(programme, year)
    async with engine().transaction():
        await enter(fund, [Wanted(kind="refill", cents=cents)], word)
    return await balance(fund.id)


async def carry_over(programme: str, year: int, word: Word) -> int:
    """Carry what is free of a year that is over into the same programme's next year; gives the sum.

    What is reserved stays until it is paid or released. Raises FundRefused where the year is not over, the next one
    is not opened, or nothing is free.
    """
    if word.now.date() <= date(year, 12, 31):
        raise FundRefused([f"{year} 年还没有结束；年度结束后再结转"])
    old, new = await the_fund(programme, year), await the_fund(programme, year + 1)
    async with engine().transaction():
        free = (await locked(old.id)).free_cents
        if not free:
            raise FundRefused([f"“{old.label}”{year} 年没有可结转的余额"])
        await enter(old, [Wanted(kind="carry_out", cents=free)], word)
        await enter(new, [Wanted(kind="carry_in", cents=free)], word)
    return free


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a fund stands. `waiting`, `waiting_cents`: cases of its items that have no reserve in it.

    refill     whether less is free than its threshold.
    wrong_at   the place of the first entry that does not follow from the one before; None: all do.
    """

    fund: Fund
    balance: Balance
    given_cents: int
    waiting: int
    waiting_cents: int
    refill: bool
    wrong_at: int | None


async def show_funds(zone: ZoneInfo) -> tuple[Standing, ...]:
    """Give how every fund stands, each ledger checked from its first entry."""
    open_cases = await present(OWING)
    return tuple([await _standing(fund, open_cases, zone) for fund in await funds()])


async def _standing(fund: Fund, open_cases: pl.DataFrame, zone: ZoneInfo) -> Standing:
    ledger = await entries(fund.id)
    now = await balance(fund.id)
    theirs = open_cases.filter(
        pl.col("item_id").is_in(fund.items),
        pl.col("opened_at").dt.convert_time_zone(str(zone)).dt.year() == fund.year,
    )
    waiting = theirs.join(ledger.select(id="case_id").drop_nulls(), on="id", how="anti")
    given = ledger.filter(pl.col("kind").is_in(["opening", "refill", "carry_in"]))
    return Standing(
        fund=fund,
        balance=now,
        given_cents=int(given["amount_cents"].sum()),
        waiting=waiting.height,
        waiting_cents=int(waiting["amount_cents"].sum()),
        refill=fund.refill_below_cents is not None and now.free_cents < fund.refill_below_cents,
        wrong_at=first_wrong(_rows(ledger)),
    )


def _rows(ledger: pl.DataFrame) -> list[tuple[Wanted, Balance]]:
    return [
        (
            Wanted(kind=row["kind"], cents=row["amount_cents"]),
            Balance(row["free_cents"], row["reserved_cents"], row["paid_cents"], row["place"]),
        )
        for row in ledger.iter_rows(named=True)
    ]


async def ageing(now: datetime) -> pl.DataFrame:
    """Give what is owed and not paid, by item and by how long its case is open: item_id, age, cases, cents, uncertain.

    uncertain  how many of the cases have no certain amount; they are not in the sum.
    """
    owed = await present(OWING)
    days = (pl.lit(now.astimezone(UTC)) - pl.col("opened_at")).dt.total_days()
    age = pl.lit(OLDER)
    for limit, label in reversed(AGES):
        age = pl.when(days <= limit).then(pl.lit(label)).otherwise(age)
    grouped = (
        owed.with_columns(age=age, days=days)
        .group_by("item_id", "age")
        .agg(
            cases=pl.len(),
            cents=pl.col("amount_cents").sum(),
            uncertain=pl.col("amount_cents").null_count(),
            oldest=pl.col("days").max(),
        )
    )
    return grouped.sort("item_id", "oldest").drop("oldest")
