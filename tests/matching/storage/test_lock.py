"""One process at a time, and the others can say who."""

import asyncio
import os
import socket
import subprocess
import sys

import pytest

from matching.storage.database import Database
from matching.storage.errors import Holder, LockHeld
from matching.storage.lock import database_lock, lock_until_the_transaction_ends
from tests.databases import environment_for

pytestmark = pytest.mark.anyio

HOLD = """
import asyncio, sys
from matching.storage.lock import database_lock

async def main():
    async with database_lock("month"):
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


def holding(url: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=environment_for(url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


async def test_the_second_process_is_told_who_is_at_it(db: Database, database_url: str) -> None:  # noqa: ARG001
    with holding(database_url) as other:
        with pytest.raises(LockHeld) as caught:
            async with database_lock("month", wait=False):
                pytest.fail("two processes had the lock")
        other.communicate()

    assert caught.value.holder == Holder(other.pid, socket.gethostname())
    assert str(other.pid) in str(caught.value)


async def test_a_killed_process_holds_no_lock(db: Database, database_url: str) -> None:  # noqa: ARG001
    with holding(database_url) as other:
        other.kill()
        other.communicate()

        async with database_lock("month"):
            pass


async def test_a_lock_given_back_can_be_taken_at_once(db: Database) -> None:  # noqa: ARG001
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            async with database_lock("month", wait=False):
                _ = 1 // 0


async def test_within_one_process_too(db: Database) -> None:  # noqa: ARG001
    async with database_lock("month"):
        with pytest.raises(LockHeld, match=str(os.getpid())):
            async with database_lock("month", wait=False):
                pytest.fail("held twice")


async def test_locks_of_other_names_do_not_meet(db: Database) -> None:  # noqa: ARG001
    async with database_lock("month"), database_lock("delivery", wait=False):
        pass


async def test_a_lock_does_not_stop_readers_and_writers(db: Database) -> None:
    async with database_lock("month"), db.transaction():
        pass


@pytest.mark.parametrize("name", ["", "../x", "月", "a b", "x" * 41])
async def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        async with database_lock(name):
            pass


async def test_a_lock_of_a_transaction_is_held_to_its_end(db: Database) -> None:
    with pytest.raises(RuntimeError, match="no transaction"):
        await lock_until_the_transaction_ends("money")
    order: list[str] = []
    inside = asyncio.Event()

    async def first() -> None:
        async with db.transaction():
            await lock_until_the_transaction_ends("money")
            inside.set()
            await asyncio.sleep(0.2)  # long enough for the other to come, were it let in
            order.append("first")

    async def second() -> None:
        await inside.wait()
        async with db.transaction():
            await lock_until_the_transaction_ends("money")
            order.append("second")

    await asyncio.gather(first(), second())

    assert order == ["first", "second"]
