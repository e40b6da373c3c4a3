"""What the clock does with cases: tells who may confirm, reminds, lets lapse; and lists what people owe."""

from collections import Counter
from datetime import UTC, date, datetime

import msgspec
import polars as pl

from registry.actions.step_cases import make_steps
from registry.cases.guards import Ground, due_reminder
from registry.cases.store import cases, present
from registry.cases.types import Asked, Case, Event, State

SYSTEM = "system"
IN_ORDER: tuple[Event, ...] = ("lapse", "remind", "notify")
CLOCKED: tuple[State, ...] = ("publicised", "notified")
ENDED: tuple[State, ...] = (
    "nearly", "undecidable", "not_met", "paid", "archived", "declined", "lapsed", "removed", "cancelled",
    "claw_back", "repaid", "written_off",
)  # fmt: skip
"""Where nothing is to be paid any more, or it has been."""


def clock_step(case: Case, now: datetime, ground: Ground) -> Asked | None:
    """Give what the clock does with a case now; None: nothing. Pure."""

    def asked(event: Event, evidence: str | None = None) -> Asked:
        return Asked(event=event, role="platform", by=SYSTEM, now=now, evidence=evidence)

    over = case.due_at is not None and now >= case.due_at
    if case.state == "publicised":
        return asked("notify") if over else None
    if case.state == "notified" and over:
        return asked("lapse")
    if case.state == "notified":
        reminder = due_reminder(case, asked("remind"), ground)
        return None if reminder is None else asked("remind", str(reminder))
    return None


async def keep_case_clocks(ground: Ground, now: datetime) -> dict[str, int]:
    """Make every step whose moment has come; gives how many of each event. Again at once: none.

    Raises YearUnknown where a new window cannot be given its last day; what needs none is done by then.
    """
    waiting = await present(CLOCKED)
    found = await cases(waiting["id"])
    wanted = [
        (case.id, said) for case in found if (said := clock_step(case, now, ground)) is not None
    ]
    for event in IN_ORDER:
        await make_steps([one for one in wanted if one[1].event == event], ground)
    return dict(Counter(said.event for _, said in wanted))


async def overdue(by: datetime) -> pl.DataFrame:
    """Give the cases whose clock has run out by a moment and waits for people: the columns of PRESENT."""
    found = await present()
    return found.filter(pl.col("due_at") <= by.astimezone(UTC), ~pl.col("state").is_in(ENDED)).sort(
        "due_at", "id"
    )


class YearEnd(msgspec.Struct, frozen=True, kw_only=True):
    """A case that money of the year may be lost for. `way_out`: what can still be done, and by when."""

    case_id: int
    name: str | None
    uscc: str | None
    item_id: str
    state: State
    amount_cents: int | None
    way_out: str


WAYS_OUT: dict[State, str] = {
    "account_bad": "请企业更换账户（registry cases step change_account），年内重新支付",
    "notified": "请企业确认；逾期可在年内补办一次",
    "confirmed": "年内下达支付令",
    "pay_ordered": "催银行回执",
    "lapsed": "企业可在年内补办一次",
}


async def year_end(year: int, now: datetime) -> tuple[YearEnd, ...]:
    """Give whose money of a budget year may be lost: notified in it, and not paid."""
    waiting = await present(WAYS_OUT)
    heads = {row["id"]: row for row in waiting.iter_rows(named=True)}
    found = [case for case in await cases(heads) if case.budget_year(now.tzinfo) == year]
    over = now.date() > date(year, 12, 31)
    return tuple(
        YearEnd(
            case_id=case.id,
            name=case.name,
            uscc=heads[case.id]["uscc"],
            item_id=case.item_id,
            state=case.state,
            amount_cents=case.amount_cents,
            way_out="年度已结束；账户异常的用 registry cases step year_end 清理"
            if over
            else WAYS_OUT[case.state],
        )
        for case in found
        if case.state in WAYS_OUT
    )
