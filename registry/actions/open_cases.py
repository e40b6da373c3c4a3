"""Open the cases of a month: one for each entitlement that is money and has none yet."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
import polars as pl

from matching.runs.run_month import MONTHLY
from matching.runs.store import DONE, RunRecord, entitlements_of, find_run
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.case_holders import known_now, with_holders, with_inherited
from registry.cases.errors import CaseRefused
from registry.cases.guards import Ground
from registry.cases.step import due_at
from registry.cases.store import add_cases, add_first_steps, claimed
from registry.cases.types import Happened

LOCK = "cases"
SYSTEM = "system"
KEY = ("holder", "item_id", "award_period")


class Opened(msgspec.Struct, frozen=True):
    """How many cases were opened, were there already, and of the opened: how many amounts are not certain.

    not_money  entitlements to what is no money; they need no case.
    """

    opened: int
    already: int
    uncertain: int
    not_money: int


async def open_cases(period: str, ground: Ground, now: datetime) -> Opened:
    """Open what a finished month found owed; the same month again opens nothing.

    Whoever took over another's business has its cases: what that one was given is not opened again.
    Raises CaseRefused where the month is not done, YearUnknown where the review cannot be given a day.
    """
    run = await find_run(MONTHLY, period)
    if run is None or run.state != DONE:
        raise CaseRefused([f"{period} 还没有判定完；先运行 registry run --period {period}，再立案"])
    due = due_at("review", now, ground)
    async with database_lock(LOCK), engine().transaction():
        owed = await entitlements_of(run.id)
        money = owed.filter(pl.col("high_cents").is_null() | (pl.col("high_cents") > 0))
        knowing = await known_now(now)
        named = with_holders(money.with_columns(holder=pl.col("enterprise_id")), knowing)
        there = with_inherited(with_holders(await claimed(), knowing), knowing)
        # Two firms that are now one are owed an award once: the lower number has the case.
        fresh = named.join(there, on=KEY, how="anti").sort("enterprise_id")
        fresh = fresh.unique(KEY, keep="first", maintain_order=True)
        rows = fresh.with_columns(
            stage=pl.lit(1, dtype=pl.Int64),
            run_id=pl.lit(run.id, dtype=pl.Int64),
            amount_cents=pl.when(pl.col("low_cents") == pl.col("high_cents")).then("low_cents"),
        )
        opened = await add_cases(rows, now)
        await add_first_steps(opened, first_steps(_frozen(run), now, due))
    return Opened(
        opened=fresh.height,
        already=money.height - fresh.height,
        uncertain=rows["amount_cents"].null_count(),
        not_money=owed.height - money.height,
    )


def first_steps(
    frozen: Mapping[str, object], now: datetime, due: datetime
) -> tuple[Happened, Happened]:
    """Give the two steps each case begins with: what it was judged by, and that it matched."""
    begun = Happened(
        step=1,
        before=None,
        event="freeze",
        after="candidate",
        happened_at=now,
        by_whom=SYSTEM,
        role="engine",
        evidence=msgspec.json.encode(frozen).decode(),
    )
    matched = msgspec.structs.replace(
        begun, step=2, before="candidate", event="match", after="matched", due_at=due
    )
    return begun, matched


def _frozen(run: RunRecord) -> dict[str, object]:
    return {
        "period": run.period,
        "input": run.input_digest,
        "rules": run.rules_digest,
        "receipt": run.receipt,
    }
