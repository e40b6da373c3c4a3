"""The queries on pools, plans, filings and targets."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows
from matching.storage.read import read_frame
from registry.pool.tables import PoolChange, PoolMonth, PoolPlan, PoolTarget, TitleFiling
from registry.pool.types import Filing, Planned, Target
from registry.profiles.knowledge import Known

MOMENT = pl.Datetime("us", "UTC")
CHANGES: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "pool": pl.String,
    "enterprise_id": pl.Int64,
    "step": pl.Int64,
    "before": pl.String,
    "event": pl.String,
    "after": pl.String,
    "undoes": pl.Int64,
    "happened_on": pl.Date,
    "recorded_at": MOMENT,
    "by_whom": pl.String,
    "reason": pl.String,
    "note": pl.String,
    "batch": pl.String,
    "document": pl.String,
    "officer": pl.String,
}
FILINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "kind": pl.String,
    "title": pl.String,
    "year": pl.Int64,
    "happened_on": pl.Date,
    "recorded_at": MOMENT,
}
PLANS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "pool": pl.String,
    "enterprise_id": pl.Int64,
    "year": pl.Int64,
    "fact": pl.String,
    "amount": pl.Int64,
    "filed_on": pl.Date,
    "document": pl.String,
    "recorded_at": MOMENT,
}
TARGETS: dict[str, pl.DataType | type[pl.DataType]] = {
    "place": pl.String,
    "department": pl.String,
    "title": pl.String,
    "kind": pl.String,
    "counts": pl.String,
    "first_year": pl.Int64,
    "last_year": pl.Int64,
    "every_year": pl.Boolean,
    "bound": pl.String,
    "figure": pl.Int64,
    "source": pl.String,
    "source_line": pl.String,
    "digest": pl.String,
    "recorded_at": MOMENT,
}
NAMES = {"enterprise_id": pl.Int64, "uscc": pl.String, "name": pl.String}
ADDED = (*(name for name in CHANGES if name != "id"), "evidence")


async def changes_known(
    known_at: datetime, pool: str | None = None, enterprises: Iterable[int] | None = None
) -> pl.DataFrame:
    """Give the changes recorded by a moment, in the order of their steps; of one pool, of some enterprises."""
    tests = ["pool = $1"] if pool is not None else []
    if enterprises is not None:
        tests.append(f"enterprise_id IN ({_numbers(enterprises)})")
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    columns = ", ".join(f'"{name}"' for name in CHANGES)
    found = await read_frame(
        f"SELECT {columns} FROM pool_change{where}",  # noqa: S608  our own names and whole numbers
        CHANGES,
        () if pool is None else (pool,),
    )
    return _known(found, known_at).sort("pool", "enterprise_id", "step")


async def add_changes(rows: Sequence[dict[str, Any]]) -> None:
    """Add changes, each with the columns ADDED; raises UniqueViolation where a step is taken."""
    await insert_rows(PoolChange, ADDED, [tuple(row.get(name) for name in ADDED) for row in rows])


async def evidence_of_change(change_id: int) -> str | None:
    """Give the evidence kept with a change; None where there is no such change."""
    found = await read_frame(
        "SELECT evidence FROM pool_change WHERE id = $1", {"evidence": pl.String}, (change_id,)
    )
    return found["evidence"][0] if found.height else None


async def names_of(enterprises: Iterable[int]) -> pl.DataFrame:
    """Give enterprise_id, uscc and name of these enterprises."""
    return await read_frame(
        f"SELECT id AS enterprise_id, uscc, name FROM enterprise WHERE id IN ({_numbers(enterprises)})",  # noqa: S608  whole numbers only
        NAMES,
    )


async def places_of(enterprises: Iterable[int], known: Known) -> pl.DataFrame:
    """Give enterprise_id and place as last told; whose place nobody told has no row."""
    wanted = pl.Series(enterprises, dtype=pl.Int64)
    merged = known.identities.filter(pl.col("enterprise_id").is_in(wanted.implode()))
    subjects = pl.concat([wanted, merged["subject_id"]])
    found = await read_frame(
        "SELECT enterprise_id, text AS place, observed_on, import_id FROM fact_value"  # noqa: S608  whole numbers only
        f" WHERE fact = 'place' AND enterprise_id IN ({_numbers(subjects)})",
        {
            "enterprise_id": pl.Int64,
            "place": pl.String,
            "observed_on": pl.Date,
            "import_id": pl.Int64,
        },
    )
    counting = found.filter(pl.col("import_id").is_in(known.imports["id"].to_list()))
    told = known.of_enterprises(counting)
    newest = told.sort("observed_on", "import_id").unique("enterprise_id", keep="last")
    return newest.select("enterprise_id", "place")


async def filings_known(known_at: datetime) -> pl.DataFrame:
    """Give the filings recorded by a moment."""
    columns = ", ".join(FILINGS)
    found = await read_frame(f"SELECT {columns} FROM title_filing", FILINGS)  # noqa: S608  our own names
    return _known(found, known_at).sort("happened_on", "enterprise_id")


async def add_filings(filings: Sequence[Filing], by: str, now: datetime) -> None:
    """Note yearly updates, changes and reports of changes."""
    names = Filing.__struct_fields__
    await insert_rows(
        TitleFiling,
        (*names, "by_whom", "recorded_at"),
        [(*msgspec.structs.astuple(filing), by, now) for filing in filings],
    )


async def plans_known(known_at: datetime) -> pl.DataFrame:
    """Give, for each enterprise and year, the plan filed last of those recorded by a moment, in that order."""
    found = await read_frame(f"SELECT {', '.join(PLANS)} FROM pool_plan", PLANS)  # noqa: S608  our own names
    newest = _known(found, known_at).sort("filed_on", "id")
    key = ("pool", "enterprise_id", "year", "fact")
    return newest.unique(subset=key, keep="last").sort(*key)


async def add_plans(plans: Sequence[Planned], by: str, now: datetime) -> None:
    """File plans; raises UniqueViolation where one was filed on that day already."""
    names = Planned.__struct_fields__
    await insert_rows(
        PoolPlan,
        (*names, "by_whom", "recorded_at"),
        [(*msgspec.structs.astuple(plan), by, now) for plan in plans],
    )


async def targets_known(known_at: datetime) -> pl.DataFrame:
    """Give the targets recorded by a moment."""
    found = await read_frame(f"SELECT {', '.join(TARGETS)} FROM pool_target", TARGETS)  # noqa: S608  our own names
    return _known(found, known_at).sort("place", "title", "first_year", "digest")


async def add_targets(targets: Sequence[Target], by: str, now: datetime) -> int:
    """Add targets that are not there yet; gives their number."""
    known = set((await targets_known(datetime.max.replace(tzinfo=UTC)))["digest"].to_list())
    fresh = {target.digest(): target for target in targets if target.digest() not in known}
    names = Target.__struct_fields__
    return await insert_rows(
        PoolTarget,
        (*names, "digest", "by_whom", "recorded_at"),
        [(*msgspec.structs.astuple(one), key, by, now) for key, one in fresh.items()],
    )


def _known(found: pl.DataFrame, known_at: datetime) -> pl.DataFrame:
    return found.filter(pl.col("recorded_at") <= known_at.astimezone(UTC))


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers) or "NULL"


async def months_looked_at(month: str) -> frozenset[str]:
    """Give the pools whose candidates of a month were looked for."""
    found = await read_frame(
        "SELECT pool FROM pool_month WHERE month = $1", {"pool": pl.String}, (month,)
    )
    return frozenset(found["pool"])


async def add_month(pool: str, month: str, counts: tuple[int, int], now: datetime) -> None:
    """Keep that candidates of a month were looked for; counts: proposed, and noted of them."""
    proposed, noted = counts
    await insert_rows(
        PoolMonth,
        ("pool", "month", "proposed", "noted", "recorded_at"),
        [(pool, month, proposed, noted, now)],
    )
