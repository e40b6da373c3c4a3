"""One process at a time does this, and the others can say who does."""

import asyncio
import fcntl
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TextIO

import asyncpg  # type: ignore[import-untyped]  # ships no types

from matching.storage.database import engine
from matching.storage.errors import Holder, LockHeld
from matching.storage.postgres_engine import PooledPostgresEngine
from matching.storage.sqlite_engine import PooledSQLiteEngine

ASK_AGAIN_SECONDS = 0.1
DYING_SECONDS = 3
"""How long PostgreSQL may take to notice that a killed process is gone and to free its lock."""

_KEY = "hashtextextended($1, 0)"
_WHO = f"""
SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (l.classid::bigint << 32 | l.objid::bigint) = {_KEY}
"""  # noqa: S608  # no value in it


@asynccontextmanager
async def database_lock(name: str, *, wait: bool = True) -> AsyncIterator[None]:
    """Hold the lock of this name in the database of the process; it ends with the process at latest.

    A file beside the database on SQLite, an advisory lock on PostgreSQL: neither is a transaction,
    so it can be held over several. With wait=False raises LockHeld where another has it.
    """
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
        raise ValueError(f"a lock's name is made of a–z, 0–9 and -, not {name!r}")
    database = engine()
    held = (
        _file_lock(database, name, wait=wait)
        if isinstance(database, PooledSQLiteEngine)
        else _advisory_lock(database, name, wait=wait)
    )
    async with held:
        yield


async def lock_until_the_transaction_ends(name: str) -> None:
    """Let nobody else who asks for this name go on until the current transaction ends.

    On SQLite a transaction that writes is alone anyway. Raises RuntimeError where there is no transaction.
    """
    database = engine()
    if not database.transaction_exists():
        raise RuntimeError("there is no transaction whose end would end the lock")
    if isinstance(database, PooledPostgresEngine):
        async with database.connection() as connection:
            await connection.execute(f"SELECT pg_advisory_xact_lock({_KEY})", name)


def _myself() -> Holder:
    return Holder(os.getpid(), socket.gethostname())


@asynccontextmanager
async def _file_lock(database: PooledSQLiteEngine, name: str, *, wait: bool) -> AsyncIterator[None]:
    with _lock_file(Path(f"{database.path}.{name}.lock")) as file:
        while not _taken(file):
            if not wait:
                file.seek(0)
                raise LockHeld(name, Holder.read(file.read()))
            await asyncio.sleep(ASK_AGAIN_SECONDS)
        _sign(file, _myself().written())
        yield
        _sign(file, "")


def _lock_file(path: Path) -> TextIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a+", encoding="ascii")


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(file: TextIO, text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


@asynccontextmanager
async def _advisory_lock(
    database: PooledPostgresEngine, name: str, *, wait: bool
) -> AsyncIterator[None]:
    connection = await database.named_connection(_myself().written())
    loop = asyncio.get_running_loop()
    patience = loop.time() + DYING_SECONDS
    try:
        while not await connection.fetchval(f"SELECT pg_try_advisory_lock({_KEY})", name):
            if not wait and loop.time() > patience:
                raise LockHeld(name, await _advisory_holder(connection, name))
            await asyncio.sleep(ASK_AGAIN_SECONDS)
        yield
    finally:
        try:
            await connection.close()
        finally:
            connection.terminate()  # where closing was cancelled


async def _advisory_holder(connection: asyncpg.Connection, name: str) -> Holder | None:
    return Holder.read(await connection.fetchval(_WHO, name) or "")
