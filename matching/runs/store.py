"""The only queries on runs."""

from datetime import date, datetime, timedelta

import msgspec
import polars as pl

from matching.runs.tables import Change, Entitlement, Run, RunItem, SetAside
from matching.runs.types import CHANGES, ENTITLEMENTS, SET_ASIDE, TOTALS, Moment
from matching.storage.bulk import insert_rows
from matching.storage.read import read_frame

DONE = "done"


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A run as its row stands."""

    id: int
    kind: str
    period: str
    state: str
    attempt: int
    holder: str
    as_of: date
    known_at: datetime
    started_at: datetime
    finished_at: datetime | None
    previous: int | None
    input_digest: str | None
    rules_digest: str | None
    engine_version: str | None
    receipt: str | None
    enterprises: int | None
    items: int | None
    kept: int | None

    @property
    def moment(self) -> Moment:
        """Give the two time axes it was decided on."""
        return Moment(self.as_of, self.known_at)


async def find_run(kind: str, period: str) -> RunRecord | None:
    """Give the run of a period, done or not."""
    found = await Run.select().where((Run.kind == kind) & (Run.period == period)).first()
    return None if found is None else msgspec.convert(found, RunRecord)


async def get_run(run_id: int) -> RunRecord:
    """Give the run of that id."""
    found = await Run.select().where(Run.id == run_id).first()
    if found is None:
        raise LookupError(f"没有编号为 {run_id} 的匹配批次")
    return msgspec.convert(found, RunRecord)


async def runs_done(kind: str) -> tuple[RunRecord, ...]:
    """Give all finished runs of a kind, oldest period first."""
    found = await Run.select().where((Run.kind == kind) & (Run.state == DONE)).order_by(Run.period)
    return tuple(msgspec.convert(row, RunRecord) for row in found)


async def runs_begun(kind: str) -> tuple[RunRecord, ...]:
    """Give the runs of a kind that were claimed and are not finished, oldest period first."""
    found = await Run.select().where((Run.kind == kind) & (Run.state != DONE)).order_by(Run.period)
    return tuple(msgspec.convert(row, RunRecord) for row in found)


async def latest_known_at() -> datetime | None:
    """Give the latest moment any run was fixed to know up to; None before the first run."""
    found = await Run.select(Run.known_at).order_by(Run.known_at, ascending=False).first()
    return None if found is None else msgspec.convert(found["known_at"], datetime)


async def after_every_run(moment: datetime) -> datetime:
    """Give a moment no run has counted up to yet: this one, or just after the latest.

    A run that began while somebody read or thought has not seen what is written now.
    """
    known = await latest_known_at()
    return moment if known is None else max(moment, known + timedelta(microseconds=1))


async def previous_run(kind: str, period: str) -> RunRecord | None:
    """Give the finished run of the latest period before this one."""
    earlier = [run for run in await runs_done(kind) if run.period < period]
    return earlier[-1] if earlier else None


async def entitlements_of(run_id: int) -> pl.DataFrame:
    """Give what a run found owed: the columns of ENTITLEMENTS."""
    return await read_frame(
        "SELECT enterprise_id, item_id, award_period, low_cents, high_cents"
        " FROM entitlement WHERE run_id = $1 ORDER BY enterprise_id, item_id",
        ENTITLEMENTS,
        (run_id,),
    )


async def set_aside_of(run_id: int) -> pl.DataFrame:
    """Give what was met and not owed because of another item: the columns of SET_ASIDE."""
    return await read_frame(
        "SELECT enterprise_id, item_id, award_period, state, partner, rule, basis, low_cents,"
        " high_cents FROM set_aside WHERE run_id = $1 ORDER BY enterprise_id, item_id",
        SET_ASIDE,
        (run_id,),
    )


async def totals_of(run_id: int) -> pl.DataFrame:
    """Give how each item came out: the columns of TOTALS."""
    return await read_frame(
        "SELECT item_id, payable, held_back, met, unmet, unknown, person, certain_cents,"
        " possible_cents, endless, yielded, waiting FROM run_item WHERE run_id = $1 ORDER BY item_id",
        TOTALS,
        (run_id,),
    )


async def changes_of(run_id: int) -> pl.DataFrame:
    """Give what is different from the run before: the columns of CHANGES."""
    return await read_frame(
        "SELECT enterprise_id, item_id, kind, cause, before_low, before_high, after_low, after_high,"
        " why FROM change WHERE run_id = $1 ORDER BY enterprise_id, item_id",
        CHANGES,
        (run_id,),
    )


async def change_counts(run_id: int) -> pl.DataFrame:
    """Give kind, cause and count of a run's changes."""
    return await read_frame(
        "SELECT kind, cause, count(*) AS count FROM change WHERE run_id = $1"
        " GROUP BY kind, cause ORDER BY kind, cause",
        {"kind": pl.String, "cause": pl.String, "count": pl.Int64},
        (run_id,),
    )


async def write_entitlements(run_id: int, frame: pl.DataFrame) -> None:
    """Add a run's entitlements in the current transaction."""
    columns = tuple(ENTITLEMENTS)
    rows = ((run_id, *row) for row in frame.select(columns).iter_rows())
    await insert_rows(Entitlement, ("run_id", *columns), rows)


async def write_set_aside(run_id: int, frame: pl.DataFrame) -> None:
    """Add what a run found met and not owed in the current transaction."""
    columns = tuple(SET_ASIDE)
    rows = ((run_id, *row) for row in frame.select(columns).iter_rows())
    await insert_rows(SetAside, ("run_id", *columns), rows)


async def write_totals(run_id: int, frame: pl.DataFrame) -> None:
    """Add how each item came out in the current transaction."""
    columns = tuple(TOTALS)
    rows = ((run_id, *row) for row in frame.select(columns).iter_rows())
    await insert_rows(RunItem, ("run_id", *columns), rows)


async def write_changes(run_id: int, frame: pl.DataFrame) -> None:
    """Add a run's changes in the current transaction."""
    columns = tuple(CHANGES)
    rows = ((run_id, *row) for row in frame.select(columns).iter_rows())
    await insert_rows(Change, ("run_id", *columns), rows)
