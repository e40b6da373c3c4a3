"""Doing something for real, looking at what came of it, and leaving nothing behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from matching.runs.run_month import DATA_LOCK
from matching.storage.database import engine
from matching.storage.lock import database_lock


class _Over(Exception):
    """The rehearsal has ended."""


@asynccontextmanager
async def rehearsal() -> AsyncIterator[None]:
    """Hold the data lock and a transaction that is rolled back in the end, whatever was written in it.

    What is shown before something is done is thus shown by the very code that does it.
    """
    try:
        async with database_lock(DATA_LOCK), engine().transaction():
            yield
            raise _Over
    except _Over:
        return
