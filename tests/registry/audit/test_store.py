"""The audit in both databases: in the deed's transaction, one after the other, never altered."""

import asyncio
import sqlite3
from datetime import UTC, date, datetime

import asyncpg
import pytest

from matching.storage.database import Database, engine, engine_kind
from registry.audit.store import entries_of, latest_entries, latest_head, record
from registry.audit.tables import AuditEntry
from registry.audit.types import Entry

pytestmark = pytest.mark.anyio

DAY = date(2026, 11, 2)
REFUSALS = (sqlite3.IntegrityError, asyncpg.RaiseError)


def entry(text: str, day: date = DAY) -> Entry:
    at = datetime(2026, 11, day.day, 2, 30, 0, 123456, tzinfo=UTC)
    return Entry(at=at, day=day, who="王科长", action="change_pool", what={"说": text})


async def recorded(*texts: str) -> None:
    for text in texts:
        async with engine().transaction():
            await record(entry(text))


async def test_without_a_transaction_nothing_is_recorded(db: Database) -> None:  # noqa: ARG001
    with pytest.raises(RuntimeError, match="transaction"):
        await record(entry("a"))


async def test_a_deed_that_fails_leaves_no_trace(db: Database) -> None:
    await recorded("a")

    async def fails() -> None:
        async with db.transaction():
            await record(entry("b"))
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        await fails()
    await recorded("c")

    assert [one.what for one in await entries_of(DAY)] == ['{"说":"a"}', '{"说":"c"}']
    head = await latest_head()
    assert head is not None
    assert head.number == 2


async def test_what_is_read_is_what_was_recorded(db: Database) -> None:
    async with db.transaction():
        kept = await record(entry("a"))

    assert await latest_entries(5) == (kept,)
    assert kept.at.microsecond == 123456


async def test_many_at_once_stand_in_one_chain(db: Database) -> None:  # noqa: ARG001
    await asyncio.gather(*(recorded(str(number)) for number in range(12)))

    found = await entries_of(DAY)
    assert [one.number for one in found] == list(range(1, 13))
    assert [one.before for one in found[1:]] == [one.hash for one in found[:-1]]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET who = 'x'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET number = number - 1",
        "UPDATE audit_head SET hash = 'x'",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_head",
    ],
)
async def test_the_database_refuses_to_alter_it(db: Database, statement: str) -> None:
    if statement.startswith("TRUNCATE") and engine_kind(db) == "sqlite":
        statement = "DELETE FROM audit_entry WHERE number = 1"  # SQLite knows no TRUNCATE
    await recorded("a", "b")

    with pytest.raises(REFUSALS, match="only added to"):
        await AuditEntry.raw(statement)
    assert len(await entries_of(DAY)) == 2
