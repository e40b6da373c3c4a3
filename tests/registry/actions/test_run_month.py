"""A month is decided once, whole or not at all, however often it is begun and whoever is killed."""

import shutil
import socket
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from matching.catalogue.load_catalogue import build_catalogue
from matching.catalogue.load_vocabulary import build_vocabulary, shipped_vocabulary
from matching.notices.tables import Delivery, Notice
from matching.runs.freeze import FrozenFiles, FrozenMissing, freeze_population
from matching.runs.run_month import MONTHLY, BadPeriod, recomputed
from matching.runs.store import changes_of, entitlements_of, find_run
from matching.runs.tables import Change, Entitlement, Run, RunItem
from matching.storage.database import Database, engine, make_engine, use_engine
from matching.storage.errors import Holder, LockHeld
from registry.actions.run_month import Profiles, run_one_month
from registry.profiles.tables import Membership
from tests.makers import Entry, Sheet, at, give_addresses, money, rows, take_in
from tests.processes import die, held, killed, on_database, wait_here
from tests.registry.actions.town import (
    ADDRESSES,
    CHANGES,
    KEPT,
    OCTOBER,
    OCTOBER_RUN,
    SEPTEMBER,
    SEPTEMBER_RUN,
    TITLES,
    october,
    outcome,
    owed,
    play,
    rules_of,
    september,
    silent,
)

pytestmark = pytest.mark.anyio

STEPS = (
    "claimed", "loaded", "frozen", "decided", "compared", "entitlements written", "changes written",
    "notices written", "committed",
)  # fmt: skip
Outcomes = dict[str, dict[str, object]]


async def both_months(data_dir: Path) -> Outcomes:
    await september()
    await play(SEPTEMBER, data_dir)
    await october()
    await play(OCTOBER, data_dir)
    return {period: await outcome(period) for period in (SEPTEMBER, OCTOBER)}


@pytest.fixture(scope="session")
async def undisturbed(
    anyio_backend: str,  # noqa: ARG001  # its loop
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Outcomes:
    """What two months leave behind when nothing goes wrong, on a database of their own."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copy(sqlite_template, folder / "calm.sqlite")
    before, calm = engine(), make_engine(f"sqlite:///{folder / 'calm.sqlite'}")
    use_engine(calm)
    try:
        return await both_months(folder)
    finally:
        await calm.close()
        use_engine(before)


def killed_at(step: str, period: str, url: str, data_dir: Path) -> None:
    async def progress(name: str) -> None:
        if name == step:
            die()

    on_database(url, lambda: play(period, data_dir, progress=progress))


def held_at(line: Connection, step: str, period: str, url: str, data_dir: Path) -> None:
    async def progress(name: str) -> None:
        if name == step:
            wait_here(line)

    on_database(url, lambda: play(period, data_dir, progress=progress))


TABLES = (Entitlement, RunItem, Change, Notice, Delivery)


async def counts() -> list[int]:
    return [await table.count() for table in TABLES]


async def test_both_databases_end_alike(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
    undisturbed: Outcomes,
) -> None:
    assert await both_months(tmp_path) == undisturbed


async def test_every_kind_of_change_is_found_with_each_of_its_causes(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await both_months(tmp_path)

    run = await find_run(MONTHLY, OCTOBER)
    assert run is not None
    found = await changes_of(run.id)
    assert rows(found, "enterprise_id", "item_id", "kind", "cause") == CHANGES
    assert run.kept == KEPT


async def test_the_first_month_has_nothing_to_compare_with(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await september()

    ended = await play(SEPTEMBER, tmp_path)

    found, owed = await changes_of(ended.run_id), await entitlements_of(ended.run_id)
    assert rows(found, "kind", "cause") == {("new", "first_run")}
    assert rows(found, "enterprise_id", "item_id", "after_low") == rows(
        owed, "enterprise_id", "item_id", "low_cents"
    )


async def test_lists_sent_again_unchanged_take_nothing_away(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await september()
    await play(SEPTEMBER, tmp_path)
    entries = tuple(
        Entry(enterprise=row["enterprise_id"], list=row["list"], since=row["from_on"])
        for row in await Membership.select()
    )
    again = Sheet(
        number=9,
        department="industry",
        observed_on=date(2026, 10, 9),
        recorded_at=at(10, 9),
        entries=entries,
        whole=(*TITLES, "serious_dishonesty", "safety_accident"),
    )
    await take_in(again)

    ended = await run_one_month(
        OCTOBER,
        catalogue=rules_of(SEPTEMBER),
        data_dir=tmp_path,
        mail=False,
        now=OCTOBER_RUN,
        progress=silent,
    )

    found = await changes_of(ended.run_id)
    assert rows(found, "cause") == {("calendar",)}
    assert rows(found, "enterprise_id", "item_id", "kind") == {
        row[:3] for row in CHANGES if row[3] == "calendar" and row[1] != "safe"
    }


@pytest.mark.parametrize("step", STEPS)
async def test_a_month_killed_at_any_step_and_begun_again_ends_as_if_nothing_had_happened(
    step: str,
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
    undisturbed: Outcomes,
) -> None:
    months: tuple[tuple[str, Callable[[], Awaitable[None]]], ...] = (
        (SEPTEMBER, september),
        (OCTOBER, october),
    )
    for period, sheets in months:
        await sheets()
        before = await counts()

        killed(killed_at, step, period, database_url, tmp_path)
        if step != "committed":
            assert await counts() == before
        again = await play(period, tmp_path, now=at(12, 1))

        assert again.fresh is (step != "committed")
        assert await outcome(period) == undisturbed[period]


async def test_what_arrives_between_the_first_start_and_the_second_does_not_count(
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
    undisturbed: Outcomes,
) -> None:
    await september()
    killed(killed_at, "decided", SEPTEMBER, database_url, tmp_path)
    late = {14: {"robot_purchase": money(100)}, 2: {"robot_purchase": money(1)}}
    await take_in(
        Sheet(
            number=90,
            department="enterprise",
            observed_on=date(2026, 9, 30),
            recorded_at=at(10, 2),
            facts=late,
        )
    )

    await play(SEPTEMBER, tmp_path, now=at(10, 3))

    assert await outcome(SEPTEMBER) == undisturbed[SEPTEMBER]
    run = await find_run(MONTHLY, SEPTEMBER)
    assert run is not None
    assert (run.known_at, run.attempt) == (SEPTEMBER_RUN, 2)


async def test_the_same_month_again_changes_nothing_and_owes_nothing(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
    undisturbed: Outcomes,
) -> None:
    await both_months(tmp_path)
    before = await counts()

    for period in (OCTOBER, SEPTEMBER):
        again = await play(period, tmp_path, now=at(12, 1))

        assert not again.fresh
        assert await outcome(period) == undisturbed[period]
    assert await counts() == before
    assert await Run.count() == 2


@pytest.mark.parametrize("step", ["claimed", "notices written"])
async def test_of_two_processes_one_runs_and_the_other_is_told_which(
    step: str,
    db: Database,  # noqa: ARG001
    database_url: str,
    tmp_path: Path,
    undisturbed: Outcomes,
) -> None:
    await september()
    with held(held_at, step, SEPTEMBER, database_url, tmp_path) as other:
        with pytest.raises(LockHeld) as told:
            await play(SEPTEMBER, tmp_path)
        other.go_on()

    assert told.value.holder == Holder(other.process.pid or 0, socket.gethostname())
    assert await outcome(SEPTEMBER) == undisturbed[SEPTEMBER]
    assert not (await play(SEPTEMBER, tmp_path)).fresh


async def test_a_later_correction_does_not_change_what_a_month_says(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
    undisturbed: Outcomes,
) -> None:
    await both_months(tmp_path)
    files = FrozenFiles(tmp_path / "frozen")

    for period in (SEPTEMBER, OCTOBER):
        run = await find_run(MONTHLY, period)
        assert run is not None
        assert_frame_equal(await recomputed(run.id, files), await entitlements_of(run.id))
    assert await outcome(SEPTEMBER) == undisturbed[SEPTEMBER]


async def test_a_run_reads_the_same_knowledge_again_whatever_came_later(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await both_months(tmp_path)
    files, sources = FrozenFiles(tmp_path / "frozen"), Profiles(shipped_vocabulary())

    for period in (SEPTEMBER, OCTOBER):
        run = await find_run(MONTHLY, period)
        assert run is not None
        loaded = await sources.load(run.moment)
        assert freeze_population(loaded, files) == run.input_digest


async def test_a_new_order_of_trust_counts_for_firms_no_sheet_has_touched_since(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    """Who is believed stands in facts.yml; a month that changes it reads everybody anew."""
    day, recorded = date(2026, 9, 30), at(10, 1, 1)
    figures = {"statistics": money(1900), "tax": money(2500)}
    for number, (department, revenue) in enumerate(figures.items(), start=1):
        await take_in(
            Sheet(
                number=number,
                department=department,
                observed_on=day,
                recorded_at=recorded,
                newcomers=(1,) if number == 1 else (),
                facts={1: {"place": "410102", "annual_revenue@2025": revenue}},
            )
        )
    await play(SEPTEMBER, tmp_path)
    old = rules_of(SEPTEMBER)
    texts = dict(old.vocabulary.files)
    texts["facts.yml"] = texts["facts.yml"].replace(
        "sources: [tax, statistics],\n     ask: 该年度利润表的营业收入",
        "sources: [statistics, tax],\n     ask: 该年度利润表的营业收入",
    )
    assert texts != old.vocabulary.files

    ended = await run_one_month(
        OCTOBER,
        catalogue=build_catalogue(old.files, build_vocabulary(texts)),
        data_dir=tmp_path,
        mail=False,
        now=OCTOBER_RUN,
        progress=silent,
    )

    found = await changes_of(ended.run_id)
    assert rows(found, "enterprise_id", "item_id", "kind") == {(1, "revenue", "lost")}


async def test_a_month_whose_forerunner_is_lost_from_the_disk_says_so_and_can_be_run_later(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
    undisturbed: Outcomes,
) -> None:
    await september()
    await play(SEPTEMBER, tmp_path)
    await october()
    (tmp_path / "frozen").rename(tmp_path / "lost")

    with pytest.raises(FrozenMissing, match="从备份恢复数据目录"):
        await play(OCTOBER, tmp_path)
    (tmp_path / "lost").rename(tmp_path / "frozen")
    await play(OCTOBER, tmp_path)

    assert await outcome(OCTOBER) == undisturbed[OCTOBER]


async def test_mail_is_owed_only_where_a_server_is_set_up(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await september()

    ended = await run_one_month(
        SEPTEMBER,
        catalogue=rules_of(SEPTEMBER),
        data_dir=tmp_path,
        mail=False,
        now=SEPTEMBER_RUN,
        progress=silent,
    )

    assert rows(await owed(ended.run_id), "channel") == {("inbox",)}


async def test_one_digest_is_owed_an_enterprise_and_mailed_where_an_address_is_known(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await both_months(tmp_path)

    run = await find_run(MONTHLY, OCTOBER)
    assert run is not None
    told = await owed(run.id)
    inbox, mail = (told.filter(pl.col("channel") == channel) for channel in ("inbox", "email"))
    firms = {row[0] for row in CHANGES}
    assert sorted(inbox["unique_key"]) == sorted(f"digest:{OCTOBER}:{firm}" for firm in firms)
    assert set(mail["address"]) == {ADDRESSES[firm] for firm in firms & ADDRESSES.keys()}


async def test_mail_goes_to_the_newest_address(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    await september()
    await give_addresses({14: "new@example.cn"}, number=3)

    ended = await play(SEPTEMBER, tmp_path)

    told = (await owed(ended.run_id)).filter(pl.col("unique_key") == f"digest:{SEPTEMBER}:14")
    assert told["address"].drop_nulls().to_list() == ["new@example.cn"]


@pytest.mark.parametrize(
    ("period", "now"),
    [
        ("2026-13", at(12, 1)),
        ("October", at(12, 1)),
        ("2026-10-01", at(12, 1)),
        ("2026-9", at(12, 1)),
        ("2026-09 ", at(12, 1)),
        ("２０２６-09", at(12, 1)),
        ("2026-10", at(10, 31, 23)),
    ],
)
async def test_a_period_that_is_no_month_or_is_not_over_is_refused(
    period: str,
    now: datetime,
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    with pytest.raises(BadPeriod, match=period):
        await play(period, tmp_path, now=now)

    assert await Run.count() == 0


async def test_a_month_without_any_enterprise_is_decided(
    db: Database,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    ended = await play(SEPTEMBER, tmp_path)

    assert (await entitlements_of(ended.run_id)).is_empty()
    assert await Notice.count() == 0


async def test_months_are_decided_in_order(db: Database, tmp_path: Path) -> None:  # noqa: ARG001
    async def broken_off(step: str) -> None:
        if step == "loaded":
            raise KeyboardInterrupt

    await september()
    await october()
    with pytest.raises(KeyboardInterrupt):
        await play(SEPTEMBER, tmp_path, progress=broken_off)
    with pytest.raises(BadPeriod, match=f"{SEPTEMBER} 已开始而未完成"):
        await play(OCTOBER, tmp_path)

    await play(SEPTEMBER, tmp_path)
    await play(OCTOBER, tmp_path)

    with pytest.raises(BadPeriod, match=f"{OCTOBER} 已判定"):
        await run_one_month(
            "2026-08",
            catalogue=rules_of(SEPTEMBER),
            data_dir=tmp_path,
            mail=False,
            now=OCTOBER_RUN,
            progress=silent,
        )
