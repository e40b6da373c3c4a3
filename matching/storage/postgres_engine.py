"""Piccolo's PostgreSQL engine with a pool that opens by itself and settings that do not vary."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # ships no types
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

MAX_CONNECTIONS = 8

SESSION = {"timezone": "UTC", "datestyle": "ISO", "jit": "off"}
"""read_frame reads dates as text; jit costs more than it gives on our short queries."""


class PooledPostgresTransaction(PostgresTransaction):
    """A transaction on a connection of the pool, which gets it back whatever happens."""

    __slots__ = ("_options",)

    engine: "PooledPostgresEngine"

    def __init__(
        self, engine: "PooledPostgresEngine", *, allow_nested: bool = True, snapshot: bool = False
    ) -> None:
        super().__init__(engine=engine, allow_nested=allow_nested)
        self._options = {"isolation": "repeatable_read", "readonly": True} if snapshot else {}

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self.connection = await (await self.engine.opened()).acquire()
        try:
            self.transaction = self.connection.transaction(**self._options)
            await self.transaction.start()
        except BaseException:
            self.connection.terminate()
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
            self.connection.terminate()  # cancelled: the server rolls back, the pool makes another
            return False
        try:
            if not (self._committed or self._rolled_back):
                finish = self.transaction.commit if exception is None else self.transaction.rollback
                await finish()
        except BaseException:
            self.connection.terminate()
            raise
        await (await self.engine.opened()).release(self.connection)
        return False


class PooledPostgresEngine(PostgresEngine):
    """PostgreSQL, for one event loop at a time; a new loop gets a new pool."""

    __slots__ = ("_loop", "_opening")

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url, "server_settings": SESSION})
        self._loop: asyncio.AbstractEventLoop | None = None
        self._opening = asyncio.Lock()

    async def check_version(self) -> None:
        """Nothing: making an engine must not connect, piccolo would."""

    async def opened(self) -> asyncpg.Pool:
        """Give the pool of the running loop."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self.pool, self._loop, self._opening = None, loop, asyncio.Lock()
        if self.pool is None:
            async with self._opening:
                if self.pool is None:
                    await self.start_connection_pool(min_size=0, max_size=MAX_CONNECTIONS)
        return self.pool

    async def close(self) -> None:
        """Close the pool; a later query opens it anew."""
        if self.pool is not None and self._loop is asyncio.get_running_loop():
            await self.close_connection_pool()

    async def named_connection(self, application_name: str) -> asyncpg.Connection:
        """Open a connection of its own, which others see under this name in pg_stat_activity."""
        settings = SESSION | {"application_name": application_name}
        return await asyncpg.connect(**self.config | {"server_settings": settings})

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """Lend the current transaction's connection, or one of the pool."""
        transaction = self.current_transaction.get()
        if transaction is not None:
            yield transaction.connection
            return
        async with (await self.opened()).acquire() as connection:
            yield connection

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:  # noqa: FBT001, FBT002  # piccolo's signature
        """Run in the current transaction, or on a connection of the pool."""
        await self.opened()
        return await super().run_querystring(querystring, in_pool)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Run in the current transaction, or on a connection of the pool."""
        await self.opened()
        return await super().run_ddl(ddl, in_pool)

    def transaction(self, allow_nested: bool = True) -> PooledPostgresTransaction:  # noqa: FBT001, FBT002
        """Begin a transaction; inside another it is a part of it."""
        return PooledPostgresTransaction(self, allow_nested=allow_nested)

    def snapshot(self) -> PooledPostgresTransaction:
        """Begin a transaction that only reads, and sees one state of the database throughout."""
        return PooledPostgresTransaction(self, snapshot=True)
