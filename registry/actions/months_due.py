"""Which months the clock owes: recomputed from the database, so that none is lost while the machine is down."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # ships no types

from matching.runs.run_month import MONTHLY, period_end
from matching.runs.store import runs_begun, runs_done
from matching.storage.read import read_frame

A_MOMENT = timedelta(seconds=1)


def month_before(day: date) -> str:
    """Name the month before the one of this day."""
    last = day.replace(day=1) - timedelta(days=1)
    return f"{last.year:04d}-{last.month:02d}"


def month_after(period: str) -> str:
    """Name the month after this one."""
    year, month = (int(part) for part in period.split("-"))
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"


def latest_month_due(now: datetime, cron: str, timezone: ZoneInfo) -> str | None:
    """Give the month whose tick has come last by now; None where none came within the past year."""
    trigger = CronTrigger.from_crontab(cron, timezone=timezone)
    latest = None
    tick = trigger.get_next_fire_time(None, now - timedelta(days=370))
    while tick is not None and tick <= now:
        latest = tick
        tick = trigger.get_next_fire_time(tick, tick + A_MOMENT)
    return month_before(latest.astimezone(timezone).date()) if latest else None


async def months_due(now: datetime, cron: str, timezone: ZoneInfo) -> tuple[str, ...]:
    """Give every month that should have been decided by now and is not, oldest first.

    Counting starts after the last month decided. Where none ever was, it starts with the first one begun
    and cut off, or else only the latest month is due: nobody is owed what was never promised. A month of
    which no sheet speaks is never due: deciding it on nothing would only block it.
    """
    latest = latest_month_due(now, cron, timezone)
    earliest = await _earliest_sheet()
    if latest is None or earliest is None:
        return ()
    done = [run.period for run in await runs_done(MONTHLY)]
    begun = [run.period for run in await runs_begun(MONTHLY)]
    due: list[str] = []
    period = month_after(max(done)) if done else min([*begun, latest])
    while period <= latest:
        if period_end(period) >= earliest:
            due.append(period)
        period = month_after(period)
    return tuple(due)


async def _earliest_sheet() -> date | None:
    found = await read_frame(
        "SELECT min(observed_on) AS observed_on FROM import", {"observed_on": pl.Date}
    )
    return found["observed_on"].item() if found.height else None
