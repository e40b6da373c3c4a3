"""Piccolo's SQLite engine with a small pool, write-ahead log and transactions that wait their turn.

Piccolo's own opens a connection and a thread for each query, and begins transactions DEFERRED, so
that two writers fail at once with "database is locked" however long they would wait.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import (
    AsyncBatch,
    SQLiteEngine,
    SQLiteTransaction,
    TransactionType,
    dict_factory,
)
from piccolo.query.base import Query
from piccolo.table import Table

from matching.storage import sqlite_ddl as sqlite_ddl  # noqa: PLC0414  # imported for its effect
from matching.storage.sqlite_constraints import altered_constraint

BUSY_SECONDS = 60
"""A month of 720,000 enterprises is one transaction; other writers wait for it."""

MAX_CONNECTIONS = 8

PRAGMAS = f"""
PRAGMA busy_timeout = {BUSY_SECONDS * 1000};
PRAGMA journal_mode = WAL;
PRAGMA foreign_keys = ON;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -65536;
PRAGMA mmap_size = 268435456;
PRAGMA temp_store = MEMORY;
"""


class PooledSQLiteTransaction(SQLiteTransaction):
    """A transaction on a connection of the pool, which gets it back whatever happens."""

    engine: "PooledSQLiteEngine"
    connection: aiosqlite.Connection

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self.connection = await self.engine.get_connection()
        try:
            await self.connection.execute(f"BEGIN {self.transaction_type.value}")
        except BaseException:
            await self.engine.discard(self.connection)
            raise
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if self._parent is not None:
            return False
        # Not reset by token: a fixture or generator may leave in another context than it entered.
        self.engine.current_transaction.set(None)
        if exception is not None and not isinstance(exception, Exception):
            await self.engine.discard(self.connection)  # cancelled: a statement may still run
            return False
        try:
            if not (self._committed or self._rolled_back):
                await self.connection.execute("COMMIT" if exception is None else "ROLLBACK")
        except BaseException:
            await self.engine.discard(self.connection)  # closing rolls back what is not committed
            raise
        self.engine.release(self.connection)
        return False


class PooledSQLiteEngine(SQLiteEngine):
    """SQLite in one file, for one event loop at a time; a new loop gets a new pool."""

    __slots__ = ("_idle", "_loop", "_places")

    def __init__(self, path: Path) -> None:
        super().__init__(path=str(path), timeout=BUSY_SECONDS, cached_statements=512)
        self._idle: list[aiosqlite.Connection] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._places = asyncio.Semaphore(MAX_CONNECTIONS)

    async def get_connection(self) -> aiosqlite.Connection:
        """Take a connection of the pool; give it back with release() or discard()."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            while self._idle:
                self._idle.pop().stop()
            self._loop, self._places = loop, asyncio.Semaphore(MAX_CONNECTIONS)
        await self._places.acquire()
        try:
            return self._idle.pop() if self._idle else await self._connect()
        except BaseException:
            self._places.release()
            raise

    async def _connect(self) -> aiosqlite.Connection:
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        connection = aiosqlite.connect(**self.connection_kwargs)
        # aiosqlite's threads are not daemons: one connection left open would keep a process alive.
        connection._thread.daemon = True  # noqa: SLF001
        await connection
        try:
            await connection.executescript(PRAGMAS)
        except BaseException:
            connection.stop()
            raise
        connection.row_factory = dict_factory  # type: ignore[assignment]  # aiosqlite wants a class
        return connection

    def release(self, connection: aiosqlite.Connection) -> None:
        """Give back a connection on which nothing runs."""
        self._idle.append(connection)
        self._places.release()

    async def discard(self, connection: aiosqlite.Connection) -> None:
        """Give up a connection on which something may still run; never waits."""
        await connection.interrupt()
        connection.stop()
        self._places.release()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[aiosqlite.Connection]:
        """Lend the current transaction's connection, or one of the pool."""
        transaction = self.current_transaction.get()
        if transaction is not None:
            yield transaction.connection
            return
        connection = await self.get_connection()
        try:
            yield connection
        except sqlite3.Error:
            self.release(connection)
            raise
        except BaseException:
            await self.discard(connection)
            raise
        self.release(connection)

    async def close(self) -> None:
        """Close the pool; a later query opens it anew."""
        while self._idle:
            await self._idle.pop().close()

    async def _run_in_new_connection(
        self,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",  # noqa: ARG002  # piccolo's signature
        table: type[Table] | None = None,  # noqa: ARG002
    ) -> list[Any]:
        async with self.connection() as connection:
            return list(await connection.execute_fetchall(query, args or []))

    async def _run_in_existing_connection(
        self,
        connection: aiosqlite.Connection,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",  # noqa: ARG002
        table: type[Table] | None = None,  # noqa: ARG002
    ) -> list[Any]:
        if await altered_constraint(connection, query):
            return []
        return list(await connection.execute_fetchall(query, args or []))

    async def batch(
        self, query: Query[Any, Any], batch_size: int = 100, node: str | None = None
    ) -> AsyncBatch:
        """Refused: piccolo's batch closes the connection behind the pool's back."""
        raise NotImplementedError("use matching.storage.read.read_frame, which reads in slices")

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = True,  # noqa: FBT001, FBT002  # piccolo's signature
    ) -> PooledSQLiteTransaction:
        """Begin with the write lock taken; inside another transaction it is a part of that one."""
        return PooledSQLiteTransaction(
            engine=self, transaction_type=transaction_type, allow_nested=allow_nested
        )
