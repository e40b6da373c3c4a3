"""Table constraints written inside CREATE TABLE on SQLite, the only place where it takes them.

Piccolo 1.38 adds them by ALTER TABLE … ADD CONSTRAINT, which SQLite does not know. Importing this
file puts it right for migrations too; sqlite_engine.py does so.
"""

from collections.abc import Sequence

from piccolo.query.methods.create import Create
from piccolo.query.methods.create_index import CreateIndex


def create_table_ddl(create: Create) -> Sequence[str]:
    """CREATE TABLE with its constraints inside, then one CREATE INDEX for each indexed column."""
    meta = create.table._meta  # noqa: SLF001  # piccolo's own name for what a table declares
    columns = meta.non_default_columns if create.only_default_columns else meta.columns
    parts = [column.ddl for column in columns]
    parts += [f'CONSTRAINT "{rule._meta.name}" {rule.ddl}' for rule in meta.constraints]  # noqa: SLF001
    unless_there = "IF NOT EXISTS " if create.if_not_exists else ""
    name = meta.get_formatted_tablename()
    statements = [f"CREATE TABLE {unless_there}{name} ({', '.join(parts)})"]
    for column in columns:
        if column._meta.index:  # noqa: SLF001
            index = CreateIndex(create.table, [column], if_not_exists=create.if_not_exists)
            statements += index.ddl
    return statements


Create.sqlite_ddl = property(create_table_ddl)  # type: ignore[method-assign, assignment]
