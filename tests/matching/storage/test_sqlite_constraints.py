"""A table that is there already gets and loses constraints, and keeps its rows and indexes."""

import sqlite3
from pathlib import Path

import aiosqlite
import pytest

from matching.storage.sqlite_constraints import (
    NoSuchConstraint,
    altered_constraint,
    without_constraint,
)

pytestmark = pytest.mark.anyio

MADE = (
    'CREATE TABLE "paper" ("id" INTEGER PRIMARY KEY, "kind" VARCHAR(9) NOT NULL DEFAULT \'(\','
    ' CONSTRAINT paper_kind CHECK (length("kind") > (0)), CONSTRAINT paper_once UNIQUE ("kind"))'
)


async def test_a_rule_is_exchanged_for_another(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "a.sqlite") as connection:
        await connection.execute(MADE)
        await connection.execute('CREATE INDEX paper_by_kind ON "paper" ("kind")')
        await connection.execute("INSERT INTO paper (kind) VALUES ('甲')")

        drop = 'ALTER TABLE "paper" DROP CONSTRAINT IF EXISTS paper_once'
        assert await altered_constraint(connection, drop)
        assert await altered_constraint(connection, drop)  # piccolo says it twice
        add = 'ALTER TABLE "paper" ADD CONSTRAINT paper_id UNIQUE ("id", "kind")'
        assert await altered_constraint(connection, add)

        await connection.execute("INSERT INTO paper (kind) VALUES ('甲')")
        rows = list(await connection.execute_fetchall("SELECT id, kind FROM paper"))
        assert rows == [(1, "甲"), (2, "甲")]
        told = await connection.execute_fetchall("SELECT name FROM sqlite_master WHERE sql NOTNULL")
        assert {name for (name,) in told} == {"paper", "paper_by_kind"}
        with pytest.raises(sqlite3.IntegrityError, match="paper_kind"):
            await connection.execute("INSERT INTO paper (kind) VALUES ('')")


async def test_other_statements_are_none_of_its_business(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "a.sqlite") as connection:
        assert not await altered_constraint(connection, 'ALTER TABLE "a" ADD COLUMN "b" TEXT')


def test_a_rule_that_is_not_there_is_an_error() -> None:
    with pytest.raises(NoSuchConstraint, match="paper_twice"):
        without_constraint(MADE, "paper_twice")
