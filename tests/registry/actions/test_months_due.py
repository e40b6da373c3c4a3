"""Which months the clock owes, by the cron line in the city's own time zone."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from matching.storage.database import Database
from registry.actions.months_due import latest_month_due, month_after, month_before, months_due
from tests.makers import SHANGHAI, Sheet, at, take_in
from tests.processes import killed
from tests.registry.actions.test_run_month import killed_at
from tests.registry.actions.town import SEPTEMBER, play, september

pytestmark = pytest.mark.anyio

FIRST_AT_TWO = "0 2 1 * *"


@pytest.mark.parametrize(
    ("month", "after"), [("2026-10", "2026-11"), ("2026-12", "2027-01"), ("2026-09", "2026-10")]
)
def test_months_follow_each_other_over_the_year(month: str, after: str) -> None:
    year, number = map(int, after.split("-"))

    assert month_after(month) == after
    assert month_before(date(year, number, 1)) == month
    assert month_before(date(year, number, 28)) == month


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (datetime(2026, 10, 31, 17, 59, 59, tzinfo=UTC), "2026-09"),
        (datetime(2026, 10, 31, 18, 0, 0, tzinfo=UTC), "2026-10"),
        (datetime(2026, 11, 1, 1, 59, 59, tzinfo=SHANGHAI), "2026-09"),
        (datetime(2026, 11, 1, 2, 0, 0, tzinfo=SHANGHAI), "2026-10"),
        (datetime(2026, 11, 30, 23, 0, 0, tzinfo=SHANGHAI), "2026-10"),
        (datetime(2027, 1, 1, 2, 0, 0, tzinfo=SHANGHAI), "2026-12"),
    ],
)
def test_a_month_falls_due_at_its_tick_in_the_citys_zone(now: datetime, month: str) -> None:
    assert latest_month_due(now, FIRST_AT_TWO, SHANGHAI) == month


@pytest.mark.parametrize(
    ("cron", "zone", "month"),
    [
        ("0 2 1 * *", "Asia/Shanghai", "2026-10"),
        ("0 2 1 * *", "UTC", "2026-09"),
        ("30 9 5 * *", "Asia/Shanghai", "2026-09"),
        ("0 2 1 1 *", "Asia/Shanghai", "2025-12"),
        ("0 2 30 2 *", "Asia/Shanghai", None),
    ],
)
def test_the_cron_line_and_its_zone_are_honoured(cron: str, zone: str, month: str | None) -> None:
    now = datetime(2026, 10, 31, 20, 0, 0, tzinfo=UTC)

    assert latest_month_due(now, cron, ZoneInfo(zone)) == month


async def due(now: datetime) -> tuple[str, ...]:
    return await months_due(now, FIRST_AT_TWO, SHANGHAI)


def a_sheet_of(day: date) -> Sheet:
    return Sheet(number=1, department="market", observed_on=day, recorded_at=at(10, 1))


async def test_without_any_sheet_nothing_is_due(db: Database) -> None:  # noqa: ARG001
    assert await due(at(11, 1)) == ()


async def test_where_no_month_ever_was_decided_only_the_latest_is_due(db: Database) -> None:  # noqa: ARG001
    await take_in(a_sheet_of(date(2026, 3, 31)))

    assert await due(at(11, 1)) == ("2026-10",)


@pytest.mark.parametrize(
    ("day", "months"), [(date(2026, 10, 31), ("2026-10",)), (date(2026, 11, 1), ())]
)
async def test_no_month_before_the_first_sheet_is_due(
    day: date,
    months: tuple[str, ...],
    db: Database,  # noqa: ARG001
) -> None:
    await take_in(a_sheet_of(day))

    assert await due(at(11, 2)) == months


async def test_every_month_since_the_last_one_decided_is_due_in_order(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await september()
    await play(SEPTEMBER, tmp_path)

    assert await due(at(10, 31)) == ()
    assert await due(at(11, 1, 1)) == ()
    assert await due(at(11, 1, 2)) == ("2026-10",)
    assert await due(at(2, 1, 2, year=2027)) == ("2026-10", "2026-11", "2026-12", "2027-01")


async def test_a_first_month_begun_and_cut_off_is_still_owed(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
) -> None:
    await september()
    killed(killed_at, "decided", SEPTEMBER, database_url, tmp_path)

    assert await due(at(12, 1)) == ("2026-09", "2026-10", "2026-11")
