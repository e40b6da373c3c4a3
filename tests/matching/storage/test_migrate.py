"""Migrations: once, however many processes begin at once."""

import subprocess
import sys

import pytest

from matching.storage.database import Database, make_engine
from matching.storage.migrate import migrate
from registry.enterprises.tables import Enterprise
from tests.databases import environment_for

pytestmark = pytest.mark.anyio

MIGRATE = """
import asyncio
from matching.storage.database import engine
from matching.storage.migrate import migrate

async def main():
    print(len(await migrate(engine())))
    await engine().close()

asyncio.run(main())
"""


async def test_a_second_time_nothing_is_left_to_run(db: Database) -> None:
    assert await migrate(db) == []
    assert await Enterprise.count() == 0


async def test_a_blank_database_gets_every_table(blank_database_url: str) -> None:
    engine = make_engine(blank_database_url)

    ran = await migrate(engine)

    assert len(ran) >= 1
    assert await Enterprise.count() == 0
    await engine.close()


def test_of_three_processes_at_once_one_migrates(blank_database_url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE],
            env=environment_for(blank_database_url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [process.communicate() for process in started]

    assert [process.returncode for process in started] == [0, 0, 0], said
    ran = sorted(int(out) for out, _ in said)
    assert ran[:2] == [0, 0]
    assert ran[2] >= 1
