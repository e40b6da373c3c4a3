"""Transactions behave alike on both databases, also when they fail, are cancelled or meet."""

import asyncio
import subprocess
import sys

import pytest

from matching.storage.database import Database, make_engine, use_engine
from matching.storage.errors import UniqueViolation, translated
from registry.enterprises.tables import Enterprise, EnterpriseContact
from tests.databases import environment_for

pytestmark = pytest.mark.anyio

ADD_ONE_FORTY_TIMES = """
import asyncio
from matching.storage.database import engine
from registry.enterprises.tables import Enterprise

async def main():
    for _ in range(40):
        async with engine().transaction():
            number = await Enterprise.count()
            row = Enterprise(uscc=None, name=str(number), name_key="甲", created_import=1)
            await row.save()
    await engine().close()

asyncio.run(main())
"""


def running(script: str, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment_for(url),
        stderr=subprocess.PIPE,
        text=True,
    )


def enterprise(name: str, uscc: str | None = None) -> Enterprise:
    return Enterprise(uscc=uscc, name=name, name_key=name, created_import=1)


async def test_writers_of_several_processes_all_get_their_turn(
    db: Database,  # noqa: ARG001
    database_url: str,
) -> None:
    started = [running(ADD_ONE_FORTY_TIMES, database_url) for _ in range(3)]
    said = [process.communicate()[1] for process in started]

    assert [process.returncode for process in started] == [0, 0, 0], said
    assert await Enterprise.count() == 120


async def test_writers_of_one_process_all_get_their_turn(db: Database) -> None:
    async def add(number: int) -> None:
        async with db.transaction():
            await enterprise(str(number)).save()

    await asyncio.gather(*(add(number) for number in range(30)))

    assert await Enterprise.count() == 30


async def test_a_failed_transaction_leaves_nothing(db: Database) -> None:
    async def fail() -> None:
        async with db.transaction():
            await enterprise("甲").save()
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    assert await Enterprise.count() == 0


async def test_an_inner_transaction_is_a_part_of_the_outer(db: Database) -> None:
    async with db.transaction():
        async with db.transaction():
            await enterprise("甲").save()
        assert db.transaction_exists()

    assert await Enterprise.count() == 1


async def test_a_cancelled_transaction_leaves_nothing_and_holds_nothing(db: Database) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        async with db.transaction():
            await enterprise("甲").save()
            begun.set()
            await asyncio.Event().wait()

    tasks = [asyncio.create_task(endless())]
    await begun.wait()
    tasks += [asyncio.create_task(endless()) for _ in range(12)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)

    assert all(isinstance(end, asyncio.CancelledError) for end in ended)
    async with db.transaction():
        await enterprise("乙").save()
    assert [row["name"] for row in await Enterprise.select(Enterprise.name)] == ["乙"]


async def test_a_repeated_row_is_named_alike(db: Database) -> None:  # noqa: ARG001
    def contact() -> EnterpriseContact:
        return EnterpriseContact(enterprise_id=1, channel="email", address="a@b.cn", import_id=1)

    await contact().save()
    with pytest.raises(UniqueViolation) as caught, translated():
        await contact().save()

    assert caught.value.table == "enterprise_contact"
    assert caught.value.columns == ("enterprise_id", "channel", "address")
    assert "enterprise_contact" in str(caught.value)


async def test_a_repeated_primary_key_is_named_alike(db: Database) -> None:  # noqa: ARG001
    rows = [enterprise("甲"), enterprise("乙")]
    for row in rows:
        row.id = 7
    await Enterprise.insert(rows[0])

    with pytest.raises(UniqueViolation) as caught, translated():
        await Enterprise.insert(rows[1])

    assert (caught.value.table, caught.value.columns) == ("enterprise", ("id",))


async def test_another_broken_rule_is_no_repetition(db: Database) -> None:  # noqa: ARG001
    with pytest.raises(Exception, match=r"(?i)check") as caught, translated():
        await enterprise("甲", uscc="914101").save()

    assert not isinstance(caught.value, UniqueViolation)


def test_an_engine_outlives_its_event_loop(database_url: str) -> None:
    engine = make_engine(database_url)
    use_engine(engine)

    async def add() -> int:
        await enterprise("甲").save()
        count: int = await Enterprise.count()
        await engine.close()
        return count

    assert asyncio.run(add()) == 1
    assert asyncio.run(add()) == 2


def test_a_process_ends_though_it_closed_nothing(database_url: str) -> None:
    script = """
import asyncio
from registry.enterprises.tables import Enterprise
from matching.storage.database import engine

async def main():
    print(await Enterprise.count(), engine() is not None)

asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**environment_for(database_url), "PICCOLO_CONF": "registry.piccolo_conf"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "0 True\n"), done.stderr
