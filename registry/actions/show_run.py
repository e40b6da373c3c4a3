"""Show what a month decided: totals, changes with their cause, what was told, and the receipt."""

import msgspec
import polars as pl

from matching.notices.store import delivery_counts
from matching.runs.run_month import MONTHLY
from matching.runs.store import RunRecord, change_counts, find_run, get_run, runs_done, totals_of
from matching.runs.types import Cause, ChangeKind
from matching.storage.database import snapshot
from matching.storage.read import read_frame

CHANGES_SHOWN = 50

_CHANGES = {
    "id": pl.Int64,
    "enterprise_id": pl.Int64,
    "name": pl.String,
    "item_id": pl.String,
    "kind": pl.String,
    "cause": pl.String,
    "before_low": pl.Int64,
    "before_high": pl.Int64,
    "after_low": pl.Int64,
    "after_high": pl.Int64,
    "why": pl.String,
}


class ItemTotal(msgspec.Struct, frozen=True, kw_only=True):
    """How one item came out over the population; the fields are those of the run_item table.

    yielded, waiting  met, but given up for another item, or not yet told which of two; None: not settled.
    """

    item_id: str
    payable: bool
    held_back: str | None
    met: int
    unmet: int
    unknown: int
    person: int
    certain_cents: int
    possible_cents: int
    endless: int
    yielded: int | None = None
    waiting: int | None = None


class Counted(msgspec.Struct, frozen=True):
    """How often a change of this kind had this cause."""

    kind: ChangeKind
    cause: Cause
    count: int


class Delivered(msgspec.Struct, frozen=True):
    """How many deliveries of one channel are in one state."""

    channel: str
    state: str
    count: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One run with everything but its single changes.

    entitled  enterprises with at least one entitlement; `entitlements` counts the entitlements.
    """

    run: RunRecord
    previous_period: str | None
    entitled: int
    entitlements: int
    totals: tuple[ItemTotal, ...] = ()
    changes: tuple[Counted, ...] = ()
    deliveries: tuple[Delivered, ...] = ()

    @property
    def certain_cents(self) -> int:
        """Sum what is surely owed."""
        return sum(total.certain_cents for total in self.totals)

    @property
    def possible_cents(self) -> int:
        """Sum the upper ends of what is or may be owed."""
        return sum(total.possible_cents for total in self.totals)

    @property
    def endless(self) -> int:
        """Count the pairs that have no upper end and so are in no sum."""
        return sum(total.endless for total in self.totals)


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One change; the fields are those of the change table."""

    id: int
    enterprise_id: int
    name: str | None
    item_id: str
    kind: ChangeKind
    cause: Cause
    before_low: int | None
    before_high: int | None
    after_low: int | None
    after_high: int | None
    why: str | None


class ChangesShown(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a run's changes."""

    run: RunRecord
    counts: tuple[Counted, ...]
    rows: tuple[ChangeRow, ...]
    total: int


async def latest_run() -> RunRecord | None:
    """Give the finished run of the latest period."""
    done = await runs_done(MONTHLY)
    return done[-1] if done else None


async def show_runs() -> tuple[Shown, ...]:
    """Give every finished run, latest period first."""
    async with snapshot():
        done = await runs_done(MONTHLY)
        shown = [await _shown(run) for run in reversed(done)]
    return tuple(shown)


async def show_run(period: str) -> Shown | None:
    """Give the run of a period; None where there is none, or it is not finished."""
    run = await find_run(MONTHLY, period)
    shown: Shown | None = None
    if run is not None and run.finished_at is not None:
        async with snapshot():
            shown = await _shown(run)
    return shown


async def show_latest_run() -> Shown | None:
    """Give the finished run of the latest period."""
    run = await latest_run()
    return await show_run(run.period) if run is not None else None


async def show_changes(period: str, kind: ChangeKind | None, page: int) -> ChangesShown | None:
    """Give one page of a run's changes, counted from 1; None where there is no such run."""
    run = await find_run(MONTHLY, period)
    if run is None or run.finished_at is None:
        return None
    # What a finished run wrote is never changed: no snapshot is needed.
    counts = await _change_counts(run.id)
    found = await read_frame(
        "SELECT c.id, c.enterprise_id, e.name, c.item_id, c.kind, c.cause, c.before_low,"
        " c.before_high, c.after_low, c.after_high, c.why"
        " FROM change c LEFT JOIN enterprise e ON e.id = c.enterprise_id"
        " WHERE c.run_id = $1 AND ($2 = '' OR c.kind = $2)"
        " ORDER BY c.id LIMIT $3 OFFSET $4",
        _CHANGES,
        (run.id, kind or "", CHANGES_SHOWN, (page - 1) * CHANGES_SHOWN),
    )
    rows = found.sort("id").iter_rows(named=True)
    return ChangesShown(
        run=run,
        counts=counts,
        rows=tuple(msgspec.convert(row, ChangeRow) for row in rows),
        total=sum(counted.count for counted in counts if kind in (None, counted.kind)),
    )


async def most_entitled(run_id: int, how_many: int) -> tuple[tuple[int, str, int], ...]:
    """Give id, name and certain 分 of the enterprises that are owed most."""
    found = await read_frame(
        "SELECT e.id, e.name, w.cents FROM (SELECT enterprise_id, sum(low_cents) AS cents"
        " FROM entitlement WHERE run_id = $1 GROUP BY enterprise_id"
        " ORDER BY sum(low_cents) DESC, enterprise_id LIMIT $2) w"
        " JOIN enterprise e ON e.id = w.enterprise_id",
        {"id": pl.Int64, "name": pl.String, "cents": pl.Int64},
        (run_id, how_many),
    )
    return tuple(found.sort("cents", "id", descending=[True, False]).iter_rows())


async def _shown(run: RunRecord) -> Shown:
    before = await get_run(run.previous) if run.previous is not None else None
    entitled = await read_frame(
        "SELECT count(DISTINCT enterprise_id) AS enterprises, count(*) AS entitlements"
        " FROM entitlement WHERE run_id = $1",
        {"enterprises": pl.Int64, "entitlements": pl.Int64},
        (run.id,),
    )
    enterprises, entitlements = entitled.row(0)
    totals = await totals_of(run.id)
    deliveries = await delivery_counts(run.id)
    return Shown(
        run=run,
        previous_period=before.period if before else None,
        entitled=enterprises,
        entitlements=entitlements,
        totals=tuple(msgspec.convert(row, ItemTotal) for row in totals.iter_rows(named=True)),
        changes=await _change_counts(run.id),
        deliveries=tuple(Delivered(*row) for row in deliveries.iter_rows()),
    )


async def _change_counts(run_id: int) -> tuple[Counted, ...]:
    return tuple(Counted(*row) for row in (await change_counts(run_id)).iter_rows())
