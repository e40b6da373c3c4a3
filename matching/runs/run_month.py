"""Running a month: claim, freeze, decide, compare, and write all of it in one transaction.

Nothing is visible before the last step, and that step is one transaction: a run that is killed anywhere
leaves at most frozen files and its claim, and starting it again ends as if nothing had happened. Its two
time axes are fixed by the first claim, so a later start decides on the same knowledge.
"""

import asyncio
import os
import re
import socket
from calendar import monthrange
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from importlib.metadata import version

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.population import Population
from matching.runs.compare import Compared, compare, first_changes
from matching.runs.decide import decide
from matching.runs.freeze import (
    FrozenFiles,
    freeze_population,
    freeze_rules,
    thaw_population,
    thaw_rules,
)
from matching.runs.receipt import receipt
from matching.runs.store import (
    DONE,
    RunRecord,
    entitlements_of,
    find_run,
    get_run,
    previous_run,
    runs_begun,
    runs_done,
    write_changes,
    write_entitlements,
    write_set_aside,
    write_totals,
)
from matching.runs.tables import Run
from matching.runs.types import Decided, Ended, Judged, Progress, Sources
from matching.storage.database import engine
from matching.storage.lock import database_lock

MONTHLY = "monthly"
LOCK = "run"
DATA_LOCK = "imports"
"""Held by an import while it writes, and by a run while it fixes the moment it knows up to."""
PERIOD = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)
Tell = Callable[[RunRecord, Decided, Compared, Catalogue], Awaitable[None]]
"""Writes the owed notices of a run inside its last transaction."""


class MonthInputs(msgspec.Struct, frozen=True, kw_only=True):
    """What a month is run with."""

    sources: Sources
    catalogue: Catalogue
    files: FrozenFiles
    tell: Tell
    progress: Progress


class BadPeriod(ValueError):
    """A period that is no month, or one that has not ended."""


def period_end(period: str) -> date:
    """Give the last day of a month written 2026-10, and in no other way: the text is the run's key."""
    found = PERIOD.fullmatch(period)
    if found is None:
        raise BadPeriod(f"“{period}”不是月份；写成 2026-10")
    year, month = int(found[1]), int(found[2])
    return date(year, month, monthrange(year, month)[1])


async def run_month(period: str, inputs: MonthInputs, now: datetime) -> Ended:
    """Decide one month, once.

    now  the moment of the call in the city's time zone; what is recorded later does not count.
    Raises LockHeld where another process is running a month, BadPeriod where the month is none or not over.
    """
    as_of = period_end(period)
    if as_of >= now.date():
        raise BadPeriod(f"{period} 还没有结束（{as_of} 为最后一天）；月末之后再运行")
    async with database_lock(LOCK, wait=False):
        run = await _claimed(period, as_of, now)
        if run.state == DONE:
            return Ended(run_id=run.id, period=period, fresh=False, receipt=run.receipt or "")
        await inputs.progress("claimed")
        return await _decided_run(run, inputs, now)


async def _claimed(period: str, as_of: date, now: datetime) -> RunRecord:
    """Take the period, or take it up again where an earlier attempt was cut off."""
    holder = f"{socket.gethostname()}:{os.getpid()}"[:80]
    found = await find_run(MONTHLY, period)
    if found is None:
        await _refuse_out_of_order(period)
        before = await previous_run(MONTHLY, period)
        # No import is half-way while the moment is fixed: what it records is either seen or later.
        async with database_lock(DATA_LOCK):
            await Run.insert(
                Run(
                    kind=MONTHLY,
                    period=period,
                    state="running",
                    attempt=1,
                    holder=holder,
                    as_of=as_of,
                    known_at=now,
                    started_at=now,
                    previous=before.id if before else None,
                )
            )
    elif found.state != DONE:
        await Run.update({Run.attempt: found.attempt + 1, Run.holder: holder}).where(
            Run.id == found.id
        )
    claimed = await find_run(MONTHLY, period)
    if claimed is None:
        raise LookupError(f"批次 {period} 刚写入又消失；请检查数据库")
    return claimed


async def _refuse_out_of_order(period: str) -> None:
    """Refuse a month whose comparison would mislead: after a later one, or past one not finished."""
    later = [run.period for run in await runs_done(MONTHLY) if run.period > period]
    if later:
        raise BadPeriod(f"{max(later)} 已判定，不能再补判更早的 {period}：变化会与后一期对不上")
    begun = [run.period for run in await runs_begun(MONTHLY) if run.period != period]
    if begun:
        raise BadPeriod(f"{min(begun)} 已开始而未完成；先运行它，再运行 {period}")


async def _decided_run(run: RunRecord, inputs: MonthInputs, now: datetime) -> Ended:
    before = await get_run(run.previous) if run.previous is not None else None
    old = await asyncio.to_thread(_judged_before, before, inputs.files) if before else None
    population = await _population(run, before, old, inputs)
    await inputs.progress("loaded")
    input_digest = await asyncio.to_thread(freeze_population, population, inputs.files)
    rules_digest = await asyncio.to_thread(freeze_rules, inputs.catalogue, inputs.files)
    await inputs.progress("frozen")
    judged = Judged(population=population, catalogue=inputs.catalogue, as_of=run.as_of)
    decided = await asyncio.to_thread(decide, judged)
    await inputs.progress("decided")
    compared = await _compared(before, old, judged, decided, run, inputs.sources)
    await inputs.progress("compared")
    heads = {
        "period": run.period,
        "as_of": run.as_of.isoformat(),
        "known_at": run.known_at.isoformat(),
        "engine": engine_version(),
        "input": input_digest,
        "rules": rules_digest,
    }
    proof = receipt(heads, decided, compared, before.receipt if before else None)
    async with engine().transaction():
        await write_entitlements(run.id, decided.entitlements)
        await write_set_aside(run.id, decided.set_aside)
        await write_totals(run.id, decided.totals)
        await inputs.progress("entitlements written")
        await write_changes(run.id, compared.changes)
        await inputs.progress("changes written")
        await inputs.tell(run, decided, compared, inputs.catalogue)
        await inputs.progress("notices written")
        await Run.update(
            {
                Run.state: DONE,
                Run.finished_at: now,
                Run.input_digest: input_digest,
                Run.rules_digest: rules_digest,
                Run.engine_version: heads["engine"],
                Run.receipt: proof,
                Run.enterprises: decided.enterprises,
                Run.items: decided.totals.height,
                Run.kept: compared.kept,
            }
        ).where((Run.id == run.id) & (Run.state != DONE))
    await inputs.progress("committed")
    return Ended(run_id=run.id, period=run.period, fresh=True, receipt=proof)


def engine_version() -> str:
    """Name what decided: this package and the column library, by version."""
    return f"registry {version('registry')}, polars {version('polars')}"


def _judged_before(before: RunRecord, files: FrozenFiles) -> Judged:
    if before.input_digest is None or before.rules_digest is None:
        raise LookupError(f"批次 {before.period} 没有冻结的输入；请检查数据库")
    return Judged(
        population=thaw_population(before.input_digest, files),
        catalogue=thaw_rules(before.rules_digest, files),
        as_of=before.as_of,
    )


async def _population(
    run: RunRecord, before: RunRecord | None, old: Judged | None, inputs: MonthInputs
) -> Population:
    if before is None or old is None:
        return await inputs.sources.load(run.moment)
    if old.catalogue.vocabulary.digest != inputs.catalogue.vocabulary.digest:
        # Words have changed: which source is believed, or which fact is spoken of, may be another.
        return await inputs.sources.load(run.moment)
    return await inputs.sources.renew(old.population, before.moment, run.moment)


async def _compared(  # noqa: PLR0913, PLR0917  the two runs side by side
    before: RunRecord | None,
    old: Judged | None,
    judged: Judged,
    decided: Decided,
    run: RunRecord,
    sources: Sources,
) -> Compared:
    if before is None or old is None:
        return first_changes(decided.entitlements)
    corrected = await sources.corrected(before.moment, run.moment)
    earlier = await entitlements_of(before.id)
    return await asyncio.to_thread(
        compare, (earlier, decided.entitlements), (old, judged), corrected
    )


async def recomputed(run_id: int, files: FrozenFiles) -> pl.DataFrame:
    """Decide a past run once more from what it froze; gives its entitlements anew."""
    run = await get_run(run_id)
    judged = await asyncio.to_thread(_judged_before, run, files)
    return (await asyncio.to_thread(decide, judged)).entitlements
