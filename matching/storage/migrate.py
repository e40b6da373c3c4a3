"""Brings the tables up to date, all or nothing, one process at a time."""

import io
from contextlib import redirect_stdout

from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration

from matching.storage.database import Database, use_engine
from matching.storage.errors import MigrationFailed
from matching.storage.lock import database_lock


async def migrate(database: Database) -> list[str]:
    """Run what has not run yet, for every app of piccolo_conf; gives the names of what ran.

    The database becomes the one of the process. Piccolo records a migration after it, in a
    transaction of its own; here all is one transaction, so that a killed process leaves no table
    without its record.
    """
    use_engine(database)
    said = io.StringIO()
    async with database_lock("migrate"):
        before = await _ran()
        async with database.transaction():
            with redirect_stdout(said):
                result = await run_forwards("all")
            if not result.success:
                raise MigrationFailed(
                    f"数据库升级失败,未作任何改动:{result.message}\n{said.getvalue()}"
                )
        return [name for name in await _ran() if name not in before]


async def _ran() -> list[str]:
    if not await Migration.table_exists():
        return []
    return await Migration.get_migrations_which_ran()
