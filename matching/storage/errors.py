"""What can go wrong in storage, said alike for both databases.

StorageError
├── BadDatabaseUrl    the address of the database cannot be used
├── LockHeld          another process does this already; says which
├── MigrationFailed   the tables could not be brought up to date; nothing was changed
└── UniqueViolation   a row of this kind is there already
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg  # type: ignore[import-untyped]  # ships no types
import msgspec


class StorageError(Exception):
    """Anything the database refuses."""


class BadDatabaseUrl(StorageError):
    """The address of the database cannot be used."""


class MigrationFailed(StorageError):
    """The tables could not be brought up to date; nothing was changed."""


class Holder(msgspec.Struct, frozen=True):
    """The process that holds a lock, in a form that fits PostgreSQL's application_name (ASCII)."""

    pid: int
    host: str

    def written(self) -> str:
        """Give the text that read() understands, of at most 63 bytes."""
        return f"{self.pid}@{self.host}".encode("ascii", "replace").decode()[:63]

    @classmethod
    def read(cls, text: str) -> "Holder | None":
        """Tell who wrote this; None where nobody can be told from it."""
        found = re.fullmatch(r"(\d{1,9})@(.+)", text.strip())
        return cls(int(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"主机 {self.host} 上的进程 {self.pid}"


class LockHeld(StorageError):
    """Another process does this already.

    holder  None in the short moment in which it has the lock and has not yet said its name.
    """

    def __init__(self, name: str, holder: Holder | None) -> None:
        self.name = name
        self.holder = holder
        super().__init__(f"「{name}」正由{holder or '另一进程'}执行,请等它结束后再试。")


class UniqueViolation(StorageError):
    """A row with these columns is there already.

    columns  empty where the database does not tell them.
    """

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        self.table = table
        self.columns = columns
        super().__init__(f"{table} 中已有相同的记录（{'、'.join(columns)}）。")


_SQLITE_UNIQUE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)


@contextmanager
def translated() -> Iterator[None]:
    """Raise UniqueViolation for what either driver says in its own words; let all else through."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode not in _SQLITE_UNIQUE:
            raise
        places = [place.split(".") for place in str(error).rpartition(": ")[2].split(", ")]
        columns = tuple(place[1] for place in places if len(place) == 2)
        raise UniqueViolation(places[0][0], columns) from error
    except asyncpg.UniqueViolationError as error:
        found = re.search(r"\((.+?)\)=\(", error.detail or "")
        columns = tuple(name.strip(' "') for name in found[1].split(",")) if found else ()
        raise UniqueViolation(error.table_name, columns) from error
