"""Rows in bulk, and ids reserved for them."""

import asyncio
from collections.abc import Iterator
from datetime import date

import pytest

from matching.storage.bulk import insert_rows, next_ids
from matching.storage.database import Database
from matching.storage.errors import UniqueViolation
from registry.enterprises.tables import Enterprise
from registry.profiles.tables import FactValue

pytestmark = pytest.mark.anyio

FACT_COLUMNS = ("enterprise_id", "fact", "period", "number", "observed_on", "import_id")
ENTERPRISE_COLUMNS = ("id", "uscc", "name", "name_key", "created_import")


def facts(count: int) -> Iterator[tuple[object, ...]]:
    for number in range(count):
        yield number, "annual_revenue", "2025", number * 100, date(2026, 9, 30), 1


async def test_a_hundred_thousand_rows_go_in_from_an_iterator(db: Database) -> None:
    async with db.transaction():
        assert await insert_rows(FactValue, FACT_COLUMNS, facts(100_000)) == 100_000

    assert await FactValue.count() == 100_000
    last = await FactValue.objects().get(FactValue.enterprise_id == 99_999)
    assert last is not None
    assert last.number == 9_999_900
    assert last.text is None
    assert last.observed_on == date(2026, 9, 30)


async def test_a_failing_iterator_leaves_no_row(db: Database) -> None:
    def broken() -> Iterator[tuple[object, ...]]:
        yield from facts(10)
        raise LookupError("the sheet ends here")

    with pytest.raises(LookupError, match="the sheet ends here"):
        await insert_rows(FactValue, FACT_COLUMNS, broken())

    assert await FactValue.count() == 0
    async with db.transaction():
        assert await insert_rows(FactValue, FACT_COLUMNS, facts(1)) == 1


async def test_rows_belong_to_the_transaction_around_them(db: Database) -> None:
    async def fail() -> None:
        async with db.transaction():
            await insert_rows(FactValue, FACT_COLUMNS, facts(10))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    assert await FactValue.count() == 0


async def test_a_row_that_is_there_already_is_named(db: Database) -> None:  # noqa: ARG001
    rows = [(1, "91410100MA00000000", "甲", "甲", 1), (2, "91410100MA00000000", "乙", "乙", 1)]

    with pytest.raises(UniqueViolation) as caught:
        await insert_rows(Enterprise, ENTERPRISE_COLUMNS, rows)

    assert (caught.value.table, caught.value.columns) == ("enterprise", ("uscc",))


async def test_reserved_ids_are_free_and_never_given_twice(db: Database) -> None:
    async with db.transaction():
        first = await next_ids(Enterprise, 3)
        rows = [(id_, None, f"{id_}", f"{id_}", 1) for id_ in first]
        await insert_rows(Enterprise, ENTERPRISE_COLUMNS, rows)
        second = await next_ids(Enterprise, 2)
    made = await Enterprise(uscc=None, name="丙", name_key="丙", created_import=1).save()

    assert len(first) == 3
    assert second.start == first.stop
    assert made[0]["id"] not in first


async def test_those_who_reserve_and_those_who_insert_do_not_meet(db: Database) -> None:
    async def reserve() -> None:
        async with db.transaction():
            ids = await next_ids(Enterprise, 5)
            await insert_rows(
                Enterprise, ENTERPRISE_COLUMNS, ((i, None, "甲", "甲", 1) for i in ids)
            )

    async def insert() -> None:
        await Enterprise(uscc=None, name="乙", name_key="乙", created_import=1).save()

    await asyncio.gather(*(act() for _ in range(12) for act in (reserve, insert)))

    assert await Enterprise.count() == 12 * 6


async def test_reserving_none_gives_none(db: Database) -> None:
    async with db.transaction():
        assert list(await next_ids(Enterprise, 0)) == []


async def test_ids_are_reserved_only_for_a_transaction(db: Database) -> None:  # noqa: ARG001
    with pytest.raises(RuntimeError, match="transaction"):
        await next_ids(Enterprise, 1)
