"""Constraints on tables that are there already: SQLite has no ALTER TABLE for them.

The table is made anew under its changed text, as SQLite's own manual says, its rows and indexes taken
along; inside the caller's transaction, so that a killed process leaves the old table.
Source: sqlite.org/lang_altertable.html, section 7.
"""

import re

import aiosqlite

_ALTERED = re.compile(
    r'ALTER TABLE "?(?P<table>\w+)"? (?P<what>ADD|DROP) CONSTRAINT (?P<if_there>IF EXISTS )?'
    r'"?(?P<name>\w+)"?\s*(?P<rule>.*)',
    re.DOTALL,
)


class NoSuchConstraint(ValueError):
    """A migration drops a constraint the table does not have."""


async def altered_constraint(connection: aiosqlite.Connection, query: str) -> bool:
    """Do what a statement asks, if it adds or drops a constraint; gives whether it did."""
    asked = _ALTERED.match(query.strip())
    if asked is None:
        return False
    table, name, rule = asked["table"], asked["name"], asked["rule"].rstrip("; \n")
    schema = "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
    async with connection.execute(schema, (table,)) as cursor:
        cursor.row_factory = None  # plain tuples, whatever the connection gives
        there = list(await cursor.fetchall())
    [text] = [sql for kind, sql in there if kind == "table"]
    try:
        changed = (
            with_constraint(text, name, rule)
            if asked["what"] == "ADD"
            else without_constraint(text, name)
        )
    except NoSuchConstraint:
        if asked["if_there"]:
            return True
        raise
    made_anew = f"{table}_made_anew"
    head = re.sub(rf'^(CREATE TABLE )"?{table}"?', rf'\1"{made_anew}"', changed)
    for statement in (
        head,
        f'INSERT INTO "{made_anew}" SELECT * FROM "{table}"',  # noqa: S608  a table's name out of the schema
        f'DROP TABLE "{table}"',
        f'ALTER TABLE "{made_anew}" RENAME TO "{table}"',
        *(sql for kind, sql in there if kind != "table"),
    ):
        await connection.execute(statement)
    return True


def with_constraint(text: str, name: str, rule: str) -> str:
    """Add a constraint to the text of a CREATE TABLE."""
    before, bracket, after = text.rpartition(")")
    return f'{before}, CONSTRAINT "{name}" {rule}{bracket}{after}'


def without_constraint(text: str, name: str) -> str:
    """Take a constraint out of the text of a CREATE TABLE; raises NoSuchConstraint."""
    found = re.search(rf',\s*CONSTRAINT "?{name}"?\s+\w+\s*\(', text)
    if found is None:
        raise NoSuchConstraint(f"no constraint {name} in: {text}")
    depth, end = 1, found.end()
    while depth:
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return text[: found.start()] + text[end:]
