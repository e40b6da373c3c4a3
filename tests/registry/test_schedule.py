"""The clock asks what is due; months missed while the machine was down are made up for, in order."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest
from apscheduler.events import (  # type: ignore[import-untyped]  # ships no types
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    JobExecutionEvent,
)

from matching.catalogue.load_catalogue import Catalogue
from matching.notices.store import inbox_of
from matching.runs.run_month import MONTHLY
from matching.runs.store import changes_of, entitlements_of, runs_done
from matching.storage.database import Database
from matching.storage.lock import database_lock
from registry.schedule import Schedule
from registry.settings import Settings, read_settings
from tests.makers import Clause, Entry, Sheet, at, catalogue_of, rows, take_in
from tests.matching.notices.post_office import PostOffice, open_office
from tests.processes import PATIENCE_SECONDS, held, on_database, wait_here
from tests.registry.actions.town import ADDRESSES, SEPTEMBER, play, rules_of, september

pytestmark = pytest.mark.anyio

TITLE = catalogue_of({"title": Clause(condition="{listed: little_giant}")})


def scheduled(
    database_url: str,
    data_dir: Path,
    clock: Callable[[], datetime],
    rules: Catalogue = TITLE,
    **more: object,
) -> Schedule:
    environment = {"REGISTRY_DATABASE_URL": database_url, "REGISTRY_DATA_DIR": str(data_dir)}
    settings: Settings = msgspec.structs.replace(read_settings(environment), **more)
    return Schedule(settings, rules, clock)


async def one_title(since: date, until: date, *, observed_on: date, recorded_at: datetime) -> None:
    entry = Entry(enterprise=1, list="little_giant", since=since, until=until)
    await take_in(
        Sheet(
            number=1,
            department="industry",
            observed_on=observed_on,
            recorded_at=recorded_at,
            newcomers=(1,),
            facts={1: {"place": "410102"}},
            entries=[entry],
            whole=("little_giant",),
        )
    )


async def test_months_missed_are_made_up_for_in_order(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
) -> None:
    await september()
    await play(SEPTEMBER, tmp_path)
    schedule = scheduled(database_url, tmp_path, lambda: at(1, 15, year=2027), rules_of(SEPTEMBER))

    made_up = await schedule.run_due_months()

    assert made_up == ("2026-10", "2026-11", "2026-12")
    runs = await runs_done(MONTHLY)
    assert [run.period for run in runs] == [SEPTEMBER, *made_up]
    assert [run.previous for run in runs] == [None, *(run.id for run in runs[:-1])]
    assert await schedule.run_due_months() == ()


async def test_what_time_takes_is_told_in_the_month_it_was_taken(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
) -> None:
    await one_title(
        date(2024, 7, 1),
        date(2026, 11, 15),
        observed_on=date(2026, 9, 30),
        recorded_at=at(10, 1, 1),
    )
    clock = [at(10, 1, 2)]
    schedule = scheduled(database_url, tmp_path, lambda: clock[0])

    assert await schedule.run_due_months() == ("2026-09",)
    clock[0] = at(12, 24)
    assert await schedule.run_due_months() == ("2026-10", "2026-11")

    first, second, third = await runs_done(MONTHLY)
    assert [(await entitlements_of(run.id)).height for run in (first, second, third)] == [1, 1, 0]
    assert (await changes_of(second.id)).is_empty()
    assert rows(await changes_of(third.id), "kind", "cause") == {("lost", "calendar")}


async def test_a_month_is_over_by_the_citys_clock_and_not_by_greenwichs(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
) -> None:
    """At 02:00 on the first in Shanghai it is still the last day of the month in Greenwich."""
    await one_title(
        date(2024, 7, 1), date(2027, 6, 30), observed_on=date(2026, 9, 30), recorded_at=at(10, 1, 1)
    )
    clock = [datetime.fromisoformat("2026-09-30T17:59:59+00:00")]
    schedule = scheduled(database_url, tmp_path, lambda: clock[0])

    assert await schedule.run_due_months() == ()
    clock[0] += timedelta(seconds=1)
    assert await schedule.run_due_months() == ("2026-09",)


async def jobs_ended(schedule: Schedule, names: set[str]) -> dict[str, BaseException | None]:
    """Start a schedule; gives how the first round of these jobs ended."""
    ended: dict[str, BaseException | None] = {}
    all_ended = asyncio.Event()

    def note(event: JobExecutionEvent) -> None:
        ended[event.job_id] = event.exception
        if names <= ended.keys():
            all_ended.set()

    schedule.scheduler.add_listener(note, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
    schedule.start()
    await asyncio.wait_for(all_ended.wait(), PATIENCE_SECONDS)
    await schedule.stop()
    return ended


async def test_starting_makes_up_for_what_was_missed_and_delivers(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
) -> None:
    """The scheduler waits by the machine's clock, so this happens a year ago."""
    await one_title(
        date(2024, 7, 1),
        date(2027, 6, 30),
        observed_on=date(2025, 9, 30),
        recorded_at=at(10, 1, 1, year=2025),
    )
    clock = [at(10, 15, year=2025)]
    both, rarely = {"months", "deliveries"}, 10_000_000

    def schedule() -> Schedule:
        return scheduled(database_url, tmp_path, lambda: clock[0], delivery_seconds=rarely)

    ended = await jobs_ended(schedule(), both)
    clock[0] = at(12, 15, year=2025)
    await jobs_ended(schedule(), both)
    await schedule().deliver()

    assert ended == {"months": None, "deliveries": None}
    assert [run.period for run in await runs_done(MONTHLY)] == ["2025-09", "2025-10", "2025-11"]
    assert [notice.subject[:7] for notice in await inbox_of(1)] == ["2025-09"]


async def test_mail_goes_out_where_a_server_is_set_up(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
) -> None:
    await september()
    office = PostOffice()

    async with open_office(office) as server:
        schedule = scheduled(
            database_url, tmp_path, lambda: at(10, 2), rules_of(SEPTEMBER), smtp=server
        )
        await schedule.run_due_months()
        await schedule.deliver()
        await schedule.deliver()

    told = {ADDRESSES[firm] for firm in (2, 3, 14)}
    assert sorted(office.addresses) == sorted(told)


def holding(line: Connection, lock: str, url: str) -> None:
    async def hold() -> None:
        async with database_lock(lock):
            wait_here(line)

    on_database(url, hold)


async def test_a_schedule_leaves_what_another_process_is_at(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
) -> None:
    await september()
    schedule = scheduled(database_url, tmp_path, lambda: at(10, 2), rules_of(SEPTEMBER))

    with held(holding, "run", database_url):
        assert await schedule.run_due_months() == ()
    assert await schedule.run_due_months() == (SEPTEMBER,)
    with held(holding, "deliver", database_url):
        await schedule.deliver()
    assert await inbox_of(14) == ()
    await schedule.deliver()
    assert len(await inbox_of(14)) == 1
