"""Tables say what may be unknown, and the migrations make exactly what the tables say."""

import ast
import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from piccolo.apps.migrations.commands.new import AutoMigrationManager
from piccolo.columns import Column, Serial
from piccolo.conf.apps import AppConfig
from piccolo.table import Table

from matching.piccolo_app import APP_CONFIG as MATCHING
from matching.storage.database import Database, engine_kind, make_engine, use_engine
from registry.piccolo_app import APP_CONFIG as REGISTRY

APPS = [REGISTRY, MATCHING]
TABLES = [table for app in APPS for table in app.table_classes]
COLUMNS = [
    pytest.param(column, id=f"{table._meta.tablename}.{column._meta.name}")
    for table in TABLES
    for column in table._meta.columns
    if not isinstance(column, Serial)
]
MODULES = sorted({table.__module__ for table in TABLES})

LONGEST_NAME = 63
"""PostgreSQL cuts longer names off, and cut names may meet."""

POSTGRES_SCHEMA = """
SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length,
                 is_nullable, column_default)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


@pytest.mark.parametrize("module", MODULES)
def test_every_column_states_null_and_default(module: str) -> None:
    """Piccolo's own defaults are 0 and "", which would pass for something known."""
    source = inspect.getsource(sys.modules[module])
    silent = [
        f"{module}:{call.lineno} {target} does not state {missing}"
        for target, call in declared_columns(ast.parse(source))
        for missing in sorted({"null", "default"} - {word.arg for word in call.keywords})
    ]

    assert silent == []


@pytest.mark.parametrize("column", COLUMNS)
def test_what_may_be_unknown_is_unknown_until_it_is_given(column: Column) -> None:
    """A default beside null=True would say something nobody has told us."""
    if column._meta.null:
        assert column.get_default_value() is None


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_what_a_row_is(table: type[Table]) -> None:
    assert (table.__doc__ or "").strip()
    assert table.__doc__ != Table.__doc__


def test_names_in_the_database_are_whole_unique_and_begin_with_their_table() -> None:
    """Names of indexes and constraints are shared by the whole schema."""
    rules = [(table._meta.tablename, name) for table in TABLES for name in rule_names(table)]
    repeated = [name for name, count in Counter(name for _, name in rules).items() if count > 1]

    assert repeated == []
    assert [name for table, name in rules if not name.startswith(f"{table}_")] == []
    assert [name for _, name in rules if len(name) > LONGEST_NAME] == []


@pytest.mark.anyio
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.app_name)
async def test_no_migration_is_missing(app: AppConfig, db: Database) -> None:  # noqa: ARG001
    """Otherwise: PICCOLO_CONF=registry.piccolo_conf piccolo migrations new <app> --auto."""
    found = await AutoMigrationManager().get_alter_statements(app_config=app)

    assert [line for statements in found for line in statements.statements] == []


@pytest.mark.anyio
async def test_migrations_make_what_the_tables_declare(
    database_url: str, blank_database_url: str
) -> None:
    migrated = make_engine(database_url)
    declared = make_engine(blank_database_url)
    use_engine(declared)
    for table in TABLES:
        await table.create_table()

    assert await schema(migrated) == await schema(declared)
    await migrated.close()
    await declared.close()


def declared_columns(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every column in a class body, but not the primary key, which the database fills."""
    for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for line in owner.body:
            if not (isinstance(line, ast.Assign) and isinstance(line.value, ast.Call)):
                continue
            words = {word.arg for word in line.value.keywords}
            made = ast.unparse(line.value.func)
            if made not in {"Unique", "Check"} and "primary_key" not in words:
                yield f"{owner.name}.{ast.unparse(line.targets[0])}", line.value


def rule_names(table: type[Table]) -> list[str]:
    indexes = [
        table._get_index_name([column._meta.db_column_name])
        for column in table._meta.columns
        if column._meta.index
    ]
    return indexes + [rule._meta.name for rule in table._meta.constraints]


async def schema(database: Database) -> set[str]:
    """Every column, index and constraint as the database tells it, without piccolo's ledger.

    Triggers are made by migrations alone; what they refuse is tested where their tables are.
    """
    if engine_kind(database) == "postgres":
        rows = await database.run_ddl(POSTGRES_SCHEMA)
        told = [str(row[0]) for row in rows]
    else:
        rows = await database.run_ddl("SELECT sql FROM sqlite_master WHERE type <> 'trigger'")
        told = [part for row in rows for part in parts_of(row["sql"] or "")]
    return {line for line in told if not re.search(r'\bmigration(_id_seq|_pkey|"|\b)', line)}


def parts_of(statement: str) -> list[str]:
    """The statement that makes an index, or each column and rule of one that makes a table."""
    head, inside, body = statement.partition(" (")
    if not inside or not head.startswith("CREATE TABLE"):
        return [statement]
    return [f"{head} {part}" for part in re.split(r', (?="|CONSTRAINT)', body.removesuffix(")"))]
